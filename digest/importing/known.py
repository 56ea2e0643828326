"""What was imported before, so arranged that an item finds its like at once in a record of any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.importing.record import Entry
from digest.importing.similar import ALIKE, likeness
from digest.model import Digest


@dataclass(slots=True)
class Imported:
    """The entries of the record by key, and the links that they and a digest's own statements have."""

    entries: dict[str, Entry] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Paths of articles by the addresses that they name."""
    _by_hash: dict[str, list[str]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take in an entry; it replaces one with its key."""
        self.entries[entry.key] = entry
        if entry.link:
            self.links.setdefault(entry.link, entry.path)
        for value in entry.sketch:
            self._by_hash.setdefault(value, []).append(entry.key)

    def double(self, link: str, sketch: tuple[str, ...]) -> tuple[str, str] | None:
        """The path of the article that an item repeats, and in what; None where it is new."""
        if link and link in self.links:
            return self.links[link], "the same link"
        shared = Counter(key for value in sketch for key in self._by_hash.get(value, ()))
        for key, count in shared.most_common():
            if count < ALIKE * len(sketch):  # of the least hashes of both, no more can be in both
                break
            if likeness(sketch, self.entries[key].sketch) >= ALIKE:
                return self.entries[key].path, "nearly the same text"
        return None


def imported(entries: Iterable[Entry], digest: Digest) -> Imported:
    """What a digest has by its record and its articles."""
    known = Imported()
    for article in digest.articles:
        for claim in article.claims:
            for statement in claim.statements:
                if statement.url:
                    known.links.setdefault(statement.url, article.path)
    for entry in entries:
        known.add(entry)
    return known
