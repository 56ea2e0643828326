"""Hints: what somebody may have meant who wrote a word that nothing is known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def meant(word: str, known: Iterable[str] | Mapping[str, str], n: int = 3) -> str:
    """ "did you mean a, b or c?"; "" where nothing is near.

    A mapping leads from every name that may have been meant to the word that is to be written for it.
    """
    written = known if isinstance(known, Mapping) else {name: name for name in known}
    names: dict[str, str] = {}
    for name, write in written.items():
        names.setdefault(_bare(name), write)
    near = get_close_matches(_bare(word), names, n=n, cutoff=0.6)
    return did_you_mean(list(dict.fromkeys(names[name] for name in near)))


def did_you_mean(words: list[str]) -> str:
    """The question, or "" for no words."""
    if not words:
        return ""
    *most, last = words
    return f"did you mean {', '.join(most)} or {last}?" if most else f"did you mean {last}?"


def among(words: Iterable[str], n: int = 25) -> str:
    """Words as a list in a sentence, cut after `n`."""
    every = list(words)
    return ", ".join(every[:n]) + (", …" if len(every) > n else "")


def _bare(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
