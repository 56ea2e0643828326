from __future__ import annotations

import pytest

from digest.content.brackets import DEEPEST, MOST, too_many_brackets
from digest.content.document import File


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("a\n" + "[" * (DEEPEST + 1), f"a.md:4:{DEEPEST + 1}"),
        ("[" * 9_000_000, "a.md:3:1"),
        ("[a] " * (MOST + 1), "a.md:3:1"),
        ("[ [a]\n" * (DEEPEST + 1), f"a.md:{DEEPEST + 2}:3"),
    ],
)
def test_too_many_brackets_are_a_problem_at_their_place(body: str, place: str) -> None:
    problem = too_many_brackets(File("a.md", "---\n---\n" + body), 8)
    assert problem is not None
    assert (problem.code, str(problem.at)) == ("D118", place)


@pytest.mark.parametrize(
    "body",
    ["[" * DEEPEST, "[a](b) " * MOST, "\\[" * (DEEPEST + 1), "[\n \n" * (DEEPEST + 1), "]" * MOST + "[" * DEEPEST],
)
def test_brackets_that_cost_little_are_read(body: str) -> None:
    assert too_many_brackets(File("a.md", body), 0) is None


def test_brackets_of_the_front_matter_do_not_count() -> None:
    front = "[" * (MOST + 1)
    assert too_many_brackets(File("a.md", front + "text"), len(front)) is None
