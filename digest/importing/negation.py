"""Verbs of saying that say nothing: "has not confirmed", "nobody denied", "no evidence that the army had said"."""

from __future__ import annotations

from digest.importing.lexicon import Lexicon
from digest.importing.phrases import Phrase

_NEAR = 120
"""So many characters before a verb or a speaker at most, what negates it stands."""


def may_negate(shown: str, lexicon: Lexicon) -> bool:
    """Whether a sentence has any word that a negation could begin with: most have none, and need no closer look."""
    low = shown.casefold()
    return not lexicon.negation.signs.isdisjoint(low.replace(",", " ").split()) or "n't" in low or "n’t" in low


def negated_at(shown: str, verb: int, lexicon: Lexicon) -> int | None:
    """Where the words begin that negate the verb at `verb`; None where none do."""
    begin = max(0, verb - _NEAR)
    before = shown[begin:verb].rstrip()
    found = lexicon.negation.verb.search(before) or lexicon.negation.inverted.search(before)
    return begin + found.start() if found else None


def says_nothing(shown: str, speaker: Phrase, lexicon: Lexicon) -> bool:
    """Whether a speaker who stands before the verb is nobody, or the clause is one that is doubted or not yet so."""
    forms, before = lexicon.negation, shown[max(0, speaker.begin - _NEAR) : speaker.begin].rstrip()
    return bool(
        forms.nobody.match(shown, speaker.begin) or forms.nobody_before.search(before) or forms.doubt.search(before)
    )
