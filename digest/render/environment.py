"""Jinja environments for a theme: one that is fast, and one that tells what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import i18n
from markupsafe import Markup, escape

from digest.pages.tongue import Tongue
from digest.render.folding import Library, fold
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
    """Writes calls of `escaped`, and attributes as they are in Python, where Jinja asks for more care.

    An attribute that is missing raises an error, also where a mapping's item was meant: the renderer then takes the
    templates that are not folded.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (the visitor's way)
        if not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        if isinstance(node.node, nodes.Name) and node.node.ctx == "load":
            self.write(f"{frame.symbols.ref(node.node.name)}.{node.attr}")  # what is missing has no attributes either
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 (likewise)
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Getattr):
            asked = node.node
            node = nodes.Test(
                nodes.Getitem(asked.node, nodes.Const(asked.attr), "load", lineno=node.lineno),
                node.name,
                node.args,
                node.kwargs,
                node.dyn_args,
                node.dyn_kwargs,
                lineno=node.lineno,
            )
            node.set_environment(self.environment)
        super().visit_Test(node, frame)


_HELD = 16_384


class Once:
    """`{{ once(macro, value, …) }}`: what the macro makes of these values, worked out when it is first asked for. For
    what stands on many pages, such as an article's entry in lists; the macro must depend on nothing else."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], object] = {}

    def __call__(self, macro: Callable[..., object], *values: object) -> object:
        key = (macro, *values)
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _HELD:
                self._made.clear()
            made = self._made[key] = macro(*values)
        return made


class _Loader(FileSystemLoader):
    """Finds a theme's templates; for one that leads out of the digest there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__([str(f) for f in theme.folders])
        self._theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As jinja2 asks for it."""
        found = super().get_source(environment, template)
        if not self._theme.holds(Path(found[1])):
            raise TemplateNotFound(template)
        return found


class ThemeEnvironment(Environment):
    """Templates of one theme in one language, with autoescape and strict about names that do not exist."""

    def __init__(self, theme: Theme, tongue: Tongue) -> None:
        super().__init__(
            loader=_Loader(theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[i18n],
            auto_reload=False,
        )
        self._tongue = tongue
        self.globals["once"] = Once()
        install = self.install_gettext_callables  # type: ignore[attr-defined] # added by the extension
        install(tongue.gettext, tongue.ngettext, newstyle=True)


class FastEnvironment(ThemeEnvironment):
    """The same templates, folded: for pages on which nothing is wrong."""

    code_generator_class = _Generator

    def __init__(self, theme: Theme, tongue: Tongue) -> None:
        super().__init__(theme, tongue)
        self.escaped = escaped
        self._library = Library(self)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        folded = fold(source, self._library, self._tongue.gettext)
        folded.set_environment(self)
        return super()._generate(folded, *args, **kwargs)
