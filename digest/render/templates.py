"""Rendering a view with its template: view in, bytes out."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import (
    Environment,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.ext import i18n

from digest.pages.card import CardView
from digest.pages.mail import MailView
from digest.pages.parts import Page, Site
from digest.pages.sheet import Document
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem
from digest.render.environment import FastEnvironment, ThemeEnvironment
from digest.render.letter import letter
from digest.render.theme import Theme


class Renderer:
    """Templates of one theme in one language."""

    def __init__(self, theme: Theme, tongue: Tongue, root: Path) -> None:
        self._folders = theme.folders
        self._root = root
        self._fast = FastEnvironment(theme, tongue)
        self._careful = ThemeEnvironment(theme, tongue)
        self._need_care: set[str] = set()

    def render(self, template: str, site: Site, page: Page, view: object) -> bytes | Problem:
        """The page's bytes; or what is wrong with a template, with the page that it was for; cards are drawn."""
        if isinstance(view, CardView):
            from digest.render.cards.draw import draw  # noqa: PLC0415 (most edits draw no card)

            return draw(view)
        if isinstance(view, Document):
            return view.text.encode()
        if isinstance(view, MailView):
            return letter(lambda name, shown: self._render(name, site, page, shown), view)
        return self._render(template, site, page, view)

    def _render(self, template: str, site: Site, page: Page, view: object) -> bytes | Problem:
        if template not in self._need_care:
            try:
                return self._fast.get_template(template).render(site=site, page=page, view=view).encode()
            except Exception:  # noqa: BLE001 (what is wrong, if anything, is found out with more care)
                self._need_care.add(template)
        try:
            return self._careful.get_template(template).render(site=site, page=page, view=view).encode()
        except TemplateError as error:
            return self._problem(error, template, page)
        except Exception as error:  # noqa: BLE001 (an expression in a user's template may raise anything)
            return self._problem(error, template, page)

    def _problem(self, error: Exception, template: str, page: Page) -> Problem:
        trail = self._trail(error)
        code, message, hint = _explain(error)
        if isinstance(error, TemplateSyntaxError) and error.filename:
            wrong = self._location(error.filename, error.lineno)
            trail += [] if trail[-1:] == [wrong] else [wrong]
        place = trail[-1] if trail else Location(f"templates/{template}")
        chain = " → ".join(str(p) for p in trail[:-1])
        hints = [hint, f"reached through {chain}" if chain else "", f"while rendering /{page.address} (“{page.title}”)"]
        return Problem(
            code,
            message,
            place,
            hint="\n".join(h for h in hints if h),
            text=self._line(place),
            also=tuple(reversed(trail[:-1])),
        )

    def _trail(self, error: Exception) -> list[Location]:
        """The places in templates that led to the error, outermost first, each once in a row."""
        trail: list[Location] = []
        for frame in traceback.extract_tb(error.__traceback__):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                place = self._location(frame.filename, frame.lineno or 0)
                if not trail or trail[-1] != place:
                    trail.append(place)
        return trail

    def _location(self, filename: str, line: int) -> Location:
        path = Path(filename)
        if path.is_relative_to(self._root):
            return Location(path.relative_to(self._root).as_posix(), line, 1)
        folder = next((f for f in self._folders if path.is_relative_to(f)), None)
        name = path.relative_to(folder).as_posix() if folder else path.name
        return Location(f"(default theme)/{name}", line, 1)

    def _line(self, place: Location) -> str:
        name = place.path.removeprefix("(default theme)/")
        candidates = [self._root / place.path, *(f / name for f in self._folders)]
        path = next((c for c in candidates if c.is_file()), None)
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path else []
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def _explain(error: Exception) -> tuple[str, str, str]:
    if isinstance(error, TemplateSyntaxError):
        return "D601", f"the template cannot be read: {error.message}", ""
    if isinstance(error, TemplateNotFound):
        return "D602", f"there is no template “{error.name}”", "put it into templates/, or correct the name"
    if isinstance(error, TemplateError):
        return "D603", str(error.message), "docs/templates.md lists what each template may use"
    return "D604", f"{type(error).__name__}: {error}", "docs/templates.md lists what each template may use"


def fingerprints(theme: Theme, templates: Mapping[str, Iterable[str]]) -> dict[str, bytes]:
    """For each name, 16 bytes that change when one of its templates changes, or one that these extend, include or
    import, or when another file takes the place of one of these."""
    environment = Environment(autoescape=True, extensions=[i18n])
    sources: dict[str, bytes | None] = {}
    leads_to: dict[str, frozenset[str]] = {}

    def source(name: str) -> bytes | None:
        if name not in sources:
            path = next((p for f in theme.folders if (p := f / name).is_file()), None)
            sources[name] = path.read_bytes() if path else None
        return sources[name]

    def further(name: str) -> frozenset[str]:
        if name not in leads_to:
            try:
                text = (source(name) or b"").decode("utf-8", "replace")
                found = meta.find_referenced_templates(environment.parse(text))
                leads_to[name] = frozenset(everything if r is None else r for r in found)
            except TemplateSyntaxError:
                leads_to[name] = frozenset()
        return leads_to[name]

    everything = "*"  # a template chosen while rendering may be any
    every = {p.relative_to(f).as_posix() for f in theme.folders for p in f.rglob("*") if p.is_file()}
    made = {}
    for key, own in templates.items():
        closure: set[str] = set()
        todo = set(own)
        while todo:
            name = todo.pop()
            closure.add(name)
            todo |= (every if name == everything else further(name)) - closure
        seen = hashlib.blake2b(digest_size=16)
        for name in sorted(closure - {everything}):
            data = source(name)
            seen.update(f"{name} {'missing' if data is None else len(data)} ".encode() + (data or b""))
        made[key] = seen.digest()
    return made
