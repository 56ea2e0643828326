"""Source pages: who a source speaks for, what it said and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from digest.frozen import Frozen
from digest.index.index import Index
from digest.labels.words import SOURCE_KINDS, relations
from digest.model import Source, SourceKind, Stance, Statement
from digest.pages.compose import Composer
from digest.pages.drawn.timeline import Timeline, labels_of
from digest.pages.parts import Day, LabelCount, LabelMark, Link, SourceMark
from digest.pages.phrases import SIDES, STANCES
from digest.pages.sheet import Family, Sheet

SHOWN = 100  # how many statements a source's page lists, newest first; the numbers count all


class SourceGroup(Frozen, frozen=True):
    """Sources of one kind; `sources` carry the number of their statements in `count`."""

    kind: str
    sources: tuple[tuple[SourceMark, int, int], ...]


class SourcesView(Frozen, frozen=True):
    """All sources that say or carry something here, by kind; each with its statements made and carried."""

    groups: tuple[SourceGroup, ...]
    total: int


class SourceStatement(Frozen, frozen=True):
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


class SourceView(Frozen, frozen=True):
    """A source. `kind` and `relations` in words; `outcomes` counts the labels now of the claims that it asserted or
    supported; `reliability` is the editor's grade A to F with its
    `reliability_basis`; both are "" where no editor has judged (the default F would read as a verdict)."""

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
    labels: Timeline | None = None


def _used(index: Index) -> list[Source]:
    sources = index.registry.sources
    return [sources[key] for key in index.keys("source") if not sources[key].one_off]


def plan_index(_: Index) -> Iterator[tuple[str, str]]:
    """The one page of all sources."""
    yield "", "sources/"


def view_index(composer: Composer, _: str) -> Sheet:
    """All sources by kind."""
    tongue = composer.tongue
    groups = []
    sources = sorted(_used(composer.index), key=lambda s: (list(SourceKind).index(s.kind), s.name.casefold(), s.id))
    for kind, members in groupby(sources, key=lambda s: s.kind):
        rows = []
        for source in members:
            made = composer.index.stances(source.id).total()
            rows.append((composer.source(source.id), made, composer.index.carried(source.id)))
        groups.append(SourceGroup(tongue.gettext(SOURCE_KINDS[kind]), tuple(rows)))
    title = tongue.gettext("Sources")
    description = tongue.gettext("Everyone who is quoted in this digest or carries its news, by kind.")
    return Sheet(title, description, (), SourcesView(tuple(groups), len(sources)))


SOURCES = Family("sources", "sources.html", plan_index, lambda _: ("source:*",), view_index)


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each source of the registry that says or carries something."""
    return ((source.id, f"sources/{source.id}/") for source in _used(index))


def reads(key: str) -> tuple[str, ...]:
    """The articles in which the source speaks or carries something."""
    return (f"source:{key}",)


def view(composer: Composer, key: str) -> Sheet:
    """The page of a source."""
    index, tongue = composer.index, composer.tongue
    registry = index.registry
    source = registry.sources[key]
    note = composer.source(key).note
    stances = index.stances(key)
    said = index.said(key, carried=False, limit=SHOWN)
    view = SourceView(
        key,
        source.name,
        tongue.gettext(SOURCE_KINDS[source.kind]),
        note,
        relations(source, registry, tongue),
        tuple(dict.fromkeys(e for e in (source.evidence, *(r.evidence for r in source.relations)) if e)),
        registry.sources[source.owner].name if source.owner in registry.sources else source.owner,
        source.url,
        source.country,
        source.reliability if source.reliability_basis else "",
        source.reliability_basis,
        composer.counts(index.outcomes(key)),
        tuple((tongue.gettext(STANCES[stance]), stances[stance]) for stance in Stance if stances[stance]),
        tuple(_row(composer, c, s, key) for c, s in said),
        tuple(_row(composer, c, s, key) for c, s in index.said(key, carried=True, limit=SHOWN)),
        stances.total(),
        index.carried(key),
        labels_of(composer, (composer.course(c) for c in dict.fromkeys(c for c, _ in said)), changed=True),
    )
    trail = (Link(tongue.gettext("Sources"), "sources/"),)
    return Sheet(source.name, f"{source.name}: {note}.", trail, view)


def _row(composer: Composer, claim: str, statement: Statement, source: str) -> SourceStatement:
    polarity = statement.says.polarity
    return SourceStatement(
        Link(composer.claim_text(claim), f"claims/{claim}/"),
        composer.label_of(claim),
        str(statement.says),
        composer.tongue.gettext(STANCES[statement.says]),
        SIDES[polarity],
        composer.day_of(statement.recorded),
        composer.article_link(composer.index.article(statement.article)),
        composer.source(statement.by) if statement.by != source else None,
        statement.note,
    )


SOURCE = Family("source", "source.html", plan, reads, view)
