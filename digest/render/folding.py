"""Doing once, when a template is compiled, what is the same on every page: words, parts and macros of the theme.

What is folded gives the same bytes as what is not, only sooner; where folding is not certain to, it is left out. Errors
in folded templates have no true places, so that the renderer looks for them in templates that are not folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import TypeVar

from jinja2 import Environment, TemplateError, meta, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

_WORDS = frozenset({"_", "gettext", "ngettext"})
_DEEPEST = 12
"""Macros within macros; what calls itself is not folded any deeper."""

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A macro, and the names by which its own template knows others."""

    macro: nodes.Macro
    beside: dict[str, _Found]


class Library:
    """The parsed templates of a theme, and the macros in them."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._parsed: dict[str, nodes.Template | None] = {}
        self._known: dict[str, dict[str, _Found]] = {}

    def parsed(self, name: str) -> nodes.Template | None:
        """A template as it stands; None where there is none that can be read."""
        if name not in self._parsed:
            try:
                source = self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
                self._parsed[name] = self._environment.parse(source)
            except TemplateError:  # it is reported where the template is used
                self._parsed[name] = None
        return self._parsed[name]

    def named_in(self, template: nodes.Template) -> dict[str, _Found]:
        """The macros that a template defines or imports, by the names that it knows them by."""
        names: dict[str, _Found] = {}
        for node in template.find_all(nodes.FromImport):
            if isinstance(node.template, nodes.Const) and not node.with_context:
                macros = self._macros(str(node.template.value))
                for given in node.names:
                    name, alias = given if isinstance(given, tuple) else (given, given)
                    if name in macros:
                        names[alias] = macros[name]
        return names

    def _macros(self, name: str) -> dict[str, _Found]:
        if name not in self._known:
            found: dict[str, _Found] = {}
            self._known[name] = found
            template = self.parsed(name)
            if template is not None:
                beside = self.named_in(template)
                found |= {node.name: _Found(node, beside) for node in template.body if isinstance(node, nodes.Macro)}
                beside |= {alias: macro for alias, macro in found.items() if alias not in beside}
        return self._known[name]


def fold(template: nodes.Template, library: Library, translate: Translate) -> nodes.Template:
    """The template with its parts, macros and words in place."""
    folded: nodes.Template = _Folding(library, library.named_in(template), translate, 0).visit(template)
    _forget_imports(folded)
    return folded


class _Folding(NodeTransformer):
    def __init__(self, library: Library, macros: dict[str, _Found], translate: Translate, depth: int) -> None:
        self._library = library
        self._macros = macros
        self._translate = translate
        self._depth = depth

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the visitor's way)
        """`_("words")` is the same on every page."""
        self.generic_visit(node)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not plain or not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "gettext"):
            return node
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return node
        words = Markup(self._translate(node.args[0].value) % {})  # noqa: S704 (templates' and translators' own words)
        return nodes.Const(words, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:  # noqa: N802 (likewise)
        """What a macro writes is written where it is called."""
        made: list[nodes.Node] = []
        pieces: list[nodes.Expr] = []
        for piece in node.nodes:
            body = self._body_of(piece)
            if body is None:
                pieces.append(self.visit(piece))
                continue
            if pieces:
                made.append(nodes.Output(pieces, lineno=node.lineno))
                pieces = []
            made.append(body)
        if pieces or not made:
            made.append(nodes.Output(pieces, lineno=node.lineno))
        return made[0] if len(made) == 1 else made

    def _body_of(self, piece: nodes.Node) -> nodes.Node | None:
        if not isinstance(piece, nodes.Call) or not isinstance(piece.node, nodes.Name) or self._depth > _DEEPEST:
            return None
        found = self._macros.get(piece.node.name)
        if found is None or piece.kwargs or piece.dyn_args or piece.dyn_kwargs or not _folds(found):
            return None
        macro = found.macro
        missing = len(macro.args) - len(piece.args)
        if missing < 0 or missing > len(macro.defaults):
            return None
        values = [self.visit(arg) for arg in piece.args] + [
            _copied(d) for d in macro.defaults[len(macro.defaults) - missing :]
        ]
        inner = _Folding(self._library, found.beside, self._translate, self._depth + 1)
        body = [part for node in macro.body for part in _parts(inner.visit(_copied(node)))]
        targets: list[nodes.Node] = [nodes.Name(arg.name, "store", lineno=piece.lineno) for arg in macro.args]
        return nodes.With(targets, values, body, lineno=piece.lineno)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 (likewise)
        """A part stands where it is included."""
        if not isinstance(node.template, nodes.Const) or not isinstance(node.template.value, str):
            return node
        part = self._library.parsed(node.template.value)
        if part is None or not node.with_context or self._depth > _DEEPEST:
            return node
        if any(True for _ in part.find_all((nodes.Block, nodes.Extends))):
            return node
        inner = _Folding(self._library, self._library.named_in(part), self._translate, self._depth + 1)
        body = [made for piece in part.body for made in _parts(inner.visit(_copied(piece)))]
        folded = nodes.Template(body, lineno=node.lineno)
        _forget_imports(folded)
        return nodes.Scope(folded.body, lineno=node.lineno)


N = TypeVar("N", bound=nodes.Node)


def _copied(node: N) -> N:
    """The node with all below it, for another place; the environment stays the same."""
    made = copy(node)
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(made, name, _copied(value))
        elif isinstance(value, list):
            setattr(made, name, [_copied(item) if isinstance(item, nodes.Node) else item for item in value])
    return made


def _parts(visited: object) -> list[nodes.Node]:
    if visited is None:
        return []
    return [visited] if isinstance(visited, nodes.Node) else list(visited)  # type: ignore[call-overload]


def _folds(found: _Found) -> bool:
    """Whether a macro knows nothing but what it is given, words and other macros: then it can stand anywhere."""
    body = nodes.Template([_copied(node) for node in found.macro.body], lineno=found.macro.lineno)
    if found.macro.environment is not None:
        body.set_environment(found.macro.environment)
    free = meta.find_undeclared_variables(body) - {arg.name for arg in found.macro.args} - _WORDS
    special = {"caller", "varargs", "kwargs"} & free
    return not special and all(name in found.beside for name in free) and not _calls_as_value(found)


def _calls_as_value(found: _Found) -> bool:
    """Whether it uses another macro's text as a value, which only a call gives."""
    written = {id(p) for out in found.macro.find_all(nodes.Output) for p in out.nodes if isinstance(p, nodes.Call)}
    called = [
        c for c in found.macro.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name in found.beside
    ]
    return any(id(call) not in written for call in called)


def _forget_imports(template: nodes.Template) -> None:
    """Imports of macros that are all in place are not made."""
    used = {name.name for name in template.find_all(nodes.Name) if name.ctx == "load"}
    for body in _bodies(template):
        for node in list(body):
            if isinstance(node, nodes.FromImport):
                node.names = [n for n in node.names if (n[1] if isinstance(n, tuple) else n) in used]
                if not node.names:
                    body.remove(node)


def _bodies(template: nodes.Template) -> Iterator[list[nodes.Node]]:
    yield template.body
    for node in template.find_all((nodes.Block, nodes.Scope, nodes.With, nodes.If, nodes.For)):
        yield node.body  # type: ignore[attr-defined] # all of these have one
