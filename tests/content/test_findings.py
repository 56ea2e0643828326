from __future__ import annotations

import pytest

from tests.content.digests import Desk

CLAIM = "claims:\n  - id: c\n    text: T.\n    statements:\n"


@pytest.mark.parametrize(
    ("front", "code", "place", "hint"),
    [
        ("titel: x\n", "D201", "content/item.md:2:1", "did you mean title?"),
        ("qqq: x\n", "D201", "content/item.md:2:1", "keys here: title, date, id"),
        ("image: {src: a.png, alt: A, credti: x}\n", "D201", "content/item.md:2:29", "did you mean credit?"),
        (CLAIM + "      - {by: csis, sayz: denies}\n", "D201", "content/item.md:6:20", "did you mean says?"),
        (CLAIM + "      - by: {name: N, knd: x, kind: ngo}\n", "D201", "content/item.md:6:23", "did you mean kind?"),
        ("status: publisht\n", "D204", "content/item.md:2:9", "did you mean published?; allowed: published, draft"),
        (
            CLAIM + "      - {by: csis, says: denys}\n",
            "D204",
            "content/item.md:6:26",
            "did you mean denies or declines?; allowed",
        ),
        (
            CLAIM + "      - {by: {name: N, kind: goverment}}\n",
            "D204",
            "content/item.md:6:30",
            "did you mean government or inter",
        ),
        (CLAIM + "      - {says: denies}\n", "D202", "content/item.md:6:9", "say who says it"),
        ("title:\n", "D202", "content/item.md:2:1", "give it a value"),
        ('title: ""\n', "D202", "content/item.md:2:1", "give it a value"),
        ("image: {src: a.png}\n", "D202", "content/item.md:2:8", "say what the picture shows"),
        ("title: [a]\n", "D203", "content/item.md:2:8", ""),
        ("claims: text\n", "D203", "content/item.md:2:9", ""),
        ("regions: [[UA]]\n", "D203", "content/item.md:2:11", ""),
    ],
)
def test_a_value_that_does_not_fit_is_a_problem_at_its_place(
    desk: Desk, front: str, code: str, place: str, hint: str
) -> None:
    problem = desk.put("content/a.png", "picture").article(front).problem()
    assert (problem.code, str(problem.at)) == (code, place)
    assert hint in problem.hint


def test_an_override_with_an_unknown_label_names_the_nearest_one(desk: Desk) -> None:
    override = "    override: {label: party claim, reason: Because of what we know, editor: E, date: 2025-07-01}\n"
    problem = desk.article("claims:\n  - id: c\n    text: T.\n" + override).problem()
    assert problem.code == "D204"
    assert problem.hint.startswith("did you mean party-claim?; allowed: confirmed, corroborated")


def test_all_problems_of_a_file_are_found_at_once(desk: Desk) -> None:
    desk.article("titel: x\nstatus: lost\nimage: {src: a}\ntitle:\n")
    assert [code for code, _ in desk.problems()] == ["D201", "D204", "D202", "D202"]


@pytest.mark.parametrize(
    ("front", "codes"),
    [
        ("regoins: [UA]\nregions: [Ukrane]\nsources: [reutrs]\n", ["D201", "D307", "D302"]),
        (CLAIM + "      - {by: csis, url: 'javascript:x', unit: [a]}\n", ["D208", "D203"]),
        (CLAIM + "      - by: csis\n        url: 'javascript:x'\n        says: [a]\n", ["D208", "D204"]),
        ("regions: [[UA], [RU]]\nid: A b\n", ["D203", "D203", "D501"]),
        ("sources: {by: reuters, unit: [a], url: 'data:x'}\n", ["D203", "D208"]),
        ("sources: [reutrs, {by: reuters, unit: [a]}]\n", ["D302", "D203"]),
        ("image: {src: ../../a.png, alt: A, x: y}\n", ["D210", "D201"]),
        (CLAIM + "      - {by: {name: N, kind: x}}\nid: A b\n", ["D204", "D501"]),
    ],
)
def test_what_does_not_fit_hides_no_other_problem(desk: Desk, front: str, codes: list[str]) -> None:
    reading = desk.article(front).read()
    assert [problem.code for problem in reading.problems] == codes
    assert reading.digest is not None
    assert reading.digest.articles == ()


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("claims:\n  - {id: c, text: [T.], kind: event}\n", "D203"),
        ("claims:\n  - {id: c, txt: T., kind: event}\n", "D201"),
        ("claims:\n  - {id: c, text: T., kind: act, of: [csis]}\n", "D203"),
        (CLAIM + "      - {by: csis, said: 2025-07-02, recorded: [2025-07-03]}\n", "D203"),
        ("claims: [{id: c, text: T., statements: [text]}]\n", "D203"),
        ("sources: {by: {name: N, kind: ngo, reliability: A, basis: [b]}}\n", "D203"),
        ("id: [a]\n", "D203"),
    ],
)
def test_nothing_follows_from_what_was_left_out(desk: Desk, front: str, code: str) -> None:
    desk.article(
        front,
        "[words]{claim=c}\n" if "id: c" in front else "",
        path="content/A b.md" if "id: [" in front else "content/item.md",
    )
    assert desk.problem().code == code


def test_a_statement_that_does_not_fit_makes_no_other_article_wrong(desk: Desk) -> None:
    desk.article(CLAIM + "      - {by: tass, derived_from: reuters}\n")
    desk.article("claims: [{id: c, statements: [{by: reuters}, text]}]\n", path="content/other.md")
    assert desk.problem().code == "D203"


def test_a_word_counts_as_a_list_of_one(desk: Desk) -> None:
    article = desk.article("regions: UA\nauthors: Desk\nsources: reuters\n").only()
    assert article.regions == ("UA",)
    assert article.authors == ("Desk",)
    assert [s.by for s in article.claims[0].statements] == ["reuters"]


def test_an_empty_optional_value_counts_as_absent(desk: Desk) -> None:
    article = desk.article("summary:\nregions:\nimage: ~\nclaims: null\n").only()
    assert (article.summary, article.regions, article.image, article.claims) == ("", (), None, ())
