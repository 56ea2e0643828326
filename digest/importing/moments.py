"""The date of a text: a line that says it, or a dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from digest.content.dates import YEARS
from digest.importing.spans import Piece

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_DATE = re.compile(
    r"(?:(?P<y1>\d{4})(?P<between>[-/.])(?P<m1>\d{1,2})(?P=between)(?P<d1>\d{1,2})"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>\d{4})"
    r"|(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<y5>\d{4})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.format('m2')},? (?P<y2>\d{{4}})"
    rf"|{_MONTH.format('m3')} (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}}))",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:(?:(?-i:[A-Z][A-Z &]{2,30})|[\w’' ]{0,30}\b(?:round-?up|digest|briefing|bulletin|newsletter|wrap|headlines))"
    r"\s*[:|–—-]\s*|date|dated|published|posted|updated|[^\d.?!]{0,40}[ ,](?=[^:]{6,24}:$))?"
    rf"\s*:?\s*(?:on )?{_WEEKDAY}(?P<when>{_DATE.pattern})"
    r":?(?:[T ,]+(?:at )?\d{1,2}[:.]\d{2}.{0,20}| ?[|·•–—-] .{0,30})?\.?",
    re.IGNORECASE,
)
DATELINE = re.compile(
    rf"(?P<place>[A-ZÀ-ÞĀ-ɏ][A-ZÀ-ÞĀ-ɏ .'’-]+(?:[,/] ?[A-Z][\w .]+?)??)(?:, "
    rf"(?:{_MONTH.format('month')} (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) {_MONTH.format('month2')})"
    r"(?:,? (?P<year>\d{4}))?)?,? ?(?:\((?P<carrier>[^()]{2,40})\))? ?[-–—]{1,2} "
)
DATELINE_REACH = 200
"""How far into a paragraph a dateline may reach."""
_HEAD_LINES = 12
"""A pasted page begins with its menu."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the words that say it; `sure` is False where the year was not given."""

    day: date
    evidence: Piece
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a text say of its date: the first that does, and lines before it that are for a date and
    give no day (31 June), or two (01/02/2025). None of these lines is news."""

    dated: Dated | None = None
    unclear: tuple[Piece, ...] = ()


def said_in_head(paragraphs: list[Piece]) -> Head:
    """The lines among the first ones that are for a date."""
    unclear: list[Piece] = []
    for line in paragraphs[:_HEAD_LINES]:
        match = _LINE.fullmatch(line.text) if len(line.text) <= DATELINE_REACH else None
        day = _day(match) if match else None
        if match and day:
            return Head(Dated(day, line), tuple(unclear))
        unclear += [line] if match else []
    return Head(None, tuple(unclear))


def said_in_dateline(paragraph: Piece, today: date) -> Dated | None:
    """The date of a dateline ("KYIV, July 1 (Reuters) - …"). Without a year: the latest such day up to tomorrow."""
    match = DATELINE.match(paragraph.text[:DATELINE_REACH])
    if not match or not (match["month"] or match["month2"]):
        return None
    month, day = _month(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    evidence = paragraph.part(
        *(
            match.span("month")[:1] + match.span("day")[1:]
            if match["day"]
            else (match.start("day2"), match.end("month2"))
        )
    )
    years = [int(match["year"])] if match["year"] else [today.year + 1, today.year, *_leap_years_before(today.year)]
    for year in years:
        found = _real(year, month, day)
        if found and (match["year"] or found <= today + timedelta(days=1)):
            return Dated(found, evidence, sure=bool(match["year"]))
    return None


def _leap_years_before(year: int) -> range:
    return range(year - 1, year - 9, -1)


def _day(match: re.Match[str]) -> date | None:
    for n in "1234":
        if match[f"y{n}"]:
            month = match[f"m{n}"]
            return _real(int(match[f"y{n}"]), int(month) if month.isdecimal() else _month(month), int(match[f"d{n}"]))
    one, other = int(match["one"]), int(match["other"])
    days = {_real(int(match["y5"]), month, day) for month, day in ((one, other), (other, one))} - {None}
    return days.pop() if len(days) == 1 else None  # Europe begins with the day, the United States with the month


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
