"""Dates and moments as editors write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from digest.frozen import Frozen
from digest.model import Settings

FORM = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[Tt ](?P<time>(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,6})?)?) ?"
    r"(?P<offset>[Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
"""A date or moment as it is written; whether it exists is another question."""
YEARS = range(1000, 9999)
"""Years outside would not fit an address of four digits, or the days around them."""


class Moment(Frozen, frozen=True):
    """A date or moment: `at` in UTC, for a date its first moment in the digest's timezone; `day` in that timezone."""

    at: dt.datetime
    day: dt.date
    has_time: bool
    has_offset: bool
    written: str

    def before(self, other: Moment) -> bool:
        """Whether this is earlier; by days where either is a plain date."""
        return self.at < other.at if self.has_time and other.has_time else self.day < other.day


class NotADate(Frozen, frozen=True):
    """Why a text is no date, and what was expected."""

    message: str
    hint: str


def read_date(text: str, settings: Settings) -> Moment | NotADate:
    """The moment that a text names; without an offset it is in the digest's timezone."""
    form = FORM.fullmatch(text)
    if not form:
        return NotADate(f"“{text}” is not a date", _expected(2025, 7, 1, settings))
    year, month, day = int(form["year"]), int(form["month"]), int(form["day"])
    try:
        date: dt.date | None = dt.date(year, month, day)
    except ValueError:
        date = None
    if date is None or year not in YEARS:
        message = f"{_impossible_day(year, month, day)} (“{text}”)"
        return NotADate(message, _expected(*_nearest_day(year, month, day), settings))
    if not form["time"]:
        return Moment(settings.start_of(date), date, has_time=False, has_offset=False, written=text)
    try:
        local = dt.datetime.fromisoformat(f"{date}T{form['time']}{(form['offset'] or '').upper()}")
    except ValueError:
        return NotADate(f"there is no such time of day (“{text}”)", _expected(year, month, day, settings))
    if local.tzinfo is None:
        at = local.replace(tzinfo=settings.zone).astimezone(dt.UTC)
        return Moment(at, date, has_time=True, has_offset=False, written=text)
    at = local.astimezone(dt.UTC)
    return Moment(at, settings.day_of(at), has_time=True, has_offset=True, written=text)


def instant(moment: Moment | None) -> dt.datetime | None:
    """The moment in UTC, if there is one."""
    return moment.at if moment else None


def with_offset(moment: Moment, settings: Settings) -> str:
    """A moment that was written without an offset, with the digest's."""
    local = moment.at.astimezone(settings.zone)
    return local.isoformat(timespec="minutes" if not local.second and not local.microsecond else "auto")


def _impossible_day(year: int, month: int, day: int) -> str:
    if year not in YEARS:
        return f"the year must be from {YEARS.start} to {YEARS.stop - 1}"
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    return f"{day} {calendar.month_name[month]} {year} does not exist"


def _nearest_day(year: int, month: int, day: int) -> tuple[int, int, int]:
    year = min(max(year, YEARS.start), YEARS.stop - 1)
    month = min(max(month, 1), 12)
    return year, month, min(max(day, 1), calendar.monthrange(year, month)[1])


def _expected(year: int, month: int, day: int, settings: Settings) -> str:
    date = dt.date(year, month, day)
    example = dt.datetime(year, month, day, 9, 30, tzinfo=settings.zone).isoformat(timespec="minutes")
    return f"expected e.g. {date} or {example}"
