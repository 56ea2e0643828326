"""Parties and sources: who speaks, and for whom (SPEC 2.2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from digest.frozen import Frozen


class SourceKind(StrEnum):
    """What a source is."""

    GOVERNMENT = "government"
    MILITARY = "military"
    APPOINTED_AUTHORITY = "appointed_authority"
    ARMED_GROUP = "armed_group"
    INTERGOVERNMENTAL = "intergovernmental"
    COURT = "court"
    NGO = "ngo"
    RESEARCH = "research"
    OPEN_SOURCE = "open_source"
    FACT_CHECKER = "fact_checker"
    AGENCY = "agency"
    OUTLET = "outlet"
    COMPANY = "company"
    PERSON = "person"
    ANONYMOUS = "anonymous"
    SOCIAL = "social"


class RelationKind(StrEnum):
    """How a source stands to a party."""

    SPEAKS_FOR = "speaks_for"
    CONTROLLED_BY = "controlled_by"
    ALIGNED_WITH = "aligned_with"


class Relation(Frozen, frozen=True):
    """A source's tie to a party; `since` (included) and `until` (excluded) bound it in time where they are given."""

    kind: RelationKind
    party: str
    since: datetime | None = None
    until: datetime | None = None
    evidence: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether the tie holds at that moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class Party(Frozen, frozen=True):
    """A side in a conflict or dispute; `opposes` is already symmetric."""

    id: str
    name: str
    opposes: frozenset[str] = frozenset()


class Source(Frozen, frozen=True):
    """A speaker or a carrier; `one_off` when it was written in place and stands in no registry."""

    id: str
    name: str
    kind: SourceKind
    relations: tuple[Relation, ...] = ()
    owner: str = ""
    url: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    reliability: str = "F"
    reliability_basis: str = ""
    evidence: str = ""
    one_off: bool = False

    def parties(self, at: datetime, *kinds: RelationKind) -> frozenset[str]:
        """The parties that the source is tied to at that moment; by any kind of relation, if none is named."""
        if not self.relations:
            return frozenset()
        return frozenset(r.party for r in self.relations if (not kinds or r.kind in kinds) and r.holds(at))


class Registry(Frozen, frozen=True):
    """All parties and sources of a digest, by id; one-off sources of its articles included."""

    parties: dict[str, Party]
    sources: dict[str, Source]

    def opposed(self, one: str, other: str) -> bool:
        """Whether two parties oppose each other."""
        party = self.parties.get(one)
        return party is not None and other in party.opposes

    def root_name(self, source: str) -> str:
        """The name under which a source counts as a root: its last known owner, or itself (SPEC 3.1, rule 8)."""
        seen = {source}
        name = source
        while (entry := self.sources.get(name)) is not None and entry.owner and entry.owner not in seen:
            name = entry.owner
            seen.add(name)
        return name
