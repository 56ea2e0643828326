"""A Jinja environment that does at compile time what is the same on every page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import i18n
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.pages.tongue import Tongue
from digest.render.theme import Theme

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # pragma: no cover - where MarkupSafe has no compiled part

    def escape_text(text: str, /) -> str:
        """The text with HTML's special characters escaped."""
        return str(escape(text))


def escaped(value: object) -> str:
    """What a template writes for a value: as `markupsafe.escape`, without the cost of marking each piece as safe."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type] # a str, as its type says
    if kind is Markup:
        return value  # type: ignore[return-value] # a str
    return str(escape(value))


class _Generator(CodeGenerator):
    """Writes calls of `escaped`, which is faster, where Jinja would write `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Folding(NodeTransformer):
    """Puts translations, and parts of the theme without anything to fill in, where they are called for."""

    def __init__(self, environment: Environment, tongue: Tongue) -> None:
        self._environment = environment
        self._tongue = tongue

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the visitor's way)
        """`_("words")` is the same on every page."""
        self.generic_visit(node)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not plain or not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "gettext"):
            return node
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return node
        words = Markup(self._tongue.gettext(node.args[0].value) % {})  # noqa: S704 (templates' and translators' own words)
        return nodes.Const(words, lineno=node.lineno)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 (the visitor's way)
        """A part that is nothing but text is written into the template that includes it."""
        if not isinstance(node.template, nodes.Const) or not isinstance(node.template.value, str):
            return node
        try:
            source, _, _ = self._environment.loader.get_source(  # type: ignore[union-attr] # it has one
                self._environment, node.template.value
            )
            body = self._environment.parse(source).body
        except TemplateError:  # it is reported where the part is used
            return node
        pieces = [piece for part in body for piece in (part.nodes if isinstance(part, nodes.Output) else [part])]
        if not all(isinstance(piece, nodes.TemplateData) for piece in pieces):
            return node
        text = "".join(piece.data for piece in pieces if isinstance(piece, nodes.TemplateData))
        return nodes.Output([nodes.TemplateData(text)], lineno=node.lineno)


class ThemeEnvironment(Environment):
    """Templates of one theme in one language, with autoescape and strict about names that do not exist."""

    code_generator_class = _Generator

    def __init__(self, theme: Theme, tongue: Tongue) -> None:
        super().__init__(
            loader=FileSystemLoader([str(f) for f in theme.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[i18n],
            auto_reload=False,
        )
        self.escaped = escaped
        self._tongue = tongue
        install = self.install_gettext_callables  # type: ignore[attr-defined] # added by the extension
        install(tongue.gettext, tongue.ngettext, newstyle=True)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        folded = _Folding(self, self._tongue).visit(source)
        return super()._generate(folded, *args, **kwargs)
