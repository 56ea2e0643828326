"""Slips of the hand: when a word that nothing is known by can only have been meant as another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from digest.content.suggest import bare

_SHORTEST = 4
_SHORTEST_NAME = 5
"""Words of fewer letters are one letter away from too many others."""


class Slip(Enum):
    """What lies between two words that are one slip apart."""

    SWAPPED = auto()
    MISSING = auto()
    EXTRA = auto()
    OTHER = auto()


def slip(word: str, known: str) -> Slip | None:
    """What turned `known` into `word`: two neighbours swapped, a letter missing, a letter too many, or another letter
    in its place; None if nothing or more than one thing did. Digits do not slip: 12 is no misspelt 13."""
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    one, two = word[start:], known[start:]
    kind, changed = None, ""
    if one[:2] == two[:2][::-1] and len(two) > 1 and one[2:] == two[2:] and one != two:
        kind, changed = Slip.SWAPPED, two[:2]
    elif two[1:] == one and two:
        kind, changed = Slip.MISSING, two[0]
    elif one[1:] == two and one:
        kind, changed = Slip.EXTRA, one[0]
    elif one[1:] == two[1:] and one[:1] != two[:1]:
        kind, changed = Slip.OTHER, one[:1] + two[:1]
    return kind if kind and not any(letter.isdigit() for letter in changed) else None


def meant_word(word: str, known: Iterable[str]) -> str:
    """The word of a closed list that was meant: the only one that differs in case and hyphens only, or by one slip."""
    words = list(dict.fromkeys(known))
    return _only(one for one in words if bare(one) == bare(word)) or _only(
        one for one in words if len(one) >= _SHORTEST and slip(bare(word), bare(one))
    )


def meant_name(word: str, known: Mapping[str, str], room: int = 2) -> str:
    """The form, of those that lead to ids, in which a name was meant.

    The only id that has the word as a name, whatever its case; or the only one of which a name differs by neighbours
    swapped or by one letter missing or too many, if no other is within `room` letters. Another letter proves nothing:
    us-mod is no misspelt uk-mod.
    """
    spelt = bare(word)
    same = {form: id_ for form, id_ in known.items() if bare(form) == spelt}
    if same:
        return next(iter(same)) if len(set(same.values())) == 1 else ""
    close = {form: id_ for form, id_ in known.items() if _distance(spelt, bare(form), room) <= room}
    if len(set(close.values())) != 1 or len(spelt) < _SHORTEST_NAME:
        return ""
    return next((form for form in close if slip(spelt, bare(form)) in {Slip.SWAPPED, Slip.MISSING, Slip.EXTRA}), "")


def _only(words: Iterable[str]) -> str:
    found = list(words)
    return found[0] if len(found) == 1 else ""


def _distance(one: str, two: str, most: int) -> int:
    """Letters to add, take away, change or swap between two words; more than `most` where it is more than that."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before, row = list[int](), list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row_before = row, before
        row = [i]
        for j, b in enumerate(two, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, row_before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before = last
    return row[-1]
