"""Every kind of fault in a built site is found, at its place; a sound site has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.check.site import Origins
from digest.problems import Severity
from tests.check.sites import URL, findings, page, told
from tests.digests import write

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:news.example,2025:home</id><title>News</title><updated>2025-07-01T00:00:00Z</updated>
<author><name>Desk</name></author>
{entries}
</feed>
"""
AUTHOR = "<author><name>Desk</name></author>"
ENTRY = """<entry><id>{id}</id><title>Talks</title><updated>{updated}</updated><link href="{link}"/></entry>"""
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
SCHEMA = {"@context": "https://schema.org"}
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "News"}


def entry(id_: str = "tag:1", updated: str = "2025-07-01T00:00:00Z", link: str = URL) -> str:
    return ENTRY.format(id=id_, updated=updated, link=link)


def feed(**item: object) -> str:
    return json.dumps({**FEED, "items": [{"id": "1", "content_text": "Words", **item}]})


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


SOUND = {
    "index.html": page(
        '<a href="day/#talks">Talks</a> <a href="./">Home</a> <img src="map.png" alt=""> <a href="#x" id="x">x</a>'
    ),
    "day/index.html": page(
        f'<h1 id="talks">Talks</h1><a href="../">Back</a> <a href="{URL}day/">Here</a>'
        '<a href="https://other.example/">Other</a><label for="q">Q</label><input id="q">'
        '<img src="../map%20two.png" srcset="../map.png 1x, ../map%20two.png 2x" alt="A map">',
        head=f'<link rel="canonical" href="{URL}day/"><meta property="og:image" content="{URL}map.png">'
        + ld(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "Talks",
                "datePublished": "2025-07-01",
            }
        ),
    ),
    "map.png": "a picture",
    "map two.png": "another",
    "feed.xml": ATOM.format(entries=entry()),
    "feed.json": feed(url=f"{URL}day/"),
    "sitemap.xml": MAP.format(urls=f"<url><loc>{URL}day/</loc><lastmod>2025-07-01</lastmod></url>"),
}


def test_nothing_is_wrong_with_a_sound_site(tmp_path: Path) -> None:
    found = findings(tmp_path, SOUND)
    assert found.problems == ()
    assert list(found.external) == ["https://other.example/"]


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ('<a href="gone/">x</a>', "D820", "/gone/ leads nowhere"),
        ('<a href="day">x</a>', "D820", "/day leads nowhere"),
        (f'<a href="{URL}gone/">x</a>', "D820", "/gone/ leads nowhere"),
        ('<a href="http://[bad/">x</a>', "D820", "is not an address"),
        ('<a href="day/#nobody">x</a>', "D821", "no “#nobody” on /day/"),
        ('<a href="#nobody">x</a>', "D821", "no “#nobody” on this page"),
        ('<svg><use href="#m-none"/></svg>', "D821", "no “#m-none”"),
        ('<p aria-labelledby="none">x</p>', "D821", "no “#none”"),
        ('<img src="gone.png" alt="">', "D822", "shows “gone.png”"),
        ('<img src="map.png" srcset="gone.webp 2x" alt="">', "D822", "shows “gone.webp”"),
        ('<script src="gone.js"></script>', "D822", "shows “gone.js”"),
        ('<p id="one">x</p><p id="one">y</p>', "D823", "the id “one” stands twice"),
        ('<a href="../../elsewhere/">x</a>', "D824", "leads out of the site"),
        ('<a href="/labels/">x</a>', "D824", "leads out of the site"),
        ('<img src="map.png">', "D825", "no text for those who do not see it"),
        (ld({"@type": "NewsArticle"}), "D826", "“@context” is not"),
        (ld({**SCHEMA, "@type": "NewsArticle", "headline": "x"}), "D826", "lacks “datePublished”"),
        (ld({**SCHEMA, "@graph": [{"@type": "Claim", "text": "x"}]}), "D826", "Claim lacks “@id”"),
        (ld({"@context": "https://schema.org", "datePublished": "1 July"}), "D826", "is not a date"),
        ('<script type="application/ld+json">{</script>', "D826", "cannot be read"),
    ],
)  # fmt: skip
def test_a_fault_in_a_page_is_found_on_its_line(tmp_path: Path, body: str, code: str, words: str) -> None:
    ((found, place, message),) = told(tmp_path, {**SOUND, "index.html": page(body)})
    assert (found, place) == (code, "site/index.html:4")
    assert words in message


