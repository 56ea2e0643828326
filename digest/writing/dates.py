"""Dates in other forms than the one that is read, where they can only mean one day."""

from __future__ import annotations

import re

from digest.content.dates import NotADate, read_date
from digest.model import Settings

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_TIME = (
    r"(?:(?:[Tt]|,? +)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))? *(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? +(?P<name>{_NAMES})\.?,? +(?P<year>\d{{4}})",
        rf"(?P<name>{_NAMES})\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})",
        r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4})",
    )
)
"""Year, month, day; month names in English; and day and month in either order, where only one order gives a day."""


def iso_date(text: str, settings: Settings) -> str:
    """The date, or moment, that a text can only mean, as it is read; "" where it may mean two or none."""
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match:
            parts = match.groupdict()
            found = {
                f"{parts['year']}-{month:0>2}-{day:0>2}{_time(parts)}"
                for month, day in _month_and_day(parts)
            }  # fmt: skip
            sound = [date for date in found if not isinstance(read_date(date, settings), NotADate)]
            return sound[0] if len(sound) == 1 else ""
    return ""


def _month_and_day(parts: dict[str, str | None]) -> list[tuple[str, str]]:
    if "one" in parts:
        one, two = parts["one"] or "", parts["two"] or ""
        return [(one, two), (two, one)]
    name = parts.get("name")
    month = str(_MONTHS.index(name[:3].casefold()) + 1) if name else parts["month"] or ""
    return [(month, parts["day"] or "")]


def _time(parts: dict[str, str | None]) -> str:
    if not parts["hour"]:
        return ""
    zone = parts["zone"] or ""
    second = f":{parts['second']}" if parts["second"] else ""
    return f"T{parts['hour']:0>2}:{parts['minute']}{second}{'Z' if zone.upper() in {'UTC', 'GMT', 'Z'} else zone}"
