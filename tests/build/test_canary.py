"""Nothing of an article that is not out gets out: no byte of it, in no file of the site."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, build
from tests.digests import SETTINGS, SOURCES, png, small_digest, write

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)
PARTS = (
    "title", "slug", "summary", "body", "author", "topic", "region", "thread", "source", "oneoff", "claim", "sentence",
    "quote", "note", "correction", "picture", "alt", "credit", "alias", "beside",
)  # fmt: skip
HIDDEN = {
    "draft": "status: draft",
    "embargoed": "embargo: 2025-09-01T00:00Z",
    "expired": "expires: 2025-07-20",
    "future": "",
}

ARTICLE = """\
---
title: The {title} title
id: {slug}
date: {date}
{status}
summary: A {summary} summary.
regions: [{region}]
topics: [{topic}]
thread: {thread}
authors: [{author}]
aliases: [/{alias}/]
image: {{src: {picture}.png, alt: The {alt}, credit: By {credit}}}
corrections: [{{date: 2025-07-15, text: The {correction}.}}]
claims:
  - id: {claim}
    text: The {sentence} sentence.
    statements:
      - {{by: {source}, quote: The {quote}., note: The {note}.}}
      - {{by: {{name: The {oneoff}, kind: person}}, says: denies, basis: first_hand}}
---
The {body} text with [words]{{claim={claim}}}. ![The picture]({beside}.png)
"""


def words(kind: str) -> dict[str, str]:
    """For each part of an article a word that stands nowhere else."""
    return {part: f"zq{kind}{part}zq" for part in PARTS}


def digest(root: Path, *, hidden: bool) -> Path:
    """A digest with an article of each kind, which are out unless `hidden`."""
    small_digest(root)
    regions, topics, sources = "regions:\n", "topics:\n", SOURCES
    for kind, status in HIDDEN.items():
        told = words(kind)
        regions += f"  {told['region']}: {{name: {told['region']}, parent: UA}}\n"
        topics += f"  {told['topic']}: {{name: {told['topic']}, parent: war}}\n"
        sources += f"  {told['source']}: {{name: {told['source']}, kind: outlet}}\n"
        date = "2025-09-02" if hidden and kind == "future" else "2025-07-10"
        text = ARTICLE.format(**told, date=date, status=status if hidden else "status: published")
        write(root, {f"content/2025/{kind}/{told['slug']}.md": text})
        for picture in ("picture", "beside"):
            (root / "content/2025" / kind / f"{told[picture]}.png").write_bytes(png())
    write(root, {"content/regions.yaml": regions, "content/topics.yaml": topics, "content/sources.yaml": sources})
    return write(root, {"digest.yaml": SETTINGS + "claim_review: true\n"})


def told_by(site: Path) -> dict[str, set[str]]:
    """The words of hidden articles that stand in a file or its name, by file; packed files are looked into."""
    wanted = [word for kind in HIDDEN for word in words(kind).values()]
    found = {}
    for file in (p for p in site.rglob("*") if p.is_file()):
        name, data = file.relative_to(site).as_posix(), file.read_bytes()
        seen = name.encode() + b"\n" + data + (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else b"")
        seen = seen.lower()
        there = {word for word in wanted if word.encode() in seen}
        if there:
            found[name] = there
    return found


def made(root: Path) -> Path:
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert not outcome.failed, outcome.problems
    return root / "site"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digest with all of them out, built."""
    root = digest(tmp_path_factory.mktemp("canary") / "digest", hidden=False)
    made(root)
    return root


def test_every_word_is_told_while_the_articles_are_out(public: Path) -> None:
    told = told_by(public / "site")
    assert set().union(*told.values()) == {word for kind in HIDDEN for word in words(kind).values()}
    assert {"feed.xml", "feed.json", "feeds.opml", "sitemap-pages.xml", "sitemap-2025-07.xml"} <= told.keys()


def test_no_word_of_an_article_that_is_not_out_gets_out(tmp_path: Path) -> None:
    assert told_by(made(digest(tmp_path / "digest", hidden=True))) == {}


def test_no_word_of_an_article_stays_that_is_no_longer_out(public: Path, tmp_path: Path) -> None:
    root = tmp_path / "digest"
    shutil.copytree(public, root)
    made(digest(root, hidden=True))
    assert told_by(root / "site") == {}
