from __future__ import annotations

import datetime as dt

import pytest

from digest.content.document import File
from digest.content.registry import Registered, parse_registry
from digest.model import RelationKind, Settings
from digest.problems import Problem
from tests.content.digests import marked

PARTIES = "parties:\n  ua: {name: Ukraine}\n  ru: {name: Russia, opposes: ua}\n"
UTC = Settings(title="T")


def registered(text: str) -> tuple[Registered, list[Problem]]:
    return parse_registry(File("content/sources.yaml", text), UTC)


def test_opposing_holds_in_both_directions() -> None:
    found, problems = registered(PARTIES)
    assert problems == []
    assert found.registry.opposed("ua", "ru")
    assert found.registry.opposed("ru", "ua")


def test_relations_are_read_in_all_their_forms() -> None:
    found, problems = registered(
        PARTIES
        + "sources:\n"
        + "  a: {name: A, kind: outlet, controlled_by: ru}\n"
        + "  b: {name: B, kind: person, speaks_for: {party: ua, from: 2025-01-01, until: 2025-02-01, evidence: E}}\n"
        + "  c: {name: C, kind: ngo, aligned_with: [ua, {party: ru}]}\n"
    )
    assert problems == []
    a, b, c = (found.registry.sources[id_].relations for id_ in "abc")
    assert [(r.kind, r.party) for r in a] == [(RelationKind.CONTROLLED_BY, "ru")]
    assert [(r.since, r.until, r.evidence) for r in b] == [
        (dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 2, 1, tzinfo=dt.UTC), "E")
    ]
    assert [(r.kind, r.party) for r in c] == [(RelationKind.ALIGNED_WITH, "ua"), (RelationKind.ALIGNED_WITH, "ru")]


def test_a_source_keeps_all_that_is_said_of_it() -> None:
    text = (
        "{name: A, kind: agency, owner: O, url: https://a.org/, country: FR, aliases: [AA], reliability: B, basis: R}"
    )
    found, problems = registered(f"sources:\n  a: {text}\n  b: {{name: B, kind: ngo}}\n")
    assert problems == []
    a, b = found.registry.sources["a"], found.registry.sources["b"]
    assert (a.owner, a.url, a.country, a.aliases) == ("O", "https://a.org/", "FR", ("AA",))
    assert (a.reliability, a.reliability_basis, b.reliability) == ("B", "R", "F")
    assert not a.one_off


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("  a: {name: A, kind: ngo, speaks_for: ¦uaa}", "D301", "did you mean ua?"),
        ("  a: {name: A, kind: ngo, speaks_for: ¦Ukrain}", "D301", "did you mean ua?"),
        ("  a: {name: A, kind: ngo, speaks_for: [ua, ¦zz]}", "D301", "parties: ru, ua"),
        ("  a: {name: A, kind: ngo, speaks_for: {party: ¦zz}}", "D301", "parties: ru, ua"),
        ("  a: {name: A, kind: ¦nog}", "D204", "did you mean ngo?"),
        ("  a: {name: A, kind: ngo, reliability: ¦B}", "D304", "add basis"),
        ("  a: {name: A, kind: ngo, reliability: ¦X}", "D204", "allowed: A, B, C, D, E, F"),
        ("  a: {name: A, kind: ngo, url: ¦'javascript:x'}", "D208", "http"),
        ("  a: {name: A, kind: ngo, evidence: ¦'javascript:x'}", "D208", "http"),
        ("  ¦A b: {name: A, kind: ngo}", "D501", "write a-b"),
        (f"  ¦{'x' * 101}: {{name: A, kind: ngo}}", "D501", "100 characters are the most"),
        ("  a: {name: A, kind: ngo, aligned_with: {party: ua, from: ¦2025-02-30}}", "D205", "2025-02-28"),
        (
            "  a: {name: A, kind: ngo, aligned_with: {party: ua, from: 2025-02-01, until: ¦2025-01-01}}",
            "D207",
            "expected a later date",
        ),
    ],
)
def test_what_is_wrong_with_a_source_is_a_problem(text: str, code: str, hint: str) -> None:
    bare, place = marked(f"{PARTIES}sources:\n{text}\n")
    _, problems = registered(bare)
    assert [(p.code, str(p.at)) for p in problems] == [(code, f"content/sources.yaml:{place}")]
    assert hint in problems[0].hint


def test_one_alias_for_two_sources_names_both_places() -> None:
    _, (problem,) = registered(
        "sources:\n  a: {name: A, kind: ngo, aliases: [Wire]}\n  b: {name: B, kind: ngo, aliases: [x, wire]}\n"
    )
    assert (problem.code, str(problem.at)) == ("D303", "content/sources.yaml:3:40")
    assert [str(at) for at in problem.also] == ["content/sources.yaml:2:37"]


def test_what_does_not_fit_hides_no_other_problem() -> None:
    _, problems = registered("sources:\n  a: {name: A, kind: ngo, x: y, url: z, reliability: B, basis: [b]}\n")
    assert [p.code for p in problems] == ["D203", "D201", "D208"]


def test_a_party_cannot_oppose_itself() -> None:
    _, (problem,) = registered("parties:\n  a: {name: A, opposes: a}\n")
    assert problem.code == "D312"


def test_an_entry_with_a_problem_still_has_a_known_id() -> None:
    found, problems = registered("sources:\n  a: {name: A, kind: wrong}\n  b: {name: B, kind: ngo}\n")
    assert len(problems) == 1
    assert found.source_ids == {"a", "b"}
    assert set(found.registry.sources) == {"b"}
