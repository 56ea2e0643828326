from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.document import MAX_FILE, File, decode, front_matter, with_lines
from digest.problems import Location, Problem
from tests.content.digests import Desk

ARTICLE = b"---\ntitle: T\ndate: 2025-07-01\n---\nText\n"


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + ARTICLE, ARTICLE.replace(b"\n", b"\r\n")])
def test_byte_order_mark_and_cr_line_ends_are_read(desk: Desk, data: bytes) -> None:
    article = desk.put("content/a.md", data).only()
    assert (article.title, article.body, article.body_line) == ("T", "Text\n", 5)


@pytest.mark.parametrize(
    ("data", "code", "place", "hint"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "D110", "content/a.md:2:11", "save the file as UTF-8"),
        (b"\xff\xfe-\x00", "D110", "content/a.md:1:1", "the file is UTF-16: save it as UTF-8"),
        (ARTICLE + b"One\nTw\0o", "D111", "content/a.md:7:3", "delete it, or save the file as UTF-8"),
        (ARTICLE + b"\x0b", "D107", "content/a.md:6:1", "delete it"),
        (b"", "D112", "content/a.md", ""),
        (b" \r\n\n", "D112", "content/a.md", ""),
        (b"Text\n", "D113", "content/a.md:1:1", "the first line must be ---"),
        (b"+++\ntitle = 1\n+++\n", "D113", "content/a.md:1:1", "not TOML"),
        (b"---\ntitle: T\n\nText\n", "D114", "content/a.md:1:1", "perhaps at line 3"),
        (b"---\ntitle: T", "D114", "content/a.md:1:1", "perhaps at line 3"),
        (b"---\ntitle: " + b"x" * 2**20 + b"\n---\n", "D115", "content/a.md:2:1", "move long text below"),
        (ARTICLE + b"x" * MAX_FILE, "D116", "content/a.md", "split it"),
    ],
)
def test_what_is_no_article_is_a_problem_with_its_place(
    desk: Desk, data: bytes, code: str, place: str, hint: str
) -> None:
    problem = desk.put("content/a.md", data).problem()
    assert (problem.code, str(problem.at)) == (code, place)
    assert hint in problem.hint


def test_a_column_counts_characters_and_not_bytes() -> None:
    _, (problem,) = decode("a.md", "é😀".encode() + b"\xff")
    assert problem.at == Location("a.md", 1, 3)


def test_empty_front_matter_is_closed() -> None:
    parts, problems = front_matter(File("a.md", "---\n---\nText"))
    assert problems == []
    assert parts is not None
    assert (parts.begin, parts.end, parts.body) == (4, 4, 8)


def test_a_problem_carries_its_line_and_keeps_one_that_it_has() -> None:
    here, there = Problem("D101", "m", Location("a", 2, 1)), Problem("D101", "m", Location("a", 2, 1), text="x")
    assert [p.text for p in with_lines([here, there], lambda _: "one\ntwo")] == ["two", "x"]


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    file, problems = decode("a.md", data)
    assert (file is None) == bool(problems)


@given(st.text(max_size=50), st.integers(0, 60))
def test_a_place_is_inside_its_text(text: str, index: int) -> None:
    at = File("a.md", text).at(index)
    assert 1 <= at.line <= text.count("\n") + 1
    assert 1 <= at.column <= len(text) + 1


@given(st.text(alphabet="ab\n"), st.data())
def test_the_index_of_a_place_is_the_character_that_stands_there(text: str, data: st.DataObject) -> None:
    file = File("x", text)
    index = data.draw(st.integers(0, len(text)))
    assert file.index(file.at(index)) == index
    assert file.index(Location("x", text.count("\n") + 9, 1)) == len(text)
