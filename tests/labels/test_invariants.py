"""What must always hold for labels, whoever computes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.labels.verdict import judge
from digest.model import (
    Basis,
    Claim,
    Label,
    Registry,
    Relation,
    RelationKind,
    Source,
    SourceKind,
    Stance,
    Statement,
)
from tests.labels.reference import verdict
from tests.labels.strategies import DAYS, PARTIES, World, worlds


class Judged(Protocol):
    """What a computation of labels must tell."""

    @property
    def label(self) -> Label: ...
    @property
    def rule(self) -> str: ...
    @property
    def badges(self) -> tuple[str, ...]: ...
    @property
    def computed(self) -> Label | None: ...


Judge = Callable[[Claim, Mapping[str, Claim], Registry, datetime], Judged]

# Every computation of labels stands here and is held to all that follows.
IMPLEMENTATIONS: list[Judge] = [verdict, judge]

every_judge = pytest.mark.parametrize("judge", IMPLEMENTATIONS)
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
statement_moments = st.sampled_from(DAYS)
NEUTRAL = frozenset({Stance.RELATES, Stance.DECLINES, Stance.SILENT, Stance.CANNOT_VERIFY})
FRESH = "fresh"


def labels(judge: Judge, registry: Registry, claims: Mapping[str, Claim]) -> list[tuple[Label, str, Label | None]]:
    """Label, rule and computed label of every claim at the end of every day."""
    judged = [judge(claim, claims, registry, day) for claim in claims.values() for day in DAYS]
    return [(found.label, found.rule, found.computed) for found in judged]


def everything(judge: Judge, registry: Registry, claims: Mapping[str, Claim]) -> list[tuple[object, ...]]:
    """The same with badges."""
    judged = [judge(claim, claims, registry, day) for claim in claims.values() for day in DAYS]
    return [(found.label, found.rule, found.badges, found.computed) for found in judged]


def adding(claim: Claim, *more: Statement) -> Claim:
    """The claim with more statements."""
    return replace(claim, statements=claim.statements + more)


def with_source(registry: Registry, kind: SourceKind, *relations: Relation) -> Registry:
    """A registry with one more source."""
    return replace(registry, sources={**registry.sources, FRESH: Source(FRESH, "Fresh", kind, relations)})


def swapped(world: World, one: str, other: str) -> World:
    """The same world with two parties in each other's place."""
    registry, claims = world
    other_name = {one: other, other: one}

    def swap(party: str) -> str:
        return other_name.get(party, party)

    def swap_all(parties: frozenset[str]) -> frozenset[str]:
        return frozenset(swap(p) for p in parties)

    parties = {swap(p.id): replace(p, id=swap(p.id), opposes=swap_all(p.opposes)) for p in registry.parties.values()}
    sources = {
        name: replace(source, relations=tuple(replace(r, party=swap(r.party)) for r in source.relations))
        for name, source in registry.sources.items()
    }
    mirrored = {
        name: replace(claim, benefits=swap_all(claim.benefits), harms=swap_all(claim.harms))
        for name, claim in claims.items()
    }
    return Registry(parties, sources), mirrored


@every_judge
@often
@given(world=worlds(), pair=st.permutations(PARTIES))
def test_swapping_two_parties_changes_only_their_names_in_badges(judge: Judge, world: World, pair: list[str]) -> None:
    one, other, _ = pair
    mirror = swapped(world, one, other)
    names = {one: other, other: one}
    assert labels(judge, *mirror) == labels(judge, *world)
    for claim, image in zip(world[1].values(), mirror[1].values(), strict=True):
        for day in DAYS:
            badges = [b.partition(":") for b in judge(claim, world[1], world[0], day).badges]
            told = [
                f"{badge}{colon}{names.get(who, who) if badge in {'admission', 'denied-by'} else who}"
                for badge, colon, who in badges
            ]
            assert sorted(judge(image, mirror[1], mirror[0], day).badges) == sorted(told)


@every_judge
@often
@given(world=worlds(), data=st.data())
def test_the_order_of_statements_changes_nothing(judge: Judge, world: World, data: st.DataObject) -> None:
    registry, claims = world
    shuffled = {
        name: replace(claim, statements=tuple(data.draw(st.permutations(claim.statements))))
        for name, claim in claims.items()
    }
    assert everything(judge, registry, shuffled) == everything(judge, registry, claims)


