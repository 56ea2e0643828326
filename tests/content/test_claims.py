from __future__ import annotations

import datetime as dt

import pytest

from digest.model import Basis, ClaimKind, Label, Stance
from tests.content.digests import Desk

CLAIM = "claims:\n  - id: c\n    text: T.\n"
STATEMENTS = CLAIM + "    statements:\n"
OVERRIDE = "    override: {label: %s, reason: %s, editor: E, date: %s}\n"
REASON = "Two photographs show it"


def test_a_claim_and_its_statements_are_read(desk: Desk) -> None:
    desk.article(
        "claims:\n  - id: losses\n    text: Many losses.\n    kind: quantity\n    benefits: ua\n    harms: [ru]\n"
        "    statements:\n"
        "      - {by: general-staff, via: [tass, reuters], url: 'https://a.org/x', recorded: 2025-06-30, value: 1.10}\n"
        "      - {by: csis, says: contradicts, basis: analysis, derived_from: general-staff, said: 2025-06-01}\n"
    )
    (claim,) = desk.only().claims
    assert (claim.id, claim.text, claim.kind, str(claim.at)) == (
        "losses",
        "Many losses.",
        ClaimKind.QUANTITY,
        "content/item.md:3:9",
    )
    assert (claim.benefits, claim.harms) == (frozenset({"ua"}), frozenset({"ru"}))
    first, second = claim.statements
    assert (first.by, first.says, first.basis) == ("general-staff", Stance.ASSERTS, Basis.OWN_RECORDS)
    assert (first.via, first.value, first.article) == (("tass", "reuters"), "1.10", "item")
    assert str(first.at) == "content/item.md:9:9"
    assert first.recorded == dt.datetime(2025, 6, 29, 23, tzinfo=dt.UTC)
    assert (second.says, second.basis, second.derived_from) == (Stance.CONTRADICTS, Basis.ANALYSIS, ("general-staff",))
    assert second.recorded == dt.datetime(2025, 6, 30, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(("source", "basis"), [("reuters", Basis.UNSTATED), ("csis", Basis.OWN_RECORDS)])
def test_the_usual_basis_depends_on_the_kind(desk: Desk, source: str, basis: Basis) -> None:
    (claim,) = desk.article(STATEMENTS + f"      - by: {source}\n").only().claims
    assert claim.statements[0].basis == basis


def test_sources_alone_stand_for_a_claim_with_the_title(desk: Desk) -> None:
    desk.article("sources: [reuters, {by: csis, says: denies}]\n")
    (claim,) = desk.only().claims
    assert (claim.id, claim.text) == ("item", "A title")
    assert [(s.by, s.says, s.basis, str(s.at)) for s in claim.statements] == [
        ("reuters", Stance.ASSERTS, Basis.UNSTATED, "content/item.md:2:11"),
        ("csis", Stance.DENIES, Basis.OWN_RECORDS, "content/item.md:2:20"),
    ]


def test_a_source_in_place_becomes_a_source_of_the_registry(desk: Desk) -> None:
    desk.article(STATEMENTS + "      - by: {name: Ann Lee, kind: person, speaks_for: ua}\n")
    (claim,) = desk.only().claims
    assert claim.statements[0].by == "ann-lee"
    digest = desk.read().digest
    assert digest is not None
    source = digest.registry.sources["ann-lee"]
    assert source.one_off
    assert [r.party for r in source.relations] == ["ua"]


def test_an_override_with_a_plain_date_covers_that_day(desk: Desk) -> None:
    (claim,) = desk.article(CLAIM + OVERRIDE % ("disputed", REASON, "2025-07-02")).only().claims
    assert claim.override is not None
    assert claim.override.label == Label.DISPUTED
    assert claim.override.since == dt.datetime(2025, 7, 1, 23, tzinfo=dt.UTC)
    assert claim.override.covers == dt.datetime(2025, 7, 2, 22, 59, 59, 999999, tzinfo=dt.UTC)


def test_an_override_with_a_time_covers_what_was_before_it(desk: Desk) -> None:
    (claim,) = desk.article(CLAIM + OVERRIDE % ("disputed", REASON, "2025-07-02T12:00Z")).only().claims
    assert claim.override is not None
    assert claim.override.since == claim.override.covers == dt.datetime(2025, 7, 2, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("front", "code", "place", "hint"),
    [
        (STATEMENTS + "      - by: reuter\n", "D302", "6:13", "did you mean reuters?"),
        (STATEMENTS + "      - by: Thomson Reuters\n", "D302", "6:13", "write its id, reuters"),
        (STATEMENTS + "      - by: zzzzz\n", "D302", "6:13", "describe it in place"),
        (STATEMENTS + "      - {by: csis, via: [tass, reutres]}\n", "D302", "6:32", "did you mean reuters?"),
        (STATEMENTS + "      - {by: csis, derived_from: reutres}\n", "D302", "6:34", "did you mean reuters?"),
        (STATEMENTS + "      - {by: csis, url: data:text}\n", "D208", "6:25", "http"),
        (STATEMENTS + "      - {by: csis, archive: example.org}\n", "D208", "6:29", "http"),
        (STATEMENTS + "      - {by: csis, said: 2025-07-02}\n", "D207", "6:26", "expected 2025-07-01 or earlier"),
        (STATEMENTS + "      - {by: csis, recorded: 2025-02-30}\n", "D205", "6:30", "2025-02-28"),
        (STATEMENTS + "      - by: {name: Tass, kind: agency}\n", "D305", "6:20", "write by: tass"),
        (STATEMENTS + "      - by: {name: thomson reuters, kind: agency}\n", "D305", "6:20", "write by: reuters"),
        (STATEMENTS + "      - by: {name: '!', kind: agency}\n", "D501", "6:20", "use letters or digits"),
        ("sources: [reuter]\n", "D302", "2:11", "did you mean reuters?"),
        ("sources: [reuters]\n" + CLAIM, "D410", "2:1", "leave claims out"),
        ("claims:\n  - {id: A b, text: T.}\n", "D501", "3:10", "write a-b"),
        (CLAIM + "    benefits: uaa\n", "D301", "5:15", "did you mean ua?"),
        (CLAIM + "    benefits: [ua]\n    harms: [ru, ua]\n", "D405", "6:17", "keep one of the two"),
        (CLAIM + "    kind: act\n    of: tas\n", "D302", "6:9", "did you mean tass?"),
        (CLAIM + "    kind: utterance\n", "D408", "5:11", "add of:"),
        (CLAIM + "  - {id: c}\n", "D413", "5:10", "give all its statements in one place"),
        (CLAIM + OVERRIDE % ("disputed", "Because", "2025-07-01"), "D409", "5:41", "say what you know"),
        (CLAIM + OVERRIDE % ("confirmed", REASON, "2025-07-01"), "D409", "5:23", "add evidence"),
        (CLAIM + OVERRIDE % ("disputed", REASON, "2025-02-30"), "D205", "5:83", "2025-02-28"),
    ],
)
def test_what_is_wrong_with_a_claim_is_a_problem_at_its_place(
    desk: Desk, front: str, code: str, place: str, hint: str
) -> None:
    problem = desk.article(front).problem()
    assert (problem.code, str(problem.at)) == (code, f"content/item.md:{place}")
    assert hint in problem.hint


def test_a_mention_cannot_carry_what_belongs_to_the_definition(desk: Desk) -> None:
    desk.article(CLAIM, path="content/first.md")
    problem = desk.article("claims:\n  - {id: c, kind: event}\n").problem()
    assert (problem.code, str(problem.at)) == ("D403", "content/item.md:3:13")


def test_the_order_of_days_does_not_hang_on_the_time_of_day(desk: Desk) -> None:
    desk.article(STATEMENTS + "      - {by: csis, said: 2025-07-01T15:00, recorded: 2025-07-01}\n").only()


def test_one_source_described_in_two_ways_names_both_places(desk: Desk) -> None:
    desk.article(STATEMENTS + "      - by: {name: Ann, kind: person}\n      - by: {name: Ann, kind: ngo}\n")
    problem = desk.problem()
    assert (problem.code, str(problem.at)) == ("D306", "content/item.md:7:13")
    assert [str(at) for at in problem.also] == ["content/item.md:6:13"]
