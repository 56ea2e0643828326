"""Thread pages: a story over days, as a timeline."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import ArticleCard, Change, Day, LabelMark, Link


@dataclass(frozen=True, slots=True)
class ThreadChange:
    """A claim of the thread whose label changed on a day; `before` is None where it first appears."""

    claim: Link
    before: LabelMark | None
    after: LabelMark


@dataclass(frozen=True, slots=True)
class ThreadDay:
    """One day of the thread: what was written and which labels changed."""

    day: Day
    articles: tuple[ArticleCard, ...]
    changes: tuple[ThreadChange, ...]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread: its days, newest first."""

    id: str
    name: str
    days: tuple[ThreadDay, ...]
    articles: int
    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class ThreadsView:
    """All threads, the most recent first, each with its newest article's day."""

    threads: tuple[tuple[Link, Change | None, Day], ...]
