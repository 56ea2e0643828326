"""The home page, which shows the newest edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.edition import EditionView, compose_edition
from digest.pages.parts import Day, Link
from digest.pages.sheet import Family, Sheet

_LATEST_DAYS = 14


class HomeView(Frozen, frozen=True):
    """The newest edition (None while the digest is empty), the latest days and the months with articles."""

    edition: EditionView | None
    days: tuple[Day, ...]
    months: tuple[Link, ...]


def plan(_: Index) -> Iterator[tuple[str, str]]:
    """The one home page."""
    yield "", ""


def reads(_: str) -> tuple[str, ...]:
    """The days and months that there are, and the newest day."""
    return ("day:*", "month:*")


def view(composer: Composer, _: str) -> Sheet:
    """The newest edition and the way into the archive."""
    index = composer.index
    days = index.keys("day")
    edition = compose_edition(composer, days[-1], "./") if days else None
    months = tuple(
        Link(
            composer.tongue.month(date.fromisoformat(m + "-01")),
            m.replace("-", "/") + "/",
            index.count(f"month:{m}"),
        )
        for m in reversed(index.keys("month")[-12:])
    )
    latest = tuple(composer.day(date.fromisoformat(d)) for d in reversed(days[-_LATEST_DAYS:]))
    return Sheet(index.settings.title, index.settings.description, (), HomeView(edition, latest, months))


HOME = Family("home", "home.html", plan, reads, view)
