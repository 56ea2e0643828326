from __future__ import annotations

from tests.content.digests import Desk


def test_own_regions_and_topics_are_found_by_id_and_name(desk: Desk) -> None:
    desk.put("content/regions.yaml", "regions:\n  old-mill: {name: The Old Mill, parent: UA}\n")
    desk.put("content/topics.yaml", "topics:\n  chess-boxing: {name: Chess boxing}\n")
    desk.article("regions: [The Old Mill]\ntopics: [chess-boxing]\n")
    article = desk.only()
    assert (article.regions, article.topics) == (("old-mill",), ("chess-boxing",))
    digest = desk.read().digest
    assert digest is not None
    assert digest.regions.taxa["old-mill"].parent == "UA"
    assert "UA" in digest.regions.taxa


def test_an_unknown_parent_is_a_problem_with_a_suggestion(desk: Desk) -> None:
    problem = desk.put("content/regions.yaml", "regions:\n  mill: {name: M, parent: Ukrayne}\n").problem()
    assert (problem.code, str(problem.at)) == ("D309", "content/regions.yaml:2:27")
    assert "Ukraine" in problem.hint


def test_parents_in_a_circle_are_a_problem_that_names_it(desk: Desk) -> None:
    desk.put(
        "content/topics.yaml", "topics:\n  own-a: {parent: own-b}\n  own-b: {parent: own-c}\n  own-c: {parent: own-a}\n"
    )
    problem = desk.problem()
    assert (problem.code, str(problem.at)) == ("D310", "content/topics.yaml:4:19")
    assert "own-c → own-a → own-b → own-c" in problem.message


def test_two_entries_with_one_slug_name_both_places(desk: Desk) -> None:
    desk.put("content/topics.yaml", "topics:\n  own-a: {slug: same}\n  own-b: {slug: same}\n")
    problem = desk.problem()
    assert (problem.code, str(problem.at)) == ("D311", "content/topics.yaml:3:17")
    assert [str(at) for at in problem.also] == ["content/topics.yaml:2:17"]


def test_an_own_id_that_is_none_is_a_problem(desk: Desk) -> None:
    problem = desk.put("content/topics.yaml", "topics:\n  Own Topic!: {name: N}\n").problem()
    assert (problem.code, problem.hint) == ("D501", "write own-topic")


def test_an_entry_that_does_not_fit_hides_no_other_problem_and_makes_no_word_unknown(desk: Desk) -> None:
    long = "x" * 101
    desk.put("content/topics.yaml", f"topics:\n  own: [a]\n  {long}: {{name: N}}\n").article("topics: [own]\n")
    assert [p.code for p in desk.read().problems] == ["D203", "D501"]


def test_an_unreadable_file_makes_no_word_unknown(desk: Desk) -> None:
    desk.put("content/regions.yaml", "regions: [\n").article("regions: [mill]\n")
    reading = desk.read()
    assert [p.code for p in reading.problems] == ["D101"]
    assert reading.digest is None
