"""The site as a function from an address to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from digest import __version__
from digest.build.files import collisions, copies
from digest.build.output import Stage, file_of
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.plan import FAMILIES, compose_page, compose_site, plan
from digest.pages.sheet import Planned
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem
from digest.render.templates import Renderer
from digest.render.theme import Theme

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Site:
    """Every page and file of a digest. `problems` are those of its plan: collisions, missing pictures."""

    def __init__(self, root: Path, index: Index, theme: Theme) -> None:
        tongue = Tongue(index.settings.language)
        self._composer = Composer(index, tongue)
        self._shared = compose_site(
            index, tongue, theme.asset("digest.css"), theme.asset("icon.svg"), f"digest {__version__}"
        )
        self._renderer = Renderer(theme, tongue, root)
        self.planned: tuple[Planned, ...] = tuple(plan(index))
        self._copies, problems = copies(root, theme, index)
        self.problems: tuple[Problem, ...] = (*problems, *self._collisions())

    def _collisions(self) -> Iterator[Problem]:
        names = [(file_of(p.address), Location(self._owner(p))) for p in self.planned]
        return collisions([*names, *((c.name, Location(c.shown)) for c in self._copies)])

    def _owner(self, planned: Planned) -> str:
        if planned.family in ("article", "redirect"):
            return self._composer.index.article(planned.key.partition(":")[0]).path
        return f"the {planned.family} page"

    def page(self, planned: Planned) -> bytes | Problem:
        """One page's bytes, or what is wrong with its template."""
        page, sheet = compose_page(self._composer, planned)
        return self._renderer.render(FAMILIES[planned.family].template, self._shared, page, sheet.view)

    def fill(self, stage: Stage | None, progress: Progress) -> list[Problem]:
        """Render every page and copy every file into the stage (only render, where there is none)."""
        problems: list[Problem] = []
        for copy in self._copies:
            if stage is not None:
                stage.add(copy.name, copy.source.read_bytes())
        for done, planned in enumerate(self.planned):
            progress("pages", done, len(self.planned))
            result = self.page(planned)
            if isinstance(result, Problem):
                problems.append(result)
            elif stage is not None:
                stage.add(file_of(planned.address), result)
        return _once_each(problems)


def _once_each(problems: list[Problem]) -> list[Problem]:
    """One problem for each place in a template, not one for each page that meets it."""
    return list({(p.code, p.at, p.message): p for p in reversed(problems)}.values())