@pytest.mark.parametrize(
    ("head", "title", "code"),
    [("", "", "D829"), ("", "x" * 201, "D829"), ('<meta name="description" content="">', "A page", "D830")],
)
def test_a_page_without_fitting_words_for_search_engines_is_a_warning(
    tmp_path: Path, head: str, title: str, code: str
) -> None:
    text = page(title=title, head=head)
    text = text.replace('<meta name="description" content="Words.">', "") if head else text
    (problem,) = findings(tmp_path, {**SOUND, "index.html": text}).problems
    assert (problem.code, problem.severity) == (code, Severity.WARNING)


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("feed.xml", "<feed>", "D827", "cannot be read as XML"),
        ("feed.xml", ATOM.format(entries=entry("")), "D827", "an entry has no <id>"),
        ("feed.xml", ATOM.format(entries=entry() + entry()), "D827", "two entries have the id tag:1"),
        ("feed.xml", ATOM.format(entries=entry(updated="2025-07-01")), "D827", "not a moment with an offset"),
        ("feed.xml", ATOM.format(entries=entry(link="day/")), "D827", "not an absolute address"),
        ("feed.xml", ATOM.format(entries=entry(link=f"{URL}gone/")), "D820", "/gone/ leads nowhere"),
        ("feed.xml", ATOM.format(entries="").replace(AUTHOR, entry()), "D827", "<author>"),
        ("feed.json", "{", "D827", "cannot be read as JSON"),
        ("feed.json", json.dumps({**FEED, "items": [{"id": ""}]}), "D827", "has no “id”"),
        ("feed.json", feed(date_published="2025-07-01"), "D827", "not a moment with an offset"),
        ("feed.json", feed(url=f"{URL}gone/"), "D820", "/gone/ leads nowhere"),
        ("feed.json", json.dumps({**FEED, "items": [{"id": "1"}]}), "D827", "neither “content_html” nor"),
        ("sitemap.xml", MAP.format(urls="<url></url>"), "D828", "no <loc>"),
        ("sitemap.xml", MAP.format(urls=f"<url><loc>{URL}gone/</loc></url>"), "D820", "/gone/ leads nowhere"),
        ("sitemap.xml", MAP.format(urls="<url><loc>https://else.example/</loc></url>"), "D828", "not an address of"),
        ("sitemap.xml", MAP.format(urls=f"<url><loc>{URL}</loc><lastmod>July</lastmod></url>"), "D828", "not a date"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_for_programs_is_found(tmp_path: Path, name: str, text: str, code: str, words: str) -> None:
    ((found, place, message),) = told(tmp_path, {**SOUND, name: text})
    assert (found, place.removesuffix(":1").partition(":")[0]) == (code, f"site/{name}")
    assert words in message


def test_entities_of_a_feed_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("unseen", encoding="utf-8")
    text = (
        f'<!DOCTYPE feed [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        + ATOM.format(entries=entry("&e;")).split("\n", 1)[1]
    )
    assert "unseen" not in str(findings(tmp_path, {**SOUND, "feed.xml": text}))


def test_one_fault_of_many_pages_is_told_once_with_some_of_the_places(tmp_path: Path) -> None:
    pages = {f"page-{number}/index.html": page('<a href="../gone/">x</a>') for number in range(9)}
    (problem,) = findings(tmp_path, {**SOUND, **pages}).problems
    assert problem.at.path == "site/page-0/index.html"
    assert [at.path for at in problem.also] == [f"site/page-{number}/index.html" for number in (1, 2, 3)]
    assert problem.message.endswith("(and in 5 further places)")


def test_what_is_wrong_on_an_articles_page_is_told_where_the_article_writes_it(tmp_path: Path) -> None:
    article = "---\ntitle: Talks\n---\nSee [this](/gone/) and\nalso [that](https://other.example/x).\n"
    write(tmp_path, {"content/talks.md": article})
    origins = Origins(tmp_path, "site", {"2025/07/01/talks/": "content/talks.md"})
    body = '<a href="../../../../gone/">this</a> <a href="https://other.example/x">that</a>'
    found = findings(tmp_path, {"2025/07/01/talks/index.html": page(body)}, origins)
    (problem,) = found.problems
    assert str(problem.at) == "content/talks.md:4:12"
    assert [str(at) for at in found.external["https://other.example/x"]] == ["content/talks.md:5:13"]
