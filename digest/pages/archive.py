"""Month pages (a calendar) and year pages."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import Day, LabelCount, Link


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A cell of the calendar: `number` 0 outside the month; `address` "" where no edition appeared; `label` says the
    date and the number of articles for readers who do not see the grid."""

    number: int
    articles: int
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: weeks of seven cells; `weekdays` are (short, full) names in the week's order."""

    name: str
    iso: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    editions: tuple[tuple[Day, int], ...]
    articles: int
    labels: tuple[LabelCount, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class YearView:
    """One year: its months with the number of articles."""

    year: int
    months: tuple[Link, ...]
    articles: int
    previous: Link | None
    following: Link | None
