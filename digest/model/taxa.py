"""Regions and topics: two trees of the same shape."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen


class Taxon(Frozen, frozen=True):
    """A region or a topic: `id` is an ISO/M49 code, an IPTC id or the digest's own slug; `slug` makes its address."""

    id: str
    name: str
    slug: str
    parent: str = ""


class Taxonomy(Frozen, frozen=True):
    """The regions or topics that a digest uses, by id, with all their ancestors."""

    taxa: dict[str, Taxon]

    def lineage(self, taxon: str) -> tuple[Taxon, ...]:
        """The taxon and its ancestors, nearest first."""
        return tuple(self._climb(taxon))

    def _climb(self, taxon: str) -> Iterator[Taxon]:
        seen: set[str] = set()
        while (entry := self.taxa.get(taxon)) is not None and taxon not in seen:
            seen.add(taxon)
            yield entry
            taxon = entry.parent

    def children(self, taxon: str) -> tuple[Taxon, ...]:
        """The taxa directly below one ("" for the roots), by name."""
        return tuple(sorted((t for t in self.taxa.values() if t.parent == taxon), key=lambda t: (t.name, t.id)))
