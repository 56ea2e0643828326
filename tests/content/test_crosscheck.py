from __future__ import annotations

import pytest

from tests.content.digests import Desk

A, B = "content/a.md", "content/b.md"
CLAIM = "claims:\n  - {id: c, text: T.}\n"


def places(desk: Desk) -> tuple[str, str, list[str]]:
    problem = desk.problem()
    return problem.code, str(problem.at), [str(at) for at in problem.also]


def test_one_id_for_two_articles_names_both(desk: Desk) -> None:
    desk.article("id: x\n", path=A).article("date: 2025-07-02\nid: x\n", path=B)
    assert places(desk) == ("D502", "content/b.md:3:5", ["content/a.md:2:5"])


def test_an_old_address_that_is_another_articles_names_both(desk: Desk) -> None:
    desk.article("", path=A).article("aliases: [/2025/07/01/a]\n", path=B)
    assert places(desk) == ("D505", "content/b.md:2:11", ["content/a.md:2:8"])


def test_an_old_address_of_two_articles_names_both(desk: Desk) -> None:
    desk.article("aliases: [/old/]\n", path=A).article("aliases: [/old/index.html]\n", path=B)
    assert places(desk) == ("D505", "content/b.md:2:11", ["content/a.md:2:11"])


def test_a_claim_defined_twice_names_both(desk: Desk) -> None:
    desk.article(CLAIM, path=A).article(CLAIM, path=B)
    assert places(desk) == ("D401", "content/b.md:3:10", ["content/a.md:3:10"])


def test_a_claim_may_be_defined_once_and_mentioned_elsewhere(desk: Desk) -> None:
    desk.article("claims: {id: c, statements: {by: csis}}\n", path=A).article(CLAIM, path=B)
    assert desk.read().problems == ()


def test_a_mention_of_an_unknown_claim_names_the_nearest(desk: Desk) -> None:
    desk.article("claims:\n  - {id: losses, text: T.}\n", path=A).article("claims:\n  - id: losess\n", path=B)
    assert places(desk) == ("D402", "content/b.md:3:9", [])
    assert desk.problem().hint == "did you mean losses?"


@pytest.mark.parametrize("broken", ["status: lost\n", "date: never\n", "x: *y\n", "x: [\n"])
def test_an_article_with_errors_does_not_make_its_claims_unknown(desk: Desk, broken: str) -> None:
    desk.article(CLAIM + broken, path=A).article("claims:\n  - id: c\n", path=B)
    assert {problem.at.path for problem in desk.read().problems} == {A}


def test_a_claim_of_a_draft_cannot_stand_in_a_published_article(desk: Desk) -> None:
    desk.article("status: draft\n" + CLAIM, path=A).article("claims:\n  - id: c\n", path=B)
    assert places(desk) == ("D404", "content/b.md:3:9", ["content/a.md:4:10"])


def test_a_dependency_on_an_unknown_claim_is_a_problem_at_its_place(desk: Desk) -> None:
    desk.article("claims:\n  - {id: c, text: T., depends_on: cc}\n", path=A)
    assert places(desk) == ("D406", "content/a.md:3:35", [])


def test_dependencies_in_a_circle_name_it(desk: Desk) -> None:
    for id_, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        desk.article(f"claims:\n  - {{id: {id_}, text: T., depends_on: {other}}}\n", path=f"content/{id_}.md")
    problem = desk.problem()
    assert (problem.code, str(problem.at)) == ("D407", "content/a.md:3:35")
    assert "a → b → c → a" in problem.message
    assert [at.path for at in problem.also] == ["content/b.md", "content/c.md"]


def test_a_derivation_from_a_source_without_a_statement_is_a_warning(desk: Desk) -> None:
    desk.article("claims:\n  - {id: c, text: T., statements: {by: csis, derived_from: [reuters, tass]}}\n", path=A)
    desk.article("claims:\n  - {id: c, statements: {by: reuters}}\n", path=B)
    problem = desk.problem()
    assert (problem.code, problem.severity, problem.hint) == ("D411", "warning", "add a statement by: tass")
    assert desk.read().digest


def test_two_notes_for_one_day_name_both(desk: Desk) -> None:
    desk.put("content/2025/07/01/_edition.md", "---\n---\n")
    desk.put("content/notes/_edition.md", "---\ndate: 2025-07-01\n---\n")
    code, place, also = places(desk)
    assert (code, place) == ("D214", "content/notes/_edition.md:2:7")
    assert [at.split(":")[0] for at in also] == ["content/2025/07/01/_edition.md"]


def test_a_note_may_name_any_claim_of_the_digest_but_no_other(desk: Desk) -> None:
    desk.article(CLAIM, path=A)
    desk.put("content/2025/07/01/_edition.md", "---\n---\n[x]{claim=c} [y]{claim=d} `[z]{claim=e}`\n")
    assert desk.problems() == [("D402", "content/2025/07/01/_edition.md:3:24")]


def test_one_source_in_place_in_two_articles_is_one_source(desk: Desk) -> None:
    desk.article("sources: [{by: {name: Ann, kind: person}}]\n", path=A)
    desk.article("sources: [{by: {name: Ann, kind: person, speaks_for: ua}}]\n", path=B)
    digest = desk.read().digest
    assert digest is not None
    assert [r.party for r in digest.registry.sources["ann"].relations] == ["ua"]


def test_one_source_in_place_of_two_kinds_names_both(desk: Desk) -> None:
    desk.article("sources: [{by: {name: Ann, kind: person}}]\n", path=A)
    desk.article("sources: [{by: {name: Ann, kind: social}}]\n", path=B)
    assert places(desk) == ("D306", "content/b.md:2:16", ["content/a.md:2:16"])
