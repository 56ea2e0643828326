from __future__ import annotations

import pytest

from digest.content.document import File
from digest.content.yaml_nodes import parse_yaml
from digest.problems import Problem
from tests.content.digests import Desk


def problem_of(text: str) -> Problem:
    root, (problem,) = parse_yaml(File("f.yaml", text))
    assert root is None
    return problem


def test_a_colon_in_a_title_is_answered_with_the_corrected_line(desk: Desk) -> None:
    problem = desk.article("title: War: day 3\n").problem()
    assert (problem.code, str(problem.at), problem.text) == ("D101", "content/item.md:2:11", "title: War: day 3")
    assert problem.hint == 'quote the value:\ntitle: "War: day 3"'


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("title: @home", 'title: "@home"'),
        ("title: `code`", 'title: "`code`"'),
        ("title: *bold* text", 'title: "*bold* text"'),
        ("title: [Update] War", 'title: "[Update] War"'),
        ('title: "Victory" near', "title: '\"Victory\" near'"),
        ('title: "he said "yes" to"', "title: 'he said \"yes\" to'"),
        ("title: 'it's war'", 'title: "it\'s war"'),
        ("title: 50% of: all", 'title: "50% of: all"'),
        ("title: - dash", 'title: "- dash"'),
        ("a: {by: x, note: War: day 3}", 'a: {by: x, note: "War: day 3"}'),
        ("  - War: day: 3", '  - War: "day: 3"'),
    ],
)
def test_a_value_that_needs_quotes_is_shown_with_them(line: str, corrected: str) -> None:
    problem = problem_of(f"first: x\n{line}\nlast: y" if not line.startswith(" ") else f"first:\n{line}\nlast: y")
    assert problem.code == "D101"
    assert problem.hint == f"quote the value:\n{corrected}"
    assert problem.at.line == 2


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("a:\n\tb: c", "f.yaml:2:1", "a tab cannot indent YAML", "use spaces:\n  b: c"),
        ("a: [b,\nc: d\n", "f.yaml:1:4", "the bracket [ is never closed", "close the bracket"),
        ('a: "b\nc: d\n', "f.yaml:1:4", 'the quote " is never closed', "close the quote"),
        ("a: b\n c: d", "f.yaml:2:3", "a key is not expected here", "check the indent"),
        ("- a\nb: c", "f.yaml:2:1", "this is not valid YAML", ""),
        ("a: \ufeffb: c", "f.yaml:1:5", "", ""),
    ],
)
def test_other_mistakes_are_named_where_they_begin(text: str, place: str, message: str, hint: str) -> None:
    problem = problem_of(text)
    assert message in problem.message
    assert hint in problem.hint
    if message:
        assert str(problem.at) == place


@pytest.mark.parametrize(
    "text", ["a: [" + "a," * 50_000, '"' + "a" * 100_000, "a: '" + "' '" * 30_000, "a: " + "x: " * 30_000]
)
def test_a_very_long_line_is_answered_without_a_correction(text: str) -> None:
    assert "quote the value:" not in problem_of(text).hint
