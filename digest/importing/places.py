"""Where a story takes place and what it is about, each with the words that show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from digest.content.catalogue.data import rows_of, subdivisions
from digest.importing.lexicon import HEADS, Lexicon, lexicon

_CAPITAL = re.compile(r"(?<![\w-])(?:U\.S\.|[A-ZÀ-ÞĀ-ɏ][\w]*(?:[-'][A-Z]\w+)?)")
_LETTERS = re.compile(r"[a-z]{3,}")
_WITHIN = re.compile(r"\b(?:in|near|outside|inside|across|around|throughout) (?:the )?$", re.IGNORECASE)
_NOWHERE = "-"
"""Stands for the code of a name that holds a place's name and is none."""
_MOST_WORDS = 4
_MOST_REGIONS = 3
_MOST_TOPICS = 3
_IN_HEADLINE = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A region's code or a topic's label, with the words of the story that show it."""

    value: str
    evidence: tuple[str, ...]
    weight: int
    within: bool = False
    """Whether the text says that something is there ("in Oslo"), not just that somebody is from there ("Russian")."""


@cache
def place_names(language: str) -> Mapping[str, str]:
    """Codes of regions by the names, adjectives and cities that stand for them in a text of that language."""
    words = lexicon(language)
    countries = {code for code, *_ in rows_of("m49.csv") if len(code) == 2}  # Babel also names the UN and the eurozone
    names = {name: code for code, name in Locale(language).territories.items() if code in countries}
    parts = [(code, name) for code, name, _ in subdivisions() if code.split("-")[0] in words.subdivisions_of]
    for code, name in parts:
        names.setdefault(name, code)
    return {**names, **words.places, **dict.fromkeys(words.no_places, _NOWHERE)}


@cache
def _begins(language: str) -> Mapping[str, int]:
    """The first words of all names with how many words such a name has at most, up to as many as are looked at."""
    longest: dict[str, int] = {}
    for name in place_names(language):
        words = _CAPITAL.findall(name)
        if words and name.startswith(words[0]):
            longest[words[0]] = max(longest.get(words[0], 0), min(len(words), _MOST_WORDS))
    return longest


def regions_in(headline: str, body: str, language: str) -> list[Shown]:
    """The regions that a story is about, the likeliest first."""
    words = lexicon(language)
    weights: Counter[str] = Counter()
    evidence: dict[str, list[str]] = {}
    order: dict[str, int] = {}
    within: set[str] = set()
    first = body.split("\n", 1)[0]
    for text, weight in ((headline, _IN_HEADLINE), (first, 2), (body[len(first) :], 1)):
        for code, word, inside in _places(text, language, words):
            if inside:
                within.add(code.split("-")[0])
            weights[code] += weight
            order.setdefault(code, len(order))
            if word not in evidence.setdefault(code, []):
                evidence[code].append(word)
    _lift_subdivisions(weights)
    ranked = sorted(weights, key=lambda code: (-weights[code], order[code]))
    return [
        Shown(code, tuple(evidence[code]), weights[code], code.split("-")[0] in within)
        for code in ranked[:_MOST_REGIONS]
        if weights[code] >= max(2, weights[ranked[0]] // 4) or code == ranked[0]
    ]


def _lift_subdivisions(weights: Counter[str]) -> None:
    """Where a part of a country is named, the country itself says less; its weight goes to the part."""
    for code in [c for c in weights if "-" in c]:
        country = code.split("-")[0]
        if country in weights:
            weights[code] += weights.pop(country)


def _places(text: str, language: str, words: Lexicon) -> Iterator[tuple[str, str, bool]]:
    """The places that a text names: code, words, and whether something is said to be there."""
    names, begins = place_names(language), _begins(language)
    matches = list(_CAPITAL.finditer(text))
    at = 0
    while at < len(matches):
        longest = begins.get(matches[at].group(), 0)
        for length in range(min(longest, len(matches) - at), 0, -1):
            group = matches[at : at + length]
            word = " ".join(text[group[0].start() : group[-1].end()].split())
            code = names.get(word)
            if code and not (word in words.ambiguous_places and not _helped(text, group[0].start(), words)):
                if code != _NOWHERE:
                    yield code, word, bool(_WITHIN.search(text, max(0, group[0].start() - 12), group[0].start()))
                at += length - 1
                break
        at += 1


def _helped(text: str, begin: int, words: Lexicon) -> bool:
    before = text[:begin].split()[-1:]
    return bool(before) and before[0].casefold() in words.place_helpers


def topics_in(headline: str, body: str, words: Lexicon) -> list[Shown]:
    """The topics that a story is about, the likeliest first: two different words of one, or one in the headline."""
    found = []
    headline, body = headline.casefold(), body.casefold()
    begins = {word[:n] for word in set(_LETTERS.findall(f"{headline} {body}")) for n in HEADS}
    for label, form, heads in words.topics:
        if begins.isdisjoint(heads):
            continue
        in_headline = list(dict.fromkeys(m.group() for m in form.finditer(headline)))
        in_body = list(dict.fromkeys(m.group() for m in form.finditer(body)))
        every = tuple(dict.fromkeys([*in_headline, *in_body]))
        weight = _IN_HEADLINE * len(in_headline) + len(in_body)
        if weight >= 2:
            found.append(Shown(label, every, weight))
    return sorted(found, key=lambda shown: -shown.weight)[:_MOST_TOPICS]
