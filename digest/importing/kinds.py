"""What sort of claim some words make, and the figure that they give."""

from __future__ import annotations

import re

from digest.importing.lexicon import Lexicon
from digest.importing.names import like_a_person
from digest.model import ClaimKind, SourceKind

_NUMBER = re.compile(
    r"(?P<money>[£$€]|US\$|R\$)?(?<![\w.])(?P<value>\d[\d,]*(?:\.\d+)?)(?P<percent>%)?"
    r"(?: (?:out )?of (?:the |its |their |all )?\d[\d,]*)?"
    r"(?P<are> (?:are|were|was|(?:have|had|has) been))?(?:[ -](?P<after>[\w%’'-]+))?(?: (?P<next>[\w’'-]+))?"
    r"|\b(?P<word>[A-Za-z-]+)(?: (?:out )?of (?:the |its |their )?(?P<of>[a-z-]+))?"
    r" (?P<noun>[\w’'-]+)(?: (?P<then>[\w’'-]+))?"
)
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[a-z]+")
_RELATIVE = re.compile(r"(?<!,) (?:which|whose|where)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


def kind_of(content: str, lexicon: Lexicon) -> ClaimKind:
    """The kind of a claim by its words; an event where nothing points elsewhere."""
    for kind, form in lexicon.claim_kinds:
        if form.search(content):
            return kind
        if kind is ClaimKind.FORECAST and figure(content, lexicon):
            return ClaimKind.QUANTITY
    return ClaimKind.EVENT


def figure(content: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The first figure that says how many or how much, with its unit; None where there is none.

    Years, ages, dates and spans of time are no such figures.
    """
    if not _DIGIT.search(content) and lexicon.numbers.keys().isdisjoint(_WORD.findall(content.casefold())):
        return None
    at, end = 0, len(content)
    relative = _RELATIVE.search(content, 1)
    if relative:
        end = relative.start()  # what "the hoax which led to …" led to is not what the claim counts
    while match := _NUMBER.search(content, at, end):
        at = match.end("value") if match["value"] else match.end("word")
        found = _counted(match, lexicon)
        if found:
            return found
    return None


def _counted(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str] | None:
    if match["word"]:
        return _in_words(match, lexicon)
    value, after = match["value"].rstrip(","), (match["after"] or "")
    if match["money"]:
        return f"{value} {after}".strip() if after in lexicon.scales else value, match["money"]
    if match["percent"] or after in {"percent", "per"}:
        return value, "%"
    if not after or after.casefold() in lexicon.not_counted or (match["are"] and after not in lexicon.same):
        return None
    if after in lexicon.scales:
        return f"{value} {after}", match["next"] or ""
    unit = _unit(after, match["next"], lexicon)
    return None if _YEAR.fullmatch(value) or not unit else (value, unit)


def _in_words(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Three people" and "two million euros"; "hundreds" and "dozens" say no number, and stay words."""
    first, _, second = match["word"].casefold().partition("-")
    number = lexicon.numbers.get(first)
    if number is None or (first == "one" and not second) or (second and second not in lexicon.numbers):
        return None
    noun = match["noun"]
    if match["of"] and match["of"] not in lexicon.numbers:
        return None
    value = str(number + lexicon.numbers[second] if second else number) if number else match["word"]
    if noun in lexicon.scales:
        return f"{value} {noun}", match["then"] or ""
    unit = "" if noun.casefold() in lexicon.not_counted else _unit(noun, match["then"], lexicon)
    return (value, unit) if unit else None


def _unit(after: str, following: str | None, lexicon: Lexicon) -> str:
    """What is counted: the word after the number, or the one behind whose it is ("240 RSF fighters"); "" for a name."""
    if not after[:1].isupper():
        return "" if after in lexicon.breaks else after
    whose = (len(after) > 1 and after.isupper()) or after in lexicon.places
    return following if whose and following and following.islower() and following.endswith(("s", "people")) else ""


def guessed_kind(name: str, role: str, lexicon: Lexicon, *, person: bool) -> SourceKind:
    """The kind of a source that no registry knows, from its name and description; for the editor to check."""
    known = lexicon.carriers.get(name.casefold())
    if known is not None:
        return known
    words = f"{role} {name}".casefold()
    hits = {kind: match.span() for kind, form in lexicon.source_kinds.items() if (match := form.search(words))}
    for kind, (begin, end) in hits.items():
        if kind is SourceKind.ANONYMOUS and (person or not _nameless(name, lexicon)):
            continue
        if any(b <= begin and end <= e and (b, e) != (begin, end) for b, e in hits.values()):
            continue  # a fire brigade is no brigade
        return kind
    if person or like_a_person(name, lexicon) or not name[:1].isupper():
        return SourceKind.PERSON if person or name[:1].isupper() else SourceKind.ANONYMOUS
    return SourceKind.NGO if lexicon.bodies.intersection(words.split()) else SourceKind.PERSON


def _nameless(name: str, lexicon: Lexicon) -> bool:
    return any(word in lexicon.anonymous_heads for word in name.casefold().split())
