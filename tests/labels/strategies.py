"""Random registries and claims to try the labels on, for hypothesis and from a plain seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from digest.model import (
    Basis,
    Claim,
    ClaimKind,
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

World = tuple[Registry, dict[str, Claim]]
T = TypeVar("T")

DAYS = (datetime(2025, 7, 1, tzinfo=UTC), datetime(2025, 7, 2, tzinfo=UTC), datetime(2025, 7, 3, tzinfo=UTC))
PARTIES = ("east", "west", "south")
MORE_SOURCES = {"state-tv": SourceKind.OUTLET, "second-outlet": SourceKind.OUTLET, "institute": SourceKind.RESEARCH}
SOURCES = {str(kind).replace("_", "-"): kind for kind in SourceKind} | MORE_SOURCES
STRANGER = "stranger"  # stands in no registry


def registries() -> st.SearchStrategy[Registry]:
    """Registries of three parties and a source of every kind."""
    return st.randoms(use_true_random=False).map(_registry)


def worlds(n: int = 3) -> st.SearchStrategy[World]:
    """A registry and n claims that may depend on one another, by id."""
    return st.randoms(use_true_random=False).map(lambda rng: _world(rng, n))


def world(seed: int, n: int = 400) -> World:
    """The same world for the same seed, with n claims."""
    return _world(Random(seed), n)  # noqa: S311 - test data, nothing to keep secret


def _world(rng: Random, n: int) -> World:
    registry = _registry(rng)
    ids = [f"claim-{i}" for i in range(n)]
    return registry, {name: _claim(rng, name, ids) for name in ids}


def _registry(rng: Random) -> Registry:
    pairs = [("east", "west"), *rng.choice([[], [("east", "south")], [("east", "south"), ("south", "west")]])]
    opposes = {p: frozenset(q for pair in pairs for q in pair if p in pair and p != q) for p in PARTIES}
    return Registry(
        parties={p: Party(p, p.title(), opposes[p]) for p in PARTIES},
        sources={name: _source(rng, name, kind) for name, kind in SOURCES.items()},
    )


def _source(rng: Random, name: str, kind: SourceKind) -> Source:
    relations = tuple(_relation(rng) for _ in range(rng.choice([0, 0, 1, 1, 2])))
    owner = rng.choice(["", "", "", "holding", "company", "outlet"])
    return Source(name, name.title(), kind, relations, owner)


def _relation(rng: Random) -> Relation:
    since, until = rng.choice([(None, None), (None, None), (None, DAYS[1]), (DAYS[1], None), (DAYS[1], DAYS[2])])
    return Relation(rng.choice(list(RelationKind)), rng.choice(PARTIES), since, until)


def _claim(rng: Random, name: str, ids: Sequence[str]) -> Claim:
    cast = [rng.choice(list(SOURCES)) for _ in range(5)]
    statement = rng.choice([_statement, _statement, _hearsay])
    return Claim(
        id=name,
        text=f"Text of {name}.",
        kind=rng.choice([ClaimKind.EVENT] * 4 + list(ClaimKind)),
        benefits=_some(rng, PARTIES),
        harms=_some(rng, PARTIES),
        of=rng.choice(["", *cast]),
        depends_on=rng.choice(["", "", "", STRANGER, rng.choice(ids), rng.choice(ids)]),
        override=rng.choice([None] * 9 + [_override(rng)]),
        statements=tuple(statement(rng, cast) for _ in range(rng.randint(0, 8))),
    )


def _some(rng: Random, options: Sequence[T]) -> frozenset[T]:
    return frozenset(option for option in options if rng.choice([False, False, True]))


def _override(rng: Random) -> Override:
    since = rng.choice(DAYS)
    return Override(
        label=rng.choice(list(Label)),
        reason="The editor has seen the document itself.",
        editor="Desk",
        since=since,
        covers=since + timedelta(hours=23),
        evidence="https://example.org/evidence",
    )


def _statement(rng: Random, cast: Sequence[str]) -> Statement:
    return Statement(
        by=rng.choice(cast),
        says=rng.choice([Stance.ASSERTS] * 8 + [Stance.SUPPORTS, Stance.DENIES, Stance.DENIES] + list(Stance)),
        basis=rng.choice(list(Basis)),
        recorded=rng.choice(DAYS),
        via=_few(rng, [*cast, *SOURCES, STRANGER]),
        derived_from=_few(rng, [*cast, STRANGER]),
        said=rng.choice([None, None, None, *(day - timedelta(hours=1) for day in DAYS)]),
    )


def _hearsay(rng: Random, cast: Sequence[str]) -> Statement:
    """A statement that mostly rests on others, so that derivation branches, joins and runs in circles."""
    return Statement(
        by=rng.choice(cast),
        says=rng.choice([Stance.ASSERTS] * 8 + [Stance.DENIES, Stance.RETRACTS]),
        basis=rng.choice([Basis.RELAY, Basis.UNSTATED, Basis.ANALYSIS] * 2 + [Basis.FIRST_HAND]),
        recorded=rng.choice(DAYS),
        derived_from=tuple(rng.choice(cast) for _ in range(rng.choice([1, 2]))),
    )


def _few(rng: Random, options: Sequence[T]) -> tuple[T, ...]:
    return tuple(rng.choice(options) for _ in range(rng.choice([0, 0, 1, 1, 2])))
