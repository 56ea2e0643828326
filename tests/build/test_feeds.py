"""Feeds as feed readers see them: ids that last, whole texts, labels in words, addresses that lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from digest.build.build import Options, build
from tests.build.test_incremental import clean_tree, tree
from tests.digests import FRONT, SETTINGS, SOURCES, png, small_digest, write
from tests.outputs import feed_faults, json_faults

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
TAGGED = SETTINGS.replace("/a/", "/a/b/") + 'outputs: {tag: "example.org,2020"}\n'
VILLAGE = "content/2025/07/01/village.md"
PICTURE = "![A map](map.png) and [the map](map.png), [there](//example.net/x), a note.[^1]\n\n[^1]: The note.\n"

FUZZED = (
    "Fish & chips <b>not bold</b>",
    "The end ]]> of it",
    "מלחמה ושלום \u202eabc\u202c שלום",
    "A flag 🇺🇦, a family 👨‍👩‍👧‍👦, a cat 🐈",
    "'Quotes' \\\"and\\\" {braces} {{ more }} {% of %} them",
    "Very " * 799 + "long",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_digest(tmp_path / "digest")
    write(root, {"digest.yaml": TAGGED, VILLAGE: FRONT + PICTURE})
    (root / "content/2025/07/01/map.png").write_bytes(png())
    return root


def made(root: Path) -> Path:
    """The site, built."""
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert not outcome.failed, outcome.problems
    return root / "site"


def entries(file: Path) -> dict[str, Any]:
    """The entries of a feed as feedparser reads them, by id."""
    parsed = feedparser.parse(file.read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return {entry.id: entry for entry in parsed.entries}


def change(root: Path, old: str, new: str, file: str = VILLAGE) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    write(root, {file: text.replace(old, new)})


def all_feeds(site: Path) -> list[Path]:
    return sorted(site.rglob("feed.xml"))


def test_everything_that_a_reader_may_follow_has_a_feed_in_both_formats(root: Path) -> None:
    site = made(root)
    found = {feed.parent.relative_to(site).as_posix() for feed in all_feeds(site)}
    assert {
        ".",
        "editions",
        "regions/ukraine",
        "regions/europe",
        "topics/war",
        "sources/tass",
        "threads/front",
    } <= found
    assert {"labels/disputed", "labels/corroborated", "corrections"} <= found
    assert found == {feed.parent.relative_to(site).as_posix() for feed in site.rglob("feed.json")}


def test_feeds_are_valid_atom_and_json_feed(root: Path) -> None:
    site = made(root)
    assert [fault for feed in all_feeds(site) for fault in feed_faults(feed)] == []
    assert [fault for feed in site.rglob("feed.json") for fault in json_faults(feed)] == []


def test_the_schema_sees_what_is_wrong_with_a_feed(root: Path) -> None:
    feed = made(root) / "feed.xml"
    good = feed.read_text(encoding="utf-8")
    for old, new in (("<updated>", "<updated>1 July "), ("<id>tag:", "<id>urn:"), ('"alternate"', '"other"')):
        feed.write_text(good.replace(old, new), encoding="utf-8")
        assert feed_faults(feed)
    feed.write_text(re.sub("<id>[^<]*</id>", "<id>tag:example.org,2020:one</id>", good), encoding="utf-8")
    assert feed_faults(feed)


def test_both_formats_tell_the_same(root: Path) -> None:
    site = made(root)
    for atom in all_feeds(site):
        root_of = etree.parse(atom).getroot()
        space = {"a": "http://www.w3.org/2005/Atom"}
        told = [
            tuple(entry.findtext(f"a:{name}", namespaces=space) for name in ("id", "title", "updated", "content"))
            for entry in root_of.iterfind("a:entry", space)
        ]
        feed = json.loads(atom.with_suffix(".json").read_text(encoding="utf-8"))
        items = [(i["id"], i["title"], i["date_modified"], i.get("content_html")) for i in feed["items"]]
        assert items == told


def test_an_entry_says_the_whole_text_with_labels_in_words_and_whole_addresses(root: Path) -> None:
    entry = entries(made(root) / "feed.xml")["tag:example.org,2020:article:village"]
    html = entry.content[0].value
    page = "https://example.org/a/b/2025/07/01/village/"
    assert f'<a href="{page}#claim-village-retaken">the village</a> (Corroborated)' in html
    assert '<a href="https://example.org/a/b/claims/village-retaken/">the claim</a>' in html
    assert f'src="{page}map.png"' in html
    assert f'<a href="{page}map.png">the map</a>' in html
    assert 'href="https://example.net/x"' in html
    assert f'href="{page}#fn' in html
    assert "<strong>Corroborated</strong>" in html
    assert "One side’s claim (1 July 2025) → Corroborated (2 July 2025)" in html
    assert {"war", "Corroborated"} <= {tag.term for tag in entry.tags}


def test_addresses_in_feeds_lead_to_files_of_the_site(root: Path) -> None:
    site = made(root)
    base = "https://example.org/a/b/"
    texts = [f.read_text(encoding="utf-8") for p in ("feed.*", "*.opml", "*.xml", "robots.txt") for f in site.rglob(p)]
    found = {
        unescape(unescape(url)).partition("#")[0] for t in texts for url in re.findall(rf"{base}[^\s\"'<>&\\]*", t)
    }
    assert len(found) > 50
    missing = [u for u in found if not _file(site, u.removeprefix(base)).is_file()]
    assert missing == []


def _file(site: Path, address: str) -> Path:
    return site / (address + "index.html" if address == "" or address.endswith("/") else address)


EDITS: dict[str, Callable[[Path], object]] = {
    "retitled": lambda root: change(root, "title: Kyiv reports a village retaken", "title: A village is retaken"),
    "redated": lambda root: change(root, "date: 2025-07-01T09:30", "date: 2025-07-02T11:00\nid: village"),
    "moved": lambda root: (root / VILLAGE).rename(root / "content/village.md"),
    "on another domain": lambda root: change(root, "https://example.org/a/b/", "https://moved.example/", "digest.yaml"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_no_reader_takes_an_old_item_for_a_new_one_where_it_was(root: Path, edit: str) -> None:
    if edit == "moved":  # the picture stays behind
        write(root, {VILLAGE: FRONT})
    files = ("feed.xml", "regions/ukraine/feed.xml", "threads/front/feed.xml", "sources/tass/feed.xml")
    site = made(root)
    before = {file: set(entries(site / file)) for file in files}
    identity = feedparser.parse((site / "feed.xml").read_bytes()).feed.id
    if edit == "redated":
        write(root, {"content/2025/07/01/village.md": FRONT})
    EDITS[edit](root)
    made(root)
    assert {file: set(entries(site / file)) for file in files} == before
    assert feedparser.parse((site / "feed.xml").read_bytes()).feed.id == identity
    assert tree(root) == clean_tree(root)


def updated(root: Path, id_: str = "tag:example.org,2020:article:village") -> str:
    return str(entries(made(root) / "feed.xml")[id_].updated)


def test_an_entry_is_updated_by_a_change_that_matters_and_by_no_other(root: Path) -> None:
    first = updated(root)
    assert first == "2025-07-01T21:00:00Z"  # when a second source changed the label
    change(root, "Kyiv said", "Officials in Kyiv said")
    change(root, "title: Kyiv reports", "title: Kyiv tells of")
    assert updated(root) == first
    witness = "      - {by: agency, says: supports, basis: first_hand, recorded: 2025-07-05}\n---"
    change(root, "---\nOfficials", f"{witness}\nOfficials")
    assert updated(root) == "2025-07-04T21:00:00Z"  # 5 July in Kyiv
    change(root, "thread: front", "thread: front\ncorrections:\n  - {date: 2025-07-06, text: A name was wrong.}")
    corrected = updated(root)
    assert corrected.startswith("2025-07-05T21:00:0")  # 6 July in Kyiv
    change(root, "name was wrong.}", "name was wrong.}\n  - {date: 2025-07-06, text: Another one too.}")
    assert updated(root) > corrected
    change(root, "thread: front", "thread: front\nupdated: 2025-07-08")
    assert updated(root) == "2025-07-07T21:00:00Z"


def test_a_correction_of_the_day_itself_counts(root: Path) -> None:
    id_ = "tag:example.org,2020:article:bridge"
    first = updated(root, id_)
    change(
        root, "date: 2025-07-02", "date: 2025-07-02\ncorrections:\n  - {date: 2025-07-02, text: It is open.}",
        "content/2025/07/02/bridge.md",
    )  # fmt: skip
    assert updated(root, id_) > first


def test_the_stream_of_editions_has_one_entry_a_day(root: Path) -> None:
    found = entries(made(root) / "editions/feed.xml")
    assert list(found) == ["tag:example.org,2020:edition:2025-07-02", "tag:example.org,2020:edition:2025-07-01"]
    day = found["tag:example.org,2020:edition:2025-07-01"]
    assert "A quiet day" in day.title
    html = day.content[0].value
    assert '<a href="https://example.org/a/b/labels/">the labels</a>' in html
    assert '<a href="https://example.org/a/b/2025/07/01/village/">Kyiv reports a village retaken</a>' in html
    assert "One side’s claim 1" in html
    assert "One side’s claim → <strong>Corroborated</strong> (2 July 2025)" in html


def test_claims_stand_in_the_feed_of_the_label_that_they_carry_now(root: Path) -> None:
    site = made(root)
    id_ = "tag:example.org,2020:claim:village-retaken"
    assert entries(site / "labels/corroborated/feed.xml")[id_].title == "Corroborated: The village has been retaken."
    assert id_ not in entries(site / "labels/party-claim/feed.xml")


def test_each_correction_is_an_entry(root: Path) -> None:
    (found,) = entries(made(root) / "corrections/feed.xml").values()
    assert found.id == "tag:example.org,2020:correction:monitors:2025-07-03"
    assert found.summary == "The name of the village was misspelt."
    assert found.link == "https://example.org/a/b/2025/07/02/monitors/#corrections"


def test_without_full_text_feeds_hold_summaries(root: Path) -> None:
    change(root, "outputs: {", "outputs: {full_text: false, ", "digest.yaml")
    site = made(root)
    assert "<content" not in (site / "feed.xml").read_text(encoding="utf-8")
    assert [fault for feed in site.rglob("feed.*") for fault in _faults(feed)] == []


def _faults(feed: Path) -> list[str]:
    return feed_faults(feed) if feed.suffix == ".xml" else json_faults(feed)


def test_a_digest_without_a_url_has_nothing_that_needs_one(root: Path) -> None:
    write(root, {"digest.yaml": "title: Nowhere yet\n"})
    site = made(root)
    assert [*site.rglob("feed.*"), *site.rglob("*.opml"), *site.rglob("*.xml")] == []
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")
    assert 'rel="alternate"' not in (site / "index.html").read_text(encoding="utf-8")


def test_no_feed_is_made_where_none_is_wanted(root: Path) -> None:
    change(root, "outputs: {", "outputs: {feeds: [], ", "digest.yaml")
    site = made(root)
    assert [*site.rglob("feed.*"), *site.rglob("*.opml"), *(site / "feeds").rglob("*")] == []


def test_every_page_names_the_feeds_of_the_digest_and_its_own(root: Path) -> None:
    site = made(root)
    alternate = re.compile(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">')
    region = (site / "regions/ukraine/index.html").read_text(encoding="utf-8")
    atom, both = "application/atom+xml", "application/feed+json"
    assert alternate.findall(region) == [
        (atom, "../../feed.xml"), (both, "../../feed.json"),
        (atom, "../../editions/feed.xml"), (both, "../../editions/feed.json"), ("text/x-opml", "../../feeds.opml"),
        (atom, "../../regions/ukraine/feed.xml"), (both, "../../regions/ukraine/feed.json"),
    ]  # fmt: skip
    made_of_pages = (p for p in site.rglob("*.html") if p.name != "email.html")
    pages = [p for p in made_of_pages if "http-equiv" not in p.read_text(encoding="utf-8")]
    assert [p for p in pages if len(alternate.findall(p.read_text(encoding="utf-8"))) < 5] == []


def test_the_list_for_feed_readers_names_every_feed(root: Path) -> None:
    site = made(root)
    named = {o.get("xmlUrl") for o in etree.parse(site / "feeds.opml").iter("outline") if o.get("xmlUrl")}
    there = {f"https://example.org/a/b/{f.relative_to(site).as_posix()}" for f in site.rglob("feed.*")}
    assert named == there
    page = (site / "feeds/index.html").read_text(encoding="utf-8")
    assert {f.relative_to(site).as_posix() for f in site.rglob("feed.*")} <= set(re.findall('href="../([^"]+)"', page))


def test_whatever_a_title_holds_feeds_stay_readable_and_say_it_exactly(root: Path) -> None:
    for number, title in enumerate(FUZZED):
        head = f'title: "{title}"\nid: fuzz-{number}\ndate: 2025-07-03\nthread: fuzzed\nsources: [agency]'
        write(root, {f"content/fuzz-{number}.md": f"---\n{head}\n---\n{title}\n"})
    write(
        root,
        {
            "digest.yaml": TAGGED.replace("Test digest", '"A & B <i> ]]> 🐈"')
            + 'threads: {fuzzed: "]]> & <x> שלום"}\n',
            "content/sources.yaml": SOURCES.replace("name: News Agency", 'name: "A & <b>]]>"'),
        },
    )
    site = made(root)
    titles = [title.replace('\\"', '"') for title in FUZZED]
    items = json.loads((site / "threads/fuzzed/feed.json").read_text(encoding="utf-8"))["items"]
    assert sorted(item["title"] for item in items) == sorted(titles)
    assert sorted(
        e.findtext("{*}title") or "" for e in etree.parse(site / "threads/fuzzed/feed.xml").iter("{*}entry")
    ) == sorted(titles)
    assert len(entries(site / "threads/fuzzed/feed.xml")) == len(FUZZED)
    news = [e.text for e in etree.parse(site / "sitemap-news.xml").iter("{*}title")]
    assert set(titles) <= set(news)
    assert [fault for feed in site.rglob("feed.*") for fault in _faults(feed)] == []
    for file in (*site.glob("*.xml"), *site.glob("*.opml")):
        etree.parse(file)
    opml = {o.get("text") for o in etree.parse(site / "feeds.opml").iter("outline")}
    assert {"]]> & <x> שלום", "A & <b>]]>"} <= opml


@pytest.mark.parametrize("title", ['"A \\x1f B"', "A \x1f B", '"A \\ufffe B"'])
def test_what_xml_cannot_hold_does_not_get_as_far_as_a_feed(root: Path, title: str) -> None:
    made(root)
    before = tree(root)
    write(root, {"content/bad.md": f"---\ntitle: {title}\ndate: 2025-07-03\n---\nText.\n"})
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert [p.code for p in outcome.problems] == ["D107"]
    assert tree(root) == before


def test_another_text_reaches_the_feeds_in_which_the_article_stands_and_no_other_page(root: Path) -> None:
    made(root)
    change(root, "Kyiv said", "Officials in Kyiv said")
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    found = {address for address, _ in outcome.rendered}
    assert {
        "2025/07/01/village/",
        "feed.xml",
        "feed.json",
        "regions/russia/feed.xml",
        "threads/front/feed.json",
    } <= found
    assert {address for address in found if "feed." not in address} == {"2025/07/01/village/"}
    assert tree(root) == clean_tree(root)


def test_feeds_stay_short(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pages.feed.NEWEST", 1)
    site = made(root)
    assert {len(entries(feed)) for feed in all_feeds(site)} == {0, 1}


def test_a_day_that_is_gone_leaves_the_stream_of_editions(root: Path) -> None:
    write(root, {"content/early.md": "---\ntitle: Early\ndate: 2025-06-30\n---\nText.\n"})
    stream = made(root) / "editions/feed.xml"
    assert "2025/06/30/" in stream.read_text(encoding="utf-8")
    (root / "content/early.md").unlink()
    made(root)
    assert "2025/06/30/" not in stream.read_text(encoding="utf-8")
