"""Links that lead to the same page count as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.importing.filing import Fate
from digest.importing.links import bare_link, without_tracking
from tests.importing.digests import empty_digest, fates, only, run

ITEM = "<item><title>{0}</title><link>{1}</link><guid>{0}</guid><description>{2}</description></item>"
FEED = '<rss version="2.0"><channel><title>Wire</title>{0}</channel></rss>'


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/news/a",
        "https://www.example.org/news/a/",
        "https://EXAMPLE.org:443/news/a#comments",
        "https://example.org/news/a?utm_source=mail&utm_medium=x",
        "https://example.org/news/a?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&igshid=5&at_medium=RSS&_hsenc=6",
    ],
)
def test_one_page_has_one_link_however_it_was_shared(link: str) -> None:
    assert bare_link(link) == bare_link("https://example.org/news/a") == "example.org/news/a"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/news/b",
        "https://example.org/news/a?id=7",
        "https://example.org/News/a",
        "https://m.example.org/news/a",
        "https://example.org:8080/news/a",
        "https://example.org/news/a?item=7",
    ],
)
def test_another_page_keeps_another_link(link: str) -> None:
    assert bare_link(link) != bare_link("https://example.org/news/a")


@given(st.text())
def test_any_text_can_be_compared(text: str) -> None:
    assert bare_link(text) == bare_link(f" {text} ")


def test_an_item_that_is_shared_with_another_link_is_a_duplicate(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    one = ITEM.format("Bridge closed", "https://www.example.org/a?utm_source=rss", "The bridge was closed on Tuesday.")
    two = ITEM.format("No more lorries", "http://example.org/a/#top", "Lorries have to go round by the old town.")
    assert fates(run(root, FEED.format(one))) == [Fate.WRITTEN]
    (filed,) = run(root, FEED.format(two)).filed
    assert (filed.fate, filed.why) == (Fate.DUPLICATE, "the same link")


@pytest.mark.parametrize(
    ("link", "published"),
    [
        ("https://example.org/a?utm_source=rss", "https://example.org/a"),
        (
            "https://example.org/a/?id=7&utm_source=rss&utm_medium=x&page=2#part",
            "https://example.org/a/?id=7&page=2#part",
        ),
        ("https://example.org/a?fbclid=1#part", "https://example.org/a#part"),
        ("https://Example.org:443/a/?b=%20&&c#utm_source=x", "https://Example.org:443/a/?b=%20&&c#utm_source=x"),
        ("", ""),
    ],
)
def test_a_link_is_published_without_what_tracks_and_otherwise_as_it_is(link: str, published: str) -> None:
    assert without_tracking(link) == published


@given(st.text(alphabet="ab?&#=/utm_source", max_size=40))
def test_what_tracks_is_taken_out_once_and_for_all_and_leads_to_the_same_page(path: str) -> None:
    link = f"https://example.org/{path}"
    assert without_tracking(without_tracking(link)) == without_tracking(link)
    assert bare_link(without_tracking(link)) == bare_link(link)


def test_statements_of_an_imported_item_have_no_link_that_tracks(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(
        root,
        FEED.format(ITEM.format("Road", "https://www.post.example/a?utm_source=rss", "It is closed, police said.")),
    )
    assert "url: https://www.post.example/a\n" in only(root)
    assert "utm_source" not in only(root)
