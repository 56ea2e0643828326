"""Regions: UN M49 areas, ISO 3166-1 countries and ISO 3166-2 subdivisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from babel import Locale, UnknownLocaleError

from digest.content.catalogue.catalogue import Catalogue
from digest.content.catalogue.data import rows_of, subdivisions
from digest.content.catalogue.entry import Entry
from digest.content.catalogue.shelf import Row, Shelf

_AREA = re.compile(r"[0-9]{3}|[A-Z]{2}")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def regions(language: str, own: Sequence[Entry] = ()) -> Catalogue:
    """The catalogue of regions, with the names of countries and larger areas in a language (a BCP 47 tag).

    Subdivisions have the one name that ISO 3166-2 gives them in Latin letters.
    """
    areas = Shelf(partial(_areas, language), partial(_as_code, _AREA), _further_names)
    return Catalogue([areas, Shelf(_subdivisions, partial(_as_code, _SUBDIVISION))], own, codes_shown=True)


def _as_code(pattern: re.Pattern[str], word: str) -> str:
    code = word.strip().upper()
    return code if pattern.fullmatch(code) else ""


def _areas(language: str) -> Iterator[Row]:
    areas = rows_of("m49.csv")
    names = _territories(language)
    if any(code not in names for code, *_ in areas):
        names = _territories("en") | names
    for code, parent, *_ in areas:
        name = names.get(code, code)
        # CLDR writes names as within a sentence ("world"); here they are headings.
        yield Row(code, name[:1].upper() + name[1:], parent, tail=code.lower())


def _further_names() -> Iterator[tuple[str, str]]:
    english = _territories("en")
    for code, _, alpha3, also in rows_of("m49.csv"):
        for word in (english.get(code, code), *also.split("|"), alpha3):
            if word:
                yield word, code


def _territories(language: str) -> dict[str, str]:
    """Names by code in the language or, where Babel does not know it, in its base language or English."""
    for tag in (language, language.replace("_", "-").split("-")[0]):
        try:
            return dict(Locale.parse(tag.replace("-", "_")).territories)
        except (UnknownLocaleError, ValueError):
            continue
    return dict(Locale("en").territories)


def _subdivisions() -> Iterator[Row]:
    for code, name, parent in subdivisions():
        yield Row(code, name, parent, tail=code.lower())
