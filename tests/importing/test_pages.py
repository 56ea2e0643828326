"""What of a page becomes a draft, and what does not."""

from __future__ import annotations

from pathlib import Path

from tests.importing.digests import empty_digest, only, run

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
