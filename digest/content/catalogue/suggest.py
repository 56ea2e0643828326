"""What somebody may have meant who wrote a word that nothing is known by."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile


def closest(word: str, known: Mapping[str, tuple[str, ...]], n: int) -> list[str]:
    """Up to `n` ids whose slugs, or whose slugs' longer words, are like `word`; the likeliest first."""
    ids = dict(known)
    for slug, owners in known.items():
        for part in slug.split("-"):
            if len(part) > 3 and part != slug:
                ids[part] = (*ids.get(part, ()), *owners)
    close = get_close_matches(word, ids, n=4 * n, cutoff=0.6)
    close.sort(key=lambda slug: -_likeness(word, slug))
    return list(dict.fromkeys(id_ for slug in close for id_ in ids[slug]))[:n]


def _likeness(word: str, slug: str) -> float:
    # Misspellings hardly ever touch the first letters, so a shared beginning counts on its own.
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, slug, strict=False)))
    return SequenceMatcher(None, slug, word).ratio() + shared / max(len(word), 1)
