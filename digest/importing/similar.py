"""Telling texts that are nearly the same, from small sketches that a record can keep.

A sketch holds the least hashes of all runs of three words (bottom-k sampling, Cohen and Kaplan 2007); how many of the
least of two sketches together both hold estimates how alike the texts are (Jaccard).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from hashlib import blake2b

_RUN = 3
_KEPT = 48
ALIKE = 0.6
"""From here on two texts count as one: a corrected or slightly cut version stays above, another report on the same
event far below."""
_WORD = re.compile(r"\w+")


def sketch(text: str) -> tuple[str, ...]:
    """The sketch of a text; empty for one of fewer than eight words, which says too little."""
    words = _WORD.findall(text.casefold())
    return tuple(sorted(_hashes(words))[:_KEPT]) if len(words) >= 8 else ()


def share(one: tuple[str, ...], text: str) -> float:
    """How much of a sketched text another one holds, from 0 to 1."""
    return len(_hashes(_WORD.findall(text.casefold())).intersection(one)) / len(one) if one else 0.0


def _hashes(words: list[str]) -> set[str]:
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    return {blake2b(run.encode(), digest_size=4).hexdigest() for run in runs}


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two sketched texts are, from 0 to 1."""
    if not one or not other:
        return 0.0
    least = sorted({*one, *other})[:_KEPT]
    both = set(one) & set(other)
    return sum(value in both for value in least) / len(least)


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much of two sets both hold, from 0 to 1 (Jaccard); 0 where one is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0
