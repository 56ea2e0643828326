"""What of a feed becomes a draft, and what is said of the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.importing import feeds
from digest.importing.feeds import read_feed
from digest.importing.filing import Fate
from digest.problems import Severity
from tests.importing.digests import empty_digest, fates, only, run, texts

STRIKE = "The ferry strike in Bergen goes on for another week, the operator said."


def rss(*items: str) -> str:
    """A feed of items."""
    inside = "".join(f"<item>{item}</item>\n" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{inside}</channel></rss>'


def atom(*entries: str) -> str:
    """The same in Atom."""
    inside = "".join(f"<entry>{entry}</entry>\n" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>{inside}</feed>'


def json_feed(*items: object) -> str:
    """The same as JSON Feed."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items})


@pytest.mark.parametrize("words", ["not a date", "Wed, 31 Feb 2026 10:00:00 GMT"])
def test_a_date_that_cannot_be_read_is_named_in_the_notes(tmp_path: Path, words: str) -> None:
    for name, feed in (
        ("rss", rss(f"<title>Strike</title><description>{STRIKE}</description><pubDate>{words}</pubDate>")),
        ("json", json_feed({"id": "1", "title": "Strike", "content_text": STRIKE, "date_published": words})),
    ):
        root = empty_digest(tmp_path / name)
        run(root, feed)
        assert f"the source gives “{words}”, which is no date that an article can have" in only(root)


def test_an_item_without_a_date_is_said_to_have_none(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, rss(f"<title>Strike</title><description>{STRIKE}</description>"))
    assert "the source gives none" in only(root)


@pytest.mark.parametrize(
    ("feed", "count"),
    [
        (rss(f"<title>Strike</title><description>{STRIKE}</description>", "", "<guid>x</guid>"), 2),
        (json_feed({"id": "1", "title": "Strike", "content_text": STRIKE}, "broken", {"id": None}, 5), 3),
    ],
    ids=["RSS", "JSON Feed"],
)
def test_entries_without_title_and_text_are_left_out_and_counted(tmp_path: Path, feed: str, count: int) -> None:
    root = empty_digest(tmp_path)
    result = run(root, feed)
    assert [one.title for one in result.filed] == ["Strike"]
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("D957", Severity.WARNING)
    assert problem.message.startswith(f"{count} entries of the feed have neither a title nor a text")


def test_a_feed_of_nothing_but_empty_entries_is_a_problem(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    assert [(p.code, p.severity) for p in run(root, rss("")).problems] == [("D957", Severity.ERROR)]
    assert texts(root) == {}


def test_an_entry_with_a_title_only_is_a_draft(tmp_path: Path) -> None:
    result = run(empty_digest(tmp_path), rss("<title>Ferry strike in Bergen</title>"))
    assert (fates(result), result.problems) == ([Fate.WRITTEN], ())


TITLED = [f"<title>T{n}</title><id>{n}</id>" for n in range(5)]


@pytest.mark.parametrize(
    "feed",
    [rss(*TITLED), atom(*TITLED), json_feed(*({"id": n, "title": f"T{n}"} for n in range(5)))],
    ids=["RSS", "Atom", "JSON Feed"],
)
def test_of_a_long_feed_the_first_entries_are_read_and_the_others_counted(
    feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [entry["beyond"] for entry in read_feed(feed.encode())] == [0] * 5
    monkeypatch.setattr(feeds, "_MOST_ENTRIES", 2)
    entries = read_feed(feed.encode())
    assert [(e["title"], e["feed"], e["beyond"]) for e in entries] == [("T0", "Wire", 3), ("T1", "Wire", 3)]


def test_a_feed_of_sixty_thousand_entries_is_read_up_to_the_most_and_that_is_said(tmp_path: Path) -> None:
    entry = "<title>T</title><guid>1</guid><description>The same again.</description>"
    result = run(empty_digest(tmp_path / "rss"), rss(*[entry] * 60_000))
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("D952", Severity.WARNING)
    assert "60,000 entries; the first 5,000 are read" in problem.message
    assert (len(result.filed), fates(result)[0]) == (5000, Fate.WRITTEN)


@pytest.mark.parametrize(
    "line",
    [
        "The post Ferry strike appeared first on Harbour Times.",
        "The post <a href='https://x.example/'>Ferry strike: day 2</a> first appeared on <b>Harbour Times</b>.",
        "<ul><li>Click to share on X (Opens in new window)</li></ul>",
    ],
)
def test_what_programs_set_below_an_item_is_left_out(tmp_path: Path, line: str) -> None:
    root = empty_digest(tmp_path)
    text = f"<![CDATA[<p>{STRIKE}</p><p>{line}</p>]]>"
    run(root, rss(f"<title>Strike</title><description>{text}</description>"))
    assert only(root).endswith(f"\n---\n{STRIKE}\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The mayor of Oslo said on Monday that the tunnel would open in May. It cost 300m kroner.",
            "The mayor of Oslo said on Monday that the tunnel would open in May",
        ),
        (
            "The tunnel below the harbour of Oslo was closed to all lorries and buses for the whole of the long week.",
            "The tunnel below the harbour of Oslo was closed to all lorries and buses for the whole of the long…",
        ),
    ],
)
def test_an_item_without_a_title_is_called_by_its_first_sentence(tmp_path: Path, text: str, title: str) -> None:
    root = empty_digest(tmp_path)
    result = run(root, rss(f"<description>{text}</description>"))
    assert [one.title for one in result.filed] == [title]
    assert "the source has no headline" in only(root)
    assert only(root).endswith(f"\n---\n{text}\n")
