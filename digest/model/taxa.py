"""Regions and topics: two trees of the same shape."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import field

from digest.frozen import Frozen

PARTS = {"UA-43": "UA", "northern-cyprus": "CY", "somaliland": "SO"}
"""Shapes of maps that are no countries, with the country that ISO 3166 counts each to: drawn with it, unless a digest
says otherwise."""


class Taxon(Frozen, frozen=True):
    """A region or a topic: `id` is an ISO/M49 code, an IPTC id or the digest's own slug; `slug` makes its address."""

    id: str
    name: str
    slug: str
    parent: str = ""


class Taxonomy(Frozen, frozen=True):
    """The regions or topics that a digest uses, by id, with all their ancestors; `drawn` are the shapes on maps of
    regions, used or not, for which the digest chose some."""

    taxa: dict[str, Taxon]
    drawn: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
