"""The second computation of labels against cases worked out by hand."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings

from digest.model import Basis, Claim, ClaimKind, Label, Registry, RelationKind, SourceKind, Stance
from tests.labels.cases import DAY1, DAY2, DAY3, Row
from tests.labels.reference import Hearing, closure, history, verdict
from tests.labels.rows import ROWS
from tests.labels.strategies import DAYS, World, world, worlds

RULES = {
    "override", "on-record", "not-checkable", "withdrawn", "split", "refuted", "challenged", "confirmed", "both-sides",
    "corroborated", "single", "parties-split", "party", "thin", "none", "conditional",
}  # fmt: skip
BADGES = {
    "denied-by", "no-comment", "silent", "not-verified-by", "related", "contradicted-by", "anonymous", "allied",
    "reported", "admission", "both-sides", "conditional", "overridden",
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_reference_gives_what_was_worked_out_by_hand(row: Row) -> None:
    assert verdict(row.claim, row.by_id, row.registry, row.at) == (row.label, row.rule, row.badges, row.computed)


def test_the_rows_cover_every_rule_label_and_badge() -> None:
    assert {row.rule for row in ROWS} == RULES
    assert {row.label for row in ROWS} == set(Label)
    assert {badge.partition(":")[0] for row in ROWS for badge in row.badges} == BADGES


def test_no_two_rows_have_one_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("seed", range(5))
def test_a_seeded_world_covers_what_claims_can_hold(seed: int) -> None:
    registry, claims = world(seed)
    statements = [s for claim in claims.values() for s in claim.statements]
    relations = [r for source in registry.sources.values() for r in source.relations]
    assert world(seed) == (registry, claims)
    assert len(claims) == 400
    assert {s.says for s in statements} == set(Stance)
    assert {s.basis for s in statements} == set(Basis)
    assert {s.recorded for s in statements} == set(DAYS)
    assert {claim.kind for claim in claims.values()} == set(ClaimKind)
    assert {r.kind for r in relations} == set(RelationKind)
    assert {source.kind for source in registry.sources.values()} == set(SourceKind)
    assert {bool(r.since) for r in relations} == {bool(r.until) for r in relations} == {True, False}
    assert any(registry.root_name(one) == registry.root_name(other) for one, other in combinations(registry.sources, 2))
    assert {(len(s.via), len(s.derived_from)) for s in statements} == set(product(range(3), range(3)))
    assert {bool(s.said) for s in statements} == {True, False}
    assert any(in_a_circle(claim, registry) for claim in claims.values())
    assert any(claim.override for claim in claims.values())
    assert any(claim.depends_on in claims for claim in claims.values())


def in_a_circle(claim: Claim, registry: Registry) -> bool:
    """Whether some statements for or against the claim derive from one another."""
    edges = Hearing(claim, registry, DAYS[-1]).edges
    return any(a == b for a, b in closure(edges))


def test_a_seeded_world_reaches_every_rule() -> None:
    registry, claims = world(1)
    assert {verdict(claim, claims, registry, day).rule for claim in claims.values() for day in DAYS} == RULES


def test_history_tells_each_change_of_label_or_rule_once() -> None:
    row = next(row for row in ROWS if row.name.startswith("withdrawn: the only source"))
    assert history(row.claim, row.by_id, row.registry) == [
        (DAY1, Label.SINGLE_SOURCE, "single"),
        (DAY2, Label.RETRACTED, "withdrawn"),
    ]


def test_history_of_a_claim_that_nobody_spoke_about_is_empty() -> None:
    row = next(row for row in ROWS if row.name.startswith("none: nobody"))
    assert history(row.claim, row.by_id, row.registry) == []


def test_history_leaves_out_what_changes_only_badges() -> None:
    row = next(row for row in ROWS if row.name.startswith("badges: who fell silent"))
    assert history(row.claim, row.by_id, row.registry) == [(DAY1, Label.SINGLE_SOURCE, "single")]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_history_ends_with_the_label_now(some: World) -> None:
    registry, claims = some
    for claim in claims.values():
        told = history(claim, claims, registry)
        assert [at for at, _, _ in told] == sorted({at for at, _, _ in told})
        if told:
            assert told[-1][1:] == verdict(claim, claims, registry, max(DAY3, *DAYS))[:2]
