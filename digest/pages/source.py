"""Source pages: who a source speaks for, what it said and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import Day, LabelCount, LabelMark, Link, SourceMark


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Sources of one kind; `sources` carry the number of their statements in `count`."""

    kind: str
    sources: tuple[tuple[SourceMark, int, int], ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All sources that say or carry something here, by kind; each with its statements made and carried."""

    groups: tuple[SourceGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """A statement of this source and the claim's label now; `carried` by it if `speaker` is another source."""

    claim: Link
    label: LabelMark
    stance: str
    says: str
    side: str
    day: Day
    article: Link
    speaker: SourceMark | None
    note: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source. `kind` and `relations` in words; `outcomes` counts the labels now of the claims that it asserted or
    supported; `reliability` is the editor's grade A to F with its `reliability_basis`."""

    id: str
    name: str
    kind: str
    note: str
    relations: tuple[str, ...]
    evidence: tuple[str, ...]
    owner: str
    url: str
    country: str
    reliability: str
    reliability_basis: str
    outcomes: tuple[LabelCount, ...]
    stances: tuple[tuple[str, int], ...]
    statements: tuple[SourceStatement, ...]
    carried: tuple[SourceStatement, ...]
    statement_count: int
    carried_count: int
