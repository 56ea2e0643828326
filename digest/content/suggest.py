"""Hints: what somebody may have meant who wrote a word that nothing is known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class Names:
    """Names, each with the word that is to be written for it. Answers are kept, for the same mistake is made often."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._bare: dict[str, str] = {}
        for name, write in written.items():
            self._bare.setdefault(bare(name), write)
        self._answers: dict[str, str] = {}

    def written(self, name: str) -> str | None:
        """The word to write for a name, whatever its case."""
        return self._bare.get(bare(name))

    def meant(self, word: str) -> str:
        """ "did you mean a, b or c?"; "" where nothing is near."""
        if word not in self._answers:
            near = get_close_matches(bare(word), self._bare, n=3, cutoff=0.6)
            self._answers[word] = did_you_mean(list(dict.fromkeys(self._bare[name] for name in near)))
        return self._answers[word]


def meant(word: str, known: Iterable[str]) -> str:
    """ "did you mean a, b or c?"; "" where nothing is near."""
    return Names({name: name for name in known}).meant(word)


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


def bare(word: str) -> str:
    """A word as it is compared: whatever its case, and with hyphens for blanks and underscores."""
    return word.casefold().replace("_", "-").replace(" ", "-")
