"""What of a page becomes a draft, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.importing.filing import Fate
from digest.problems import Severity
from tests.importing.digests import empty_digest, fates, only, run, texts

PARAGRAPHS = (
    "The harbour bridge was closed to lorries on Tuesday morning after cracks were found, the mayor said.",
    "The bridge union said it had warned the council in spring, and that nobody had looked at the bearings.",
)


def page(inside: str, title: str = "Bridge closed to lorries", head: str = "") -> str:
    """A page with an article."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{inside}</article></body></html>"
    )


def body(root: Path) -> str:
    """The text of the one draft."""
    return only(root).split("\n---\n", 1)[1]


def test_lists_of_places_to_share_are_left_out_and_other_lists_stay(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, page("<ul><li>Cracks in two bearings</li></ul><ul><li>Share</li><li>Tweet</li></ul>"))
    assert "Cracks in two bearings" in body(root)
    assert "Share" not in body(root)
    assert "Tweet" not in body(root)


def test_a_page_without_a_title_is_called_by_its_first_sentence(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, page("", title=""))
    assert [one.title for one in result.filed] == [PARAGRAPHS[0].removesuffix(", the mayor said.")]
    assert PARAGRAPHS[0] in body(root)


@pytest.mark.parametrize("head", ["", '<meta charset="utf-8">'])
def test_a_page_with_nul_bytes_is_no_text_as_a_text_with_them_is_none(tmp_path: Path, head: str) -> None:
    root = empty_digest(tmp_path)
    result = run(root, page("", head=head).encode().replace(b"harbour", b"har\x00bour"))
    assert [p.code for p in result.problems] == ["D958"]
    assert texts(root) == {}


@pytest.mark.parametrize(
    ("encoding", "charset", "word"),
    [
        ("utf-8", "utf-8", "Łódź"),
        ("utf-8-sig", "iso-8859-1", "Łódź"),
        ("cp1251", "Windows-1251", "Мост"),
        ("cp1252", "ISO-8859-1", "“Café”"),
        ("shift_jis", "Shift_JIS", "カフェ"),
        ("gb18030", "gb2312", "中国"),
        ("utf-8", "", "Łódź"),
        ("utf-16", "", "Łódź"),
        ("cp1252", "", "Café"),
        ("utf-8", "punycode", "Łódź"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_has(tmp_path: Path, encoding: str, charset: str, word: str) -> None:
    root = empty_digest(tmp_path)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    result = run(
        root,
        page(f"<p>The operator of {word} said it had not been told of the closure at all.</p>", head=head).encode(
            encoding
        ),
    )
    assert result.problems == ()
    assert f"The operator of {word} said" in only(root)


def test_a_page_with_a_few_broken_bytes_is_read_in_its_own_encoding_and_that_is_said(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    html = page("<p>The operator of Łódź said it had not been told.</p>", head='<meta charset="utf-8">')
    result = run(root, html.encode().replace(b"harbour", b"har\xffbour"))
    assert fates(result) == [Fate.WRITTEN]
    assert [(p.code, p.severity) for p in result.problems] == [("D958", Severity.WARNING)]
    assert "1 place" in result.problems[0].message
    assert "Łódź" in body(root)


def test_a_page_of_broken_bytes_is_a_problem(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, page("", head='<meta charset="utf-8">').encode().replace(b"the", b"\xff\xfe\x80"))
    assert [(p.code, p.severity) for p in result.problems] == [("D958", Severity.ERROR)]
    assert texts(root) == {}
