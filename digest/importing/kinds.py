"""What sort of claim some words make, and the figure that they give."""

from __future__ import annotations

import re

from digest.importing.lexicon import Lexicon
from digest.model import ClaimKind, SourceKind

_NUMBER = re.compile(
    r"(?P<money>[£$€]|US\$|R\$)?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<percent>%)?"
    r"(?:[ -](?P<after>[\w%’'-]+))?(?: (?P<next>[\w’'-]+))?"
    r"|\b(?P<word>[A-Za-z-]+) (?P<noun>[a-z][\w-]+)"
)
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
    at = 0
    while match := _NUMBER.search(content, at):
        at = match.end() if match["value"] else match.start() + len(match["word"])
        found = _counted(match, lexicon)
        if found:
            return found
    return None


def _counted(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str] | None:
    if match["word"]:
        word, noun = match["word"].casefold(), match["noun"]
        counts = word in lexicon.numbers and noun not in lexicon.not_counted
        return (match["word"], noun) if counts else None
    value, after = match["value"].rstrip(","), (match["after"] or "")
    if match["money"]:
        return f"{value} {after}".strip() if after in lexicon.scales else value, match["money"]
    if match["percent"] or after in {"percent", "per"}:
        return value, "%"
    if not after or after.casefold() in lexicon.not_counted or (after[:1].isupper() and after not in lexicon.scales):
        return None
    if after in lexicon.scales:
        return f"{value} {after}", match["next"] or ""
    return None if _YEAR.fullmatch(value) else (value, after)


def guessed_kind(name: str, role: str, lexicon: Lexicon, *, person: bool) -> SourceKind:
    """The kind of a source that no registry knows, from its name and description; for the editor to check."""
    known = lexicon.carriers.get(name.casefold())
    if known is not None:
        return known
    words = f"{role} {name}".casefold()
    for kind, form in lexicon.source_kinds.items():
        if kind is SourceKind.ANONYMOUS and (person or not _nameless(name, lexicon)):
            continue
        if form.search(words):
            return kind
    return SourceKind.PERSON if person or name[:1].isupper() else SourceKind.ANONYMOUS


def _nameless(name: str, lexicon: Lexicon) -> bool:
    return any(word in lexicon.anonymous_heads for word in name.casefold().split())