@every_judge
@often
@given(world=worlds(), says=st.sampled_from(sorted(NEUTRAL)), recorded=statement_moments)
def test_silence_refusal_doubt_and_related_facts_change_no_label(
    judge: Judge, world: World, says: Stance, recorded: datetime
) -> None:
    registry, claims = with_source(world[0], SourceKind.NGO), world[1]
    more = {name: {FRESH, claim.of or FRESH, *(s.by for s in claim.statements)} for name, claim in claims.items()}
    said = {
        name: adding(claim, *(Statement(by, says, Basis.OWN_RECORDS, recorded) for by in sorted(more[name])))
        for name, claim in claims.items()
    }
    assert labels(judge, registry, said) == labels(judge, registry, claims)


@every_judge
@often
@given(world=worlds(), data=st.data())
def test_a_relay_of_what_is_on_record_changes_no_label(judge: Judge, world: World, data: st.DataObject) -> None:
    registry, claims = with_source(world[0], SourceKind.OUTLET), world[1]
    polar = {name: [s for s in claim.statements if s.says.polarity] for name, claim in claims.items()}
    relayed = {
        name: adding(claim, relay(data.draw(st.sampled_from(polar[name])), data))
        for name, claim in claims.items()
        if polar[name]
    }
    assert labels(judge, registry, {**claims, **relayed}) == labels(judge, registry, claims)


def relay(original: Statement, data: st.DataObject) -> Statement:
    """A fresh outlet's relay of a statement."""
    says = data.draw(st.sampled_from([s for s in Stance if s.polarity == original.says.polarity]))
    return Statement(FRESH, says, Basis.RELAY, data.draw(statement_moments), derived_from=(original.by,))


@every_judge
@often
@given(world=worlds())
def test_what_is_recorded_later_changes_nothing_earlier(judge: Judge, world: World) -> None:
    registry, claims = world
    for day in DAYS:
        known = {
            name: replace(claim, statements=tuple(s for s in claim.statements if s.recorded <= day))
            for name, claim in claims.items()
        }
        for name, claim in claims.items():
            then, now = judge(known[name], known, registry, day), judge(claim, claims, registry, day)
            assert (then.label, then.rule, then.badges, then.computed) == (
                now.label,
                now.rule,
                now.badges,
                now.computed,
            )


@every_judge
@often
@given(world=worlds(), recorded=statement_moments)
def test_an_independent_denial_never_makes_a_label_stronger(judge: Judge, world: World, recorded: datetime) -> None:
    registry, claims = with_source(world[0], SourceKind.RESEARCH), world[1]
    denial = Statement(FRESH, Stance.DENIES, Basis.FIRST_HAND, recorded)
    for name, claim in claims.items():
        denied = {**claims, name: adding(claim, denial)}
        for day in DAYS:
            before, after = judge(claim, claims, registry, day), judge(denied[name], denied, registry, day)
            assert before.label is Label.RETRACTED or after.label.strength >= before.label.strength
            if before.computed is not None and after.computed is not None and before.computed is not Label.RETRACTED:
                assert after.computed.strength >= before.computed.strength
            if before.rule in {"override", "on-record", "not-checkable"}:
                assert (after.label, after.rule) == (before.label, before.rule)


@every_judge
@often
@given(world=worlds(), party=st.sampled_from(PARTIES))
def test_one_party_alone_never_reaches_corroborated(judge: Judge, world: World, party: str) -> None:
    registry = with_source(world[0], SourceKind.OUTLET, Relation(RelationKind.CONTROLLED_BY, party))
    claims = {name: one_sided(claim, registry, party) for name, claim in world[1].items()}
    for claim in claims.values():
        for day in DAYS:
            assert judge(claim, claims, registry, day).label not in {Label.CONFIRMED, Label.CORROBORATED}


def one_sided(claim: Claim, registry: Registry, party: str) -> Claim:
    """A claim for which only one party's side speaks: its own sources, or others through its own outlet.

    No editor and no record of somebody's own words stands in for evidence here.
    """
    statements = tuple(
        s if s.says.polarity < 1 or tied(s, registry) == {party} else replace(s, via=(FRESH, *s.via))
        for s in claim.statements
    )
    return replace(claim, override=None, of="", statements=statements)


def tied(statement: Statement, registry: Registry) -> set[str]:
    """The parties of everybody who passes on a statement, if its speaker has any."""
    at = statement.said or statement.recorded
    speaker = registry.sources[statement.by].parties(at)
    carriers = [registry.sources[name].parties(at) for name in statement.via if name in registry.sources]
    return set(chain(speaker, *carriers)) if speaker else set()
