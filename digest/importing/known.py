"""What was imported before, so arranged that an item finds its like at once in a record of any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from digest.importing.links import bare_link
from digest.importing.record import Entry
from digest.importing.similar import ALIKE, likeness
from digest.model import Digest


@dataclass(slots=True)
class Imported:
    """The entries of the record by key, and the links that they and a digest's own statements have."""

    entries: dict[str, Entry] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Paths of articles by the links that they name, as `bare_link` gives them."""
    at: dict[str, list[str]] = field(default_factory=dict)
    """Keys of the entries at each path: a text that has grown has one for each version."""
    _by_hash: dict[str, list[str]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take in an entry; it replaces one with its key."""
        self.entries[entry.key] = entry
        if entry.key not in self.at.setdefault(entry.path, []):
            self.at[entry.path].append(entry.key)
        if entry.link:
            self.links.setdefault(bare_link(entry.link), entry.path)
        for value in entry.sketch:
            self._by_hash.setdefault(value, []).append(entry.key)

    def double(self, link: str, sketch: tuple[str, ...]) -> tuple[str, str] | None:
        """The path of the article that an item repeats, and in what; None where it is new."""
        if link and (path := self.links.get(bare_link(link))):
            return path, "the same link"
        own = set(sketch)
        shared = Counter({key: len(own.intersection(self.entries[key].sketch)) for key in self.candidates(sketch)})
        for key, count in shared.most_common():
            if count < ALIKE * len(sketch):  # of the least hashes of both, no more can be in both
                break
            if likeness(sketch, self.entries[key].sketch) >= ALIKE:
                return self.entries[key].path, "nearly the same text"
        return None

    def candidates(self, sketch: tuple[str, ...]) -> dict[str, None]:
        """The keys of all entries that may be alike, and of few others.

        Who shares enough of a sketch's hashes, shares one of any so many that the others are too few (prefix filtering,
        Chaudhuri, Ganti and Kaushik 2006): the rarest, so that stock phrases of thousands of texts cost nothing.
        """
        rarest = sorted(sketch, key=lambda value: len(self._by_hash.get(value, ())))
        enough = len(sketch) - ceil(ALIKE * len(sketch)) + 1
        return {key: None for value in rarest[:enough] for key in self._by_hash.get(value, ())}


def imported(entries: Iterable[Entry], digest: Digest) -> Imported:
    """What a digest has by its record and its articles."""
    known = Imported()
    for article in digest.articles:
        for claim in article.claims:
            for statement in claim.statements:
                if statement.url:
                    known.links.setdefault(bare_link(statement.url), article.path)
    for entry in entries:
        known.add(entry)
    return known
