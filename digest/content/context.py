"""What every article is read against."""

from __future__ import annotations

from dataclasses import dataclass

from digest.content.catalogue import Catalogue
from digest.content.registry import Registered
from digest.content.suggest import did_you_mean
from digest.model import Settings


class Lookup:
    """Finds words in a catalogue and keeps the answers, for most words, and most mistakes, are made often."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._found: dict[str, str | None] = {}
        self._hints: dict[str, str] = {}

    def find(self, word: str) -> str | None:
        """The id that a word means, or None."""
        if word not in self._found:
            self._found[word] = self.catalogue.find(word)
        return self._found[word]

    def meant(self, word: str) -> str:
        """ "did you mean a, b or c?"; "" where nothing is near."""
        if word not in self._hints:
            self._hints[word] = did_you_mean(self.catalogue.nearest(word))
        return self._hints[word]


@dataclass(frozen=True, slots=True)
class Context:
    """The digest's settings, registry, regions and topics; can be pickled and sent to a worker.

    A lookup is None where the digest's own entries cannot be read: then no word counts as unknown.
    """

    settings: Settings
    registered: Registered
    regions: Lookup | None
    topics: Lookup | None
