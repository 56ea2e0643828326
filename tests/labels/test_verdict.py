"""The labels that users see: against cases worked out by hand, and against the second computation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from digest.labels.verdict import course, judge
from digest.model import Claim, Label, Registry
from tests.labels.cases import Row
from tests.labels.reference import history, verdict
from tests.labels.rows import ROWS
from tests.labels.strategies import DAYS, World, world, worlds

Told = tuple[Label, str, tuple[str, ...], Label | None]


def told(claim: Claim, claims: Mapping[str, Claim], registry: Registry, at: datetime) -> Told:
    found = judge(claim, claims, registry, at)
    return found.label, found.rule, found.badges, found.computed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_rule_worth_and_badge_gives_what_was_worked_out_by_hand(row: Row) -> None:
    assert told(row.claim, row.by_id, row.registry, row.at) == (row.label, row.rule, row.badges, row.computed)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_two_ways_of_computing_labels_agree_at_every_moment(made: World) -> None:
    registry, claims = made
    for claim in claims.values():
        for day in DAYS:
            assert told(claim, claims, registry, day) == verdict(claim, claims, registry, day)


@pytest.mark.parametrize("seed", range(3))
def test_two_ways_of_computing_agree_on_400_claims_and_their_histories(seed: int) -> None:
    registry, claims = world(seed)
    for claim in claims.values():
        assert all(told(claim, claims, registry, day) == verdict(claim, claims, registry, day) for day in DAYS)
        made = course(claim, claims, registry)
        assert [(at, v.label, v.rule) for at, v in made.history if claim.statements] == [
            entry for entry in history(claim, claims, registry) if claim.statements
        ]
