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
    problem = desk.article(front).problem()
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


def test_a_word_counts_as_a_list_of_one(desk: Desk) -> None:
    article = desk.article("regions: UA\nauthors: Desk\nsources: reuters\n").only()
    assert article.regions == ("UA",)
    assert article.authors == ("Desk",)
    assert [s.by for s in article.claims[0].statements] == ["reuters"]


def test_an_empty_optional_value_counts_as_absent(desk: Desk) -> None:
    article = desk.article("summary:\nregions:\nimage: ~\nclaims: null\n").only()
    assert (article.summary, article.regions, article.image, article.claims) == ("", (), None, ())
