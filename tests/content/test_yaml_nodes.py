from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.document import CONTROL, File
from digest.content.yaml_errors import quote
from digest.content.yaml_full import MAX_DEPTH
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map, Seq, plain
from digest.problems import Problem

LINE_ENDS = "\n\r\x85\u2028\u2029"


def parsed(text: str) -> Map:
    root, problems = parse_yaml(File("f.yaml", text))
    assert problems == []
    assert root is not None
    return root


def problem_of(text: str) -> Problem:
    _, (problem,) = parse_yaml(File("f.yaml", text))
    return problem


@pytest.mark.parametrize(
    "word", ["NO", "on", "yes", "true", "12:30", "1.10", "0x1F", "1_000", "2025-07-01", "010", ".nan"]
)
def test_plain_words_are_text(word: str) -> None:
    assert parsed(f"a: {word}")["a"] == word


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_empty_null_and_tilde_are_none_but_not_in_quotes(nothing: str) -> None:
    assert parsed(f"a: {nothing}")["a"] is None
    assert parsed(f"a: '{nothing}'")["a"] == nothing


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert parsed("# nothing\n") == {}


def test_every_part_knows_its_place() -> None:
    root = parsed("a: 1\nb: [x, {c: d}]\n")
    items = root["b"]
    assert isinstance(items, Seq)
    assert (root.start, root.key_at, root.value_at) == (0, {"a": 0, "b": 5}, {"a": 3, "b": 8})
    assert (items.start, items.item_at, items[1].key_at) == (8, [9, 12], {"c": 13})


def test_places_count_characters() -> None:
    assert parsed("é😀: ü\nb: c").key_at == {"é😀": 0, "b": 6}


def test_a_plain_copy_has_the_same_data() -> None:
    copy = plain(parsed("a: {b: [c, ~]}"))
    assert copy == {"a": {"b": ["c", None]}}
    assert type(copy["a"]) is dict


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("a: 1\nb: 2\na: 3", "D102", "f.yaml:3:1", "keep one of them"),
        ("a: *b", "D103", "f.yaml:1:4", 'a: "*b"'),
        ("a: [*b]", "D103", "f.yaml:1:5", '\na: ["*b"]'),
        ("a: [c, &d e, f]", "D103", "f.yaml:1:8", '\na: [c, "&d e", f]'),
        ("a: [&b [c]]", "D103", "f.yaml:1:5", "write the value out"),
        ("a:\n  - &b {c: d, e: [f]}", "D103", "f.yaml:2:5", "write the value out"),
        ("a: &b c", "D103", "f.yaml:1:4", 'a: "&b c"'),
        ("a: !!int 3", "D103", "f.yaml:1:4", 'a: "!!int 3"'),
        ("a:\n  <<: {b: c}", "D103", "f.yaml:2:3", "write the keys out"),
        ("a: 1\n---\nb: 2", "D105", "f.yaml:2:1", "delete the line ---"),
        ("a: {{ b }}", "D106", "f.yaml:1:5", 'a: "{{ b }}"'),
        ("just text", "D106", "f.yaml:1:1", ""),
        ('a: "\\0"', "D107", "f.yaml:1:4", "delete the escape"),
        ("a: \x01", "D107", "f.yaml:1:4", "delete it"),
    ],
)
def test_what_is_not_read_is_a_problem_with_its_place(text: str, code: str, place: str, hint: str) -> None:
    problem = problem_of(text)
    assert (problem.code, str(problem.at)) == (code, place)
    assert hint in problem.hint


def test_a_duplicate_key_names_both_places_and_keeps_the_first() -> None:
    root, (problem,) = parse_yaml(File("f.yaml", "a: 1\na: 2"))
    assert [str(at) for at in problem.also] == ["f.yaml:1:1"]
    assert root == {"a": "1"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_a_problem_however_deep_it_is(opening: str) -> None:
    assert problem_of("a:\n " + opening * 100_000).code == "D104"


def test_nesting_to_the_limit_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert parsed("a: " + "[" * depth + "]" * depth)["a"] == plain(parsed("a: " + "[" * depth + "]" * depth))["a"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_read_or_is_a_problem(text: str) -> None:
    root, problems = parse_yaml(File("f.yaml", text))
    assert root is not None or problems


@given(st.text(st.sampled_from(string.ascii_lowercase[:3] + " :-[]{}\"'#&*!|>%@`,?\n\t~<"), max_size=60))
def test_any_yaml_like_text_is_read_or_is_a_problem(text: str) -> None:
    root, problems = parse_yaml(File("f.yaml", text))
    assert root is not None or problems


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=LINE_ENDS + "\ufeff"), max_size=80))
def test_a_quoted_scalar_comes_back_as_it_was(text: str) -> None:
    if not CONTROL.search(text):
        assert parsed(f"a: {quote(text)}")["a"] == text
