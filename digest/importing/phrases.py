"""Noun phrases around a verb of saying: who speaks, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from digest.importing.lexicon import Lexicon
from digest.importing.names import like_a_name, like_a_person, naming
from digest.importing.spans import HIDDEN

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dec(?:ember|\.))(?: \d{1,2})?"
)
WHEN = (
    rf"(?:(?:late |early )?(?:on )?{_DAY}|(?:in |on ){_MONTH}|today|yesterday|overnight|last week|this week|last month)"
)
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|get|got)(?: \w+ly)?$")

_TOKEN = re.compile(r"[\w£$€%’'](?:[\w’'&/-]|\.(?!$))*|[^\w\s]")
_BY_PHONE = r"by (?:phone|telephone|e-?mail|text)\b"
_BESIDE = re.compile(r",(?: aged)? \d{1,3},| \([^()]{1,60}\)")
"""An age or what stands in brackets, beside a name."""
_MOST_TOKENS = 16
_TIME_FIRST = re.compile(rf"(?:On )?(?:{WHEN}|(?:In|At|On) [A-Z]\w+),? ")
_COPULA = re.compile(r"\s+(?:is|are|was|were)$")
_QUOTED_BY = re.compile(r"(?:as )?(?:quoted|cited) by (.+)")
_ASIDE = re.compile(r", (?:(?:an?|the|its|his|her|their) )?([^,.;]+)")
_WHO = re.compile(r"(?<![,;]) who ([^,;:()“”\"]{1,80})$")
_AND_NAME = re.compile(r" and (?:the )?[A-ZÀ-ÞĀ-ɏ]")
_LISTED = re.compile(r"(?:^|(?<=[;:] ))(?:(?:[Tt]he )?[A-ZÀ-ÞĀ-ɏ][\w’'-]*(?: [A-ZÀ-ÞĀ-ɏ][\w’'-]*){0,3}, )+$")
_GERUND = re.compile(r"\w+ing\b")
_CLAUSES = re.compile(r"[,;:—–]")
_INFLECTED = re.compile(r"[a-z]{3,}(?:ed|s)")
_PLACING = frozenset({"on", "in", "at", "to", "by", "near", "after", "during", "about", "into", "over", "with"})
_PLACED = re.compile(rf"{WHEN}|(?:on|in|at|by) (?:a|an|his|her|their|its|\d)|{_BY_PHONE}|to\b|near\b|about\b")
_ABOUT_WHAT = re.compile(r" (?:the|a|an|his|her|its|their|this|that|these|those) [a-z]")
_DAY_NEXT = re.compile(rf"{WHEN}\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: where it stands in its sentence, the name that it gives, and what it says of the bearer."""

    begin: int
    end: int
    name: str
    role: str = ""
    cites: str = ""
    """Whom the speaker cites ("Tass, citing the ministry,"), in the words of the text."""
    carrier: str = ""
    """Who quotes the speaker ("Lavrov, quoted by Tass,")."""


@cache
def _between(adverb: str) -> re.Pattern[str]:
    """Words between a subject and its verb that belong to neither: auxiliaries, adverbs, days."""
    return re.compile(rf"(?:[\s,]+(?:has|have|had|did|does|do|{adverb}|{WHEN}))+$")


def subject_before(shown: str, verb: int, lexicon: Lexicon) -> Phrase | None:
    """The subject of the verb at `verb` in a sentence whose quotations are hidden; None where none is in sight."""
    shown = _BESIDE.sub(lambda m: " " * len(m.group()), shown)
    left = shown[:verb].rstrip()
    between = _between(lexicon.adverb).search(left)
    comma_first = left.endswith(",")
    if between:
        comma_first = between.group().lstrip().startswith(",") or comma_first
        left = left[: between.start()]
    left = _COPULA.sub("", left.rstrip())
    if comma_first or left.endswith(","):
        return _with_aside(left.rstrip(", "), lexicon)
    relative = _WHO.search(left)
    if relative and "that" not in relative[1].split() and not lexicon.predicate.search(relative[1]):
        begin = _phrase_begin(left[: relative.start()], lexicon)  # "two men who asked not to be named told …"
        named = _phrase(left, begin, relative.start(), lexicon) if begin is not None else None
        return replace(named, end=len(left)) if named else None
    begin = _phrase_begin(left, lexicon)
    first = left[begin:].split(" ", 1)[0] if begin is not None else ""
    if begin is not None and first == "with" and _GERUND.match(shown, verb):  # "…, with Germany saying it would wait"
        begin, first = begin + len("with "), ""
    if begin is None or first.casefold() in lexicon.prepositions:
        return None  # "in a video posted on X": nobody
    return _phrase(left, _list_begin(left, begin), len(left), lexicon)


def _list_begin(left: str, begin: int) -> int:
    """Where a list of names begins that a phrase ends: "The UN, the EU and the African Union"."""
    before = _LISTED.search(left[:begin]) if _AND_NAME.search(left, begin) else None
    return before.start() if before else begin


