"""Month pages (a calendar) and year pages."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model.settings import Picture
from digest.pages.compose import Composer
from digest.pages.drawn.heat import Heat, compose_heat
from digest.pages.parts import Day, LabelCount, Link
from digest.pages.sheet import Family, Sheet


class CalendarDay(Frozen, frozen=True):
    """A cell of the calendar: `number` 0 outside the month; `address` "" where no edition appeared; `label` says the
    date and the number of articles for readers who do not see the grid."""

    number: int
    articles: int
    address: str
    label: str


class MonthView(Frozen, frozen=True):
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


class YearView(Frozen, frozen=True):
    """One year: its months with the number of articles, its days as a calendar."""

    year: int
    months: tuple[Link, ...]
    articles: int
    previous: Link | None
    following: Link | None
    heat: Heat | None = None


def plan_months(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each month with articles."""
    return ((month, month.replace("-", "/") + "/") for month in index.keys("month"))


def reads_month(key: str) -> tuple[str, ...]:
    """Its month, and which months there are."""
    return (f"month:{key}", "month:*", "day:*")


def view_month(composer: Composer, key: str) -> Sheet:
    """The calendar of a month ("2025-07")."""
    tongue, index = composer.tongue, composer.index
    first = date.fromisoformat(key + "-01")
    counts = index.days(f"month:{key}")
    weeks = calendar.Calendar(tongue.first_weekday).monthdatescalendar(first.year, first.month)
    view = MonthView(
        tongue.month(first),
        key,
        tongue.weekdays(),
        tuple(tuple(_cell(composer, day, first.month, counts.get(day, 0)) for day in week) for week in weeks),
        tuple((composer.day(day), count) for day, count in sorted(counts.items())),
        index.count(f"month:{key}"),
        composer.counts(index.label_counts(f"month:{key}")),
        *_neighbours(index.keys("month"), key, lambda m: Link(_month_name(composer, m), _address(m))),
    )
    description = tongue.gettext("All editions of %(month)s.") % {"month": view.name}
    return Sheet(view.name, description, (Link(f"{first:%Y}", f"{first:%Y}/"),), view)


def _cell(composer: Composer, day: date, month: int, articles: int) -> CalendarDay:
    if day.month != month:
        return CalendarDay(0, 0, "", "")
    known = composer.day(day) if articles else composer.date(day)
    number = {"num": articles}
    count = composer.tongue.ngettext("%(num)s article", "%(num)s articles", articles) % number if articles else ""
    return CalendarDay(
        day.day,
        articles,
        known.address,
        composer.tongue.gettext(", ").join(part for part in (known.full, count) if part),
    )


def _month_link(composer: Composer, month: str) -> Link:
    """With its number of articles, unlike the links to neighbours, which no article there shall touch."""
    return Link(_month_name(composer, month), _address(month), composer.index.count(f"month:{month}"))


def _month_name(composer: Composer, month: str) -> str:
    return composer.tongue.month(date.fromisoformat(month + "-01"))


def _address(key: str) -> str:
    return key.replace("-", "/") + "/"


def _neighbours(keys: list[str], key: str, link: Callable[[str], Link]) -> tuple[Link | None, Link | None]:
    at = keys.index(key)
    return (link(keys[at - 1]) if at else None), (link(keys[at + 1]) if at + 1 < len(keys) else None)


MONTH = Family("month", "month.html", plan_months, reads_month, view_month)


def plan_years(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each year with articles."""
    return ((year, year + "/") for year in index.keys("year"))


def reads_year(key: str) -> tuple[str, ...]:
    """Its year, and which months and years there are."""
    return (f"year:{key}", "year:*", "month:*")


def view_year(composer: Composer, key: str) -> Sheet:
    """The months of a year ("2025")."""
    index = composer.index
    months = tuple(_month_link(composer, m) for m in index.keys("month") if m.startswith(key))
    neighbours = _neighbours(index.keys("year"), key, lambda y: Link(y, _address(y)))
    view = YearView(int(key), months, index.count(f"year:{key}"), *neighbours, _heat(composer, key))
    description = composer.tongue.gettext("All editions of %(year)s, by month.") % {"year": key}
    return Sheet(key, description, (), view)


def _heat(composer: Composer, key: str) -> Heat | None:
    drawn = Picture.CALENDAR in composer.index.settings.pictures
    return compose_heat(composer, int(key), composer.index.days(f"year:{key}"), 4) if drawn else None


YEAR = Family("year", "year.html", plan_years, reads_year, view_year)
