"""Sitemaps, news sitemaps, robots.txt and /.well-known/ as search engines find them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from digest.build.build import Options, build
from tests.build.test_incremental import clean_tree, tree
from tests.digests import SETTINGS, small_digest, write
from tests.outputs import NEWS, locations, sitemap_faults

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://example.org/a/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_digest(tmp_path / "digest")


def made(root: Path) -> Path:
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert not outcome.failed, outcome.problems
    return root / "site"


def parts(site: Path) -> list[Path]:
    """The sitemaps that the index names."""
    return [site / address.removeprefix(BASE) for address in locations(site / "sitemap.xml")]


def listed_pages(site: Path) -> set[str]:
    """The addresses of pages that search engines may show."""
    pages = {p: p.read_text(encoding="utf-8") for p in site.rglob("*.html")}
    found = {p for p, text in pages.items() if "noindex" not in text and "http-equiv" not in text}
    return {BASE + p.relative_to(site).as_posix().removesuffix("index.html") for p in found}


def test_the_sitemap_names_every_page_once_and_nothing_else(root: Path) -> None:
    site = made(root)
    named = [address for part in parts(site) for address in locations(part)]
    assert len(named) == len(set(named))
    assert set(named) == listed_pages(site)


def test_sitemaps_are_valid(root: Path) -> None:
    site = made(root)
    assert [fault for file in site.glob("sitemap*.xml") for fault in sitemap_faults(file)] == []
    bad = (site / "sitemap.xml").read_text(encoding="utf-8").replace("<loc>https", "<loc>ftp")
    (site / "sitemap.xml").write_text(bad, encoding="utf-8")
    assert sitemap_faults(site / "sitemap.xml")


def test_parts_stay_small_and_name_every_page_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pages.sitemap.MOST", 12)
    site = made(root)
    assert {"sitemap-2025-07.xml", "sitemap-2025-07-2.xml", "sitemap-pages-2.xml"} <= {p.name for p in parts(site)}
    named = [address for part in parts(site) for address in locations(part)]
    assert max(len(locations(part)) for part in parts(site)) <= 12
    assert len(named) == len(set(named))
    assert set(named) == listed_pages(site)
    assert [fault for file in site.glob("sitemap*.xml") for fault in sitemap_faults(file)] == []


def test_a_page_changed_when_something_was_last_recorded_on_it(root: Path) -> None:
    site = made(root)
    found = locations(site / "sitemap-2025-07.xml")
    assert found[f"{BASE}2025/07/01/village/"] == "2025-07-01T21:00:00Z"  # the second article's denial, 2 July in Kyiv
    assert found[f"{BASE}2025/07/02/bridge/"] == "2025-07-01T21:00:00Z"
    assert found[f"{BASE}2025/07/02/monitors/"] == "2025-07-02T21:00:01Z"  # corrected on 3 July
    assert found[f"{BASE}2025/07/02/"] == found[f"{BASE}2025/07/"] == "2025-07-02T21:00:01Z"
    assert locations(site / "sitemap.xml")[f"{BASE}sitemap-2025-07.xml"] == "2025-07-02T21:00:01Z"


def test_another_title_changes_no_sitemap_but_that_for_news(root: Path) -> None:
    made(root)
    path = root / "content/2025/07/02/bridge.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("A bridge is closed", "A bridge is shut"), encoding="utf-8"
    )
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert {a for a, _ in outcome.rendered if a.startswith("sitemap")} == {"sitemap-news.xml"}
    assert tree(root) == clean_tree(root)


def test_the_news_sitemap_holds_the_48_hours_before_the_newest_article(root: Path) -> None:
    write(
        root,
        {"content/late.md": "---\ntitle: Late\ndate: 2025-07-03T10:00\nlang: zh-Hant\nsources: [agency]\n---\nText.\n"},
    )
    items = etree.parse(made(root) / "sitemap-news.xml")
    assert [e.text for e in items.iter(f"{NEWS}title")] == [
        "Late",
        "Monitors look at the village",
        "A bridge is closed",
    ]
    assert [e.text for e in items.iter(f"{NEWS}language")] == ["zh-tw", "en", "en"]
    assert items.findtext(f".//{NEWS}name") == "Test digest"


def test_the_first_article_and_the_last_one_bring_and_take_the_news_sitemap(root: Path) -> None:
    articles = {p: p.read_text(encoding="utf-8") for p in (root / "content").rglob("*.md")}
    for path in articles:
        path.unlink()
    assert not (made(root) / "sitemap-news.xml").exists()
    for path, text in articles.items():
        path.write_text(text, encoding="utf-8")
    made(root)
    assert "sitemap-news.xml" in tree(root)
    assert tree(root) == clean_tree(root)
    for path in articles:
        path.unlink()
    made(root)
    assert tree(root) == clean_tree(root)


def test_robots_are_told_where_the_sitemaps_are_and_what_to_leave_alone(root: Path) -> None:
    assert (made(root) / "robots.txt").read_text(encoding="utf-8") == (
        f"User-agent: *\nDisallow:\n\nSitemap: {BASE}sitemap.xml\nSitemap: {BASE}sitemap-news.xml\n"
    )
    write(
        root,
        {"digest.yaml": SETTINGS + "outputs: {without: [news], robots: {'*': [/labels/, /feeds/], GPTBot: [/]}}\n"},
    )
    assert (made(root) / "robots.txt").read_text(encoding="utf-8") == (
        "User-agent: *\nDisallow: /a/labels/\nDisallow: /a/feeds/\n\nUser-agent: GPTBot\nDisallow: /a/\n\n"
        f"Sitemap: {BASE}sitemap.xml\n"
    )


def test_well_known_files_are_copied_as_they_are(root: Path) -> None:
    text = "Contact: mailto:desk@example.org\nExpires: 2027-01-01T00:00:00Z\n"
    write(root, {"static/.well-known/security.txt": text, "static/.well-known/a/b.json": "{}"})
    site = made(root)
    assert (site / ".well-known/security.txt").read_text(encoding="utf-8") == text
    assert (site / ".well-known/a/b.json").is_file()


def test_a_robots_txt_of_ones_own_stands_where_digests_own_is_left_out(root: Path) -> None:
    write(root, {"static/robots.txt": "mine"})
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert [p.code for p in outcome.problems] == ["D808"]
    assert re.search("without: .robots", outcome.problems[0].hint)
    write(root, {"digest.yaml": SETTINGS + "outputs: {without: [robots]}\n"})
    assert (made(root) / "robots.txt").read_text(encoding="utf-8") == "mine"