def _with_aside(left: str, lexicon: Lexicon) -> Phrase | None:
    """ "Anna Berg, the minister," or "the minister, Anna Berg,": a phrase and what is said beside it."""
    comma = left.rfind(",")
    if comma < 0 or HIDDEN in left[comma:] or left[comma - 1] in '"”’':
        return None
    aside = left[comma + 1 :].strip()
    begin = _phrase_begin(left[:comma].rstrip("."), lexicon)  # "Adam Rusek Jr., the coroner"
    if begin is None:
        return None
    head = _phrase(left, begin, comma, lexicon)
    first = aside.split(" ", 1)[0].casefold()
    if first in {"citing", "quoting"}:
        return Phrase(begin, len(left), head.name, head.role, cites=aside.split(" ", 1)[-1])
    quoted = _QUOTED_BY.match(aside)
    if quoted:
        return Phrase(begin, len(left), head.name, head.role, carrier=quoted[1])
    if first not in lexicon.asides and like_a_name(aside) and not like_a_person(head.name, lexicon):
        named = _phrase(left, comma + 2, len(left), lexicon)
        return Phrase(begin, len(left), named.name, f"{head.role} {head.name}".strip())
    return Phrase(begin, len(left), head.name, head.role or (aside if first in {"a", "an", "the"} else ""))


def object_after(shown: str, at: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase that begins at `at` ("said Maya Gurung, a teacher"); None where none does."""
    end = _phrase_end(shown, at, lexicon)
    if not shown[at:end].strip():
        return None
    head = _phrase(shown, at, end, lexicon)
    aside = _ASIDE.match(shown[end:])
    if not aside:
        return head
    begin = end + aside.start(1)
    lower = head.name[:1].islower() or " of " in head.name or head.name.split(" ")[-1].islower()
    if lower and like_a_name(aside[1]) and not aside.group().startswith(", a"):
        named = _phrase(shown, begin, end + aside.end(), lexicon)
        return Phrase(at, end + aside.end(), named.name, head.name)
    return head


def _phrase(shown: str, begin: int, end: int, lexicon: Lexicon) -> Phrase:
    name, role = naming(" ".join(shown[begin:end].split()), lexicon)
    return Phrase(begin, end, name, role)


def _phrase_begin(left: str, lexicon: Lexicon) -> int | None:
    """Where the noun phrase that ends a text begins; None where its last word begins none."""
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(left)]
    begin: int | None = None
    for i in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _MOST_TOKENS), -1):
        word, at = tokens[i]
        low = word.casefold()
        before = tokens[i - 1][0].casefold() if i else ""
        if not (word[0].isalnum() or word[0] in "£$€’'") or _breaks(word, lexicon):
            break
        if low in lexicon.personal:
            return at if begin is None else begin
        opens = not before[:1].isalnum()  # nothing stands before it that it could join
        if low in {"and", "or"} and (begin is None or opens or _has_verb(left, at, lexicon)):
            break
        done_by = low == "by" and i > 1 and before in lexicon.done_by and begin is not None
        if (low == "by" and not done_by) or (low in lexicon.prepositions and (begin is None or i == 0)):
            break
        begin = at
        if (
            low in lexicon.determiners
            and before not in lexicon.prepositions
            and before not in {"the", "these", "those", "and", "all"}
        ):
            break
    return _after_time(left, begin) if begin is not None else None


def _breaks(word: str, lexicon: Lexicon) -> bool:
    """Whether no noun phrase goes beyond a word; WHO and IF are names in capitals."""
    return word.casefold() in lexicon.breaks and not (len(word) > 1 and word.isupper())


def _after_time(left: str, begin: int) -> int:
    time = _TIME_FIRST.match(left[begin:])
    return begin + time.end() if time and time.end() < len(left) - begin else begin


def _has_verb(left: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the clause before a conjunction has a verb, so that what follows is a new clause."""
    clause = _CLAUSES.split(left[:at])[-1]
    return any(w.casefold() in lexicon.breaks or _INFLECTED.fullmatch(w) for w in clause.split()[1:])


def _phrase_end(shown: str, at: int, lexicon: Lexicon) -> int:
    end = at
    first = True
    for match in _TOKEN.finditer(shown, at):
        word = match.group()
        low = word.casefold()
        if not (word[0].isalnum() or word[0] in "£$€’'") or _breaks(word, lexicon) or low in lexicon.personal:
            break
        if not first and (
            low in {"and", "or"}
            or (low in lexicon.determiners and not _after_preposition(shown, at, match.start(), lexicon))
        ):
            break
        if low in _PLACING and (
            _PLACED.match(shown, match.start())
            or like_a_person(" ".join(shown[at:end].split()), lexicon)
            or (low == "on" and end > at)
        ):
            break
        if low == "of" and _ABOUT_WHAT.match(shown, match.end()) and _a_name(shown[at:end], lexicon):
            break  # "“Lies,” said Peskov of the report"
        if not first and _DAY_NEXT.match(shown, match.start()):
            break
        end = match.end()
        first = False
    return end


def _a_name(text: str, lexicon: Lexicon) -> bool:
    """Whether some words are a name and hold no word for a body or an office."""
    words = text.split()
    common = lexicon.bodies | lexicon.titles
    return bool(words) and all(w[:1].isupper() and w.casefold() not in common for w in words)


def _after_preposition(shown: str, begin: int, at: int, lexicon: Lexicon) -> bool:
    words = shown[begin:at].split()
    return bool(words) and words[-1].casefold() in lexicon.prepositions
