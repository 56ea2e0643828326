"""Calendars of a year that show on which days how many articles appeared."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from digest.frozen import Frozen
from digest.pages.compose import Composer
from digest.pages.parts import Day

_CELL, _GAP, _HEAD = 10, 14, 16
LEVELS = 4


class Month(Frozen, frozen=True):
    """A month's name in a calendar, and where it stands."""

    name: str
    x: int
    y: int


class Heat(Frozen, frozen=True):
    """A year of small months. `levels` are SVG paths of one dot a day: all days first, then those with few to many
    articles; `least` is the number of articles from which each of the others begins. `days` are those with
    articles; `described` says the sum in words."""

    year: int
    width: int
    height: int
    months: tuple[Month, ...]
    levels: tuple[str, ...]
    least: tuple[int, ...]
    days: tuple[tuple[Day, int], ...]
    described: str


def compose_heat(composer: Composer, year: int, counts: Mapping[date, int], across: int) -> Heat | None:
    """The calendar of a year's numbers of articles by day, `across` months in a row; None where there is none."""
    found = {day: count for day, count in sorted(counts.items()) if day.year == year and count}
    if not found:
        return None
    tongue = composer.tongue
    most = max(found.values())
    least = tuple(sorted({max(1, -(-most * level // LEVELS) if level else 1) for level in range(LEVELS)}))
    mirrored = tongue.direction == "rtl"
    width = across * (7 * _CELL + _GAP) - _GAP
    places, every = _grid(year, across, tongue.first_weekday, width if mirrored else 0)
    dots: list[list[tuple[int, int]]] = [[] for _ in least]
    for day, count in found.items():
        dots[sum(count >= bound for bound in least) - 1].append(places[day])
    months = []
    for month in range(1, 13):
        x, y = _corner(month, across, width if mirrored else 0)
        months.append(Month(tongue.short_month(month), x + 7 * _CELL if mirrored else x, y + 11))
    n, days = sum(found.values()), len(found)
    words = {
        "articles": tongue.ngettext("%(num)s article", "%(num)s articles", n) % {"num": n},
        "days": tongue.ngettext("%(num)s day", "%(num)s days", days) % {"num": days},
    }
    return Heat(
        year,
        width,
        (12 // across) * (6 * _CELL + _GAP + _HEAD) - _GAP,
        tuple(months),
        (every, *map(_path, dots)),
        least,
        tuple((composer.day(day), count) for day, count in found.items()),
        tongue.gettext("%(articles)s, %(days)s. A larger square stands for more articles.") % words,
    )


def _corner(month: int, across: int, mirrored: int) -> tuple[int, int]:
    """Where a month stands in the calendar; `mirrored` is its width where it is read from right to left."""
    x, y = (month - 1) % across * (7 * _CELL + _GAP), (month - 1) // across * (6 * _CELL + _GAP + _HEAD)
    return (mirrored - x - 7 * _CELL if mirrored else x), y


@lru_cache(64)
def _grid(year: int, across: int, first_weekday: int, mirrored: int) -> tuple[dict[date, tuple[int, int]], str]:
    """Where each day of a year stands, and the path of all of them."""
    places = {}
    for month in range(1, 13):
        x, y = _corner(month, across, mirrored)
        for row, week in enumerate(calendar.Calendar(first_weekday).monthdatescalendar(year, month)):
            for column, day in enumerate(week):
                if day.month == month:
                    place = 6 - column if mirrored else column
                    at = x + place * _CELL + _CELL // 2, y + _HEAD + row * _CELL + _CELL // 2
                    places[day] = at
    return places, _path(list(places.values()))


def _path(dots: list[tuple[int, int]]) -> str:
    """One point for each dot, which a broad line makes a square."""
    written, at = "", (0, 0)
    for x, y in dots:
        dx, dy = x - at[0], y - at[1]
        written += f"m{dx}{dy if dy < 0 else f' {dy}'}h0"
        at = (x, y)
    return written.replace("m", "M", 1)
