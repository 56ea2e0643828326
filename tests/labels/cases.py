"""What the table of labels is written with: its sources, the shape of a row, and short words for statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from digest.model import (
    Basis,
    Claim,
    Label,
    Override,
    Party,
    Registry,
    Relation,
    RelationKind,
    Source,
    SourceKind,
    Stance,
    Statement,
)

DAY1, DAY2, DAY3 = (datetime(2025, 7, day, 9, tzinfo=UTC) for day in (1, 2, 3))


def tie(kind: RelationKind, party: str, until: datetime | None = None) -> tuple[Relation, ...]:
    """A source's only relation."""
    return (Relation(kind, party, until=until),)


SPEAKS, CONTROLLED, ALIGNED = RelationKind.SPEAKS_FOR, RelationKind.CONTROLLED_BY, RelationKind.ALIGNED_WITH

REGISTRY = Registry(
    parties={
        "ru": Party("ru", "Russia", frozenset({"ua"})),
        "tr": Party("tr", "Türkiye"),
        "ua": Party("ua", "Ukraine", frozenset({"ru"})),
    },
    sources={
        source.id: source
        for source in (
            Source("afp", "AFP", SourceKind.AGENCY),
            Source("bbc", "BBC", SourceKind.OUTLET),
            Source("bbc-verify", "BBC Verify", SourceKind.FACT_CHECKER, owner="bbc"),
            Source("csis", "CSIS", SourceKind.RESEARCH),
            Source("defector", "A former officer", SourceKind.PERSON, tie(SPEAKS, "ru", until=DAY2)),
            Source("isw", "ISW", SourceKind.RESEARCH),
            Source("official", "An official", SourceKind.ANONYMOUS),
            Source("post", "A post", SourceKind.SOCIAL),
            Source("reuters", "Reuters", SourceKind.AGENCY),
            Source("ru-mod", "Russian Ministry of Defence", SourceKind.MILITARY, tie(SPEAKS, "ru")),
            Source("tass", "Tass", SourceKind.AGENCY, tie(CONTROLLED, "ru")),
            Source("tr-mfa", "Turkish Foreign Ministry", SourceKind.GOVERNMENT, tie(SPEAKS, "tr")),
            Source("ua-mod", "Ukrainian Ministry of Defence", SourceKind.MILITARY, tie(SPEAKS, "ua")),
            Source("uk-mod", "UK Ministry of Defence", SourceKind.MILITARY, tie(ALIGNED, "ua")),
            Source("un", "United Nations", SourceKind.INTERGOVERNMENTAL),
            Source("witness", "A witness", SourceKind.PERSON),
        )
    },
)


@dataclass(frozen=True)
class Row:
    """One case: the label of the first of `claims` at a moment, and why."""

    name: str
    claims: tuple[Claim, ...]
    label: Label
    rule: str
    badges: tuple[str, ...] = ()
    computed: Label | None = None
    at: datetime = DAY3
    registry: Registry = REGISTRY

    @property
    def claim(self) -> Claim:
        """The claim that is judged."""
        return self.claims[0]

    @property
    def by_id(self) -> dict[str, Claim]:
        """All claims of the case by id."""
        return {claim.id: claim for claim in self.claims}


def states(by: str, basis: Basis, says: Stance = Stance.ASSERTS, day: datetime = DAY1, **more: Any) -> Statement:
    """A statement for the claim, unless it says something else."""
    return Statement(by, says, basis, day, **more)


def saw(by: str, **more: Any) -> Statement:
    """First hand."""
    return states(by, Basis.FIRST_HAND, **more)


def knows(by: str, **more: Any) -> Statement:
    """From own records: independent, not checked."""
    return states(by, Basis.OWN_RECORDS, **more)


def reports(by: str, *origins: str, **more: Any) -> Statement:
    """Without saying how it knows."""
    return states(by, Basis.UNSTATED, derived_from=origins, **more)


def relays(by: str, *origins: str, **more: Any) -> Statement:
    """Passing on what others said."""
    return states(by, Basis.RELAY, derived_from=origins, **more)


def analyses(by: str, *origins: str, **more: Any) -> Statement:
    """Working something out from what others said."""
    return states(by, Basis.ANALYSIS, derived_from=origins, **more)


def about(*statements: Statement, **more: Any) -> tuple[Claim]:
    """The claim `c` with these statements."""
    return (Claim("c", "Something happened.", statements=statements, **more),)


def override(label: Label, since: datetime) -> Override:
    """An override in force from a moment on."""
    return Override(label, "The desk has seen the court file.", "Desk", since, since, "https://example.org/file")
