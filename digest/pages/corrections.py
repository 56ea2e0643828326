"""The page of all corrections."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.parts import Day, Link
from digest.pages.sheet import Family, Sheet


class CorrectionRow(Frozen, frozen=True):
    """A correction: when, to which article, what."""

    day: Day
    article: Link
    article_day: Day
    text: str


class CorrectionsView(Frozen, frozen=True):
    """Every correction, newest first."""

    corrections: tuple[CorrectionRow, ...]


def plan(_: Index) -> Iterator[tuple[str, str]]:
    """The one page of corrections, also while there are none: a digest says openly that it corrects itself."""
    yield "", "corrections/"


def view(composer: Composer, _: str) -> Sheet:
    """Every correction, newest first."""
    rows = [
        CorrectionRow(composer.date(c.day), composer.article_link(a), composer.day(a.day), c.text)
        for a in composer.index.members("corrections:all")
        for c in a.corrections
    ]
    rows.sort(key=lambda r: r.day.iso, reverse=True)
    title = composer.tongue.gettext("Corrections")
    description = composer.tongue.gettext("Every correction made in this digest, newest first.")
    return Sheet(title, description, (), CorrectionsView(tuple(rows)))


FAMILY = Family("corrections", "corrections.html", plan, lambda _: ("corrections:all",), view)
