"""The readers' language: phrases, lists and dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent

from digest.labels.words import English


class Tongue:
    """Words in one language; a phrase without a translation stays English. `language` is a BCP 47 tag."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = _locale(language)
        self._english = self.locale.language == "en"
        self._translations = _catalogue(str(self.locale)) or _catalogue(self.locale.language) or NullTranslations()
        self.day_full = lru_cache(4096)(self._day_full)
        self.day_short = lru_cache(4096)(self._day_short)

    def gettext(self, phrase: str, /) -> str:
        """The phrase in this language."""
        return self._translations.gettext(phrase)

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The form of the phrase for a number."""
        return self._translations.ngettext(singular, plural, number)

    def amounts(self, articles: int, claims: int) -> tuple[str, str]:
        """How many articles and claims, in words."""
        return (
            self.ngettext("%(num)s article", "%(num)s articles", articles) % {"num": articles},
            self.ngettext("%(num)s claim", "%(num)s claims", claims) % {"num": claims},
        )

    def join(self, items: Sequence[str], /) -> str:
        """Items as a list in words."""
        return English().join(items) if self._english else str(format_list(list(items), locale=self.locale))

    def number(self, number: int, /) -> str:
        """A number within a sentence: English has words up to ten."""
        return English().number(number) if self._english else str(number)

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    def _day_full(self, day: date) -> str:
        pattern = "EEEE d MMMM y" if self._english else "full"
        return str(format_date(day, pattern, locale=self.locale))

    def _day_short(self, day: date) -> str:
        if self._english:
            return str(format_date(day, "d MMMM y", locale=self.locale))
        return str(format_skeleton("yMMMMd", datetime(day.year, day.month, day.day), locale=self.locale))  # noqa: DTZ001 (a date)

    def month(self, day: date) -> str:
        """ "July 2025"."""
        if self._english:
            return str(format_date(day, "MMMM y", locale=self.locale))
        return str(format_skeleton("yMMMM", datetime(day.year, day.month, day.day), locale=self.locale))  # noqa: DTZ001 (a date)

    def short_month(self, month: int) -> str:
        """ "Jul"."""
        return str(self.locale.months["stand-alone"]["abbreviated"][month])

    def percent(self, share: float) -> str:
        """ "12%"."""
        return str(format_percent(share, locale=self.locale))

    @property
    def first_weekday(self) -> int:
        """The day that weeks begin with, 0 for Monday (plain "en" follows ISO 8601)."""
        return 0 if self.language == "en" else int(self.locale.first_week_day)

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """Short and full names of the days, in the week's order."""
        days = self.locale.days["stand-alone"]
        order = [(self.first_weekday + i) % 7 for i in range(7)]
        return tuple((str(days["abbreviated"][d]), str(days["wide"][d])) for d in order)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.split("-", maxsplit=1)[0])


def _catalogue(name: str) -> NullTranslations | None:
    path = files("digest") / "translations" / f"{name}.po"
    if not path.is_file():
        return None
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
