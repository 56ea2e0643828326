"""Every page says in the words of schema.org what it holds, and no text can break out of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pyld import jsonld

from digest.build.memory import make_index
from digest.content import read
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.leaf import ArticleView
from digest.pages.parts import Link, Page, Site
from digest.pages.plan import compose_page, compose_site, plan
from digest.pages.sheet import Planned
from digest.pages.tongue import Tongue
from digest.render.structured import structured
from digest.render.templates import Renderer
from digest.render.theme import theme
from tests.digests import FRONT, SETTINGS, small_digest, write
from tests.render.shapes import SHAPES, faults

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://example.org/a/"
CONTEXT = {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "item": {"@type": "@id"}}}
MORE = "publisher: {name: The Publisher, url: 'https://publisher.example/'}\nclaim_review: true\n"
SAYS = "{by: general-staff, via: [paper]}"
LINKED = FRONT.replace(SAYS, SAYS.replace("}", ", url: 'https://paper.example/1'}"))

NASTY = (
    "&",
    "]]>",
    "a\x1fb",
    "</script><script>alert(1)</script>",
    "<!--",
    "\u2028\u2029",
    "אבג עברית",
    "👩‍🚀",
    "x" * 4000,
    '"\\',
)


class World:
    """The small digest with all that its pages are made of."""

    def __init__(self, root: Path, settings: str) -> None:
        write(small_digest(root), {"digest.yaml": settings, "content/2025/07/01/village.md": LINKED})
        reading = read(root)
        assert reading.digest is not None, reading.problems
        self.root = root
        self.index: Index = make_index(reading.digest, CLOCK)
        self.tongue = Tongue("en")
        self.composer = Composer(self.index, self.tongue)
        self.site = compose_site(self.index.settings, self.tongue, str, "digest")

    def page(self, planned: Planned) -> tuple[Page, object]:
        page, sheet = compose_page(self.composer, planned)
        return page, sheet.view

    def at(self, address: str) -> tuple[Page, object]:
        return self.page(next(p for p in plan(self.index) if p.address == address))

    def graph(self, address: str) -> list[dict[str, Any]]:
        return graph_of(self.site, *self.at(address))


def graph_of(site: Site, page: Page, view: object) -> list[dict[str, Any]]:
    written = str(structured(site, page, view))
    if not written:
        return []
    words = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    found: list[dict[str, Any]] = json.loads(words)["@graph"]
    return found


def one(graph: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(node for node in graph if node["@type"] == kind)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("digest"), SETTINGS + MORE)


def test_every_page_has_the_shapes_that_schema_org_gives(world: World) -> None:
    wrong: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    for planned in plan(world.index):
        graph = graph_of(world.site, *world.page(planned))
        kinds.update(node["@type"] for node in graph)
        found = [fault for node in graph for fault in faults(node, planned.address)]
        if found:
            wrong[planned.address] = found
    assert wrong == {}
    assert {"NewsArticle", "Claim", "ClaimReview", "CollectionPage", "WebSite", "BreadcrumbList"} <= kinds.keys()


def test_the_checker_sees_what_is_wrong() -> None:
    assert list(faults({"@type": "NewsArticle", "@id": "https://a.example/", "headline": "", "colour": "red"}))
    assert list(faults({"@type": "Rating", "alternateName": "Good", "ratingValue": "5"}))
    assert list(faults({"@type": "Claim", "@id": "claims/a/", "text": "A"}))
    assert list(faults({"@type": "Recipe"}))
    assert set(SHAPES) > {"Claim", "Thing"}


def test_what_it_says_is_whole_json_ld(world: World) -> None:
    def load(_url: str, _options: dict[str, Any]) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": _url, "document": CONTEXT}

    for address in ("2025/07/01/village/", "claims/village-retaken/", "", "2025/07/02/"):
        graph = {"@context": "https://schema.org", "@graph": world.graph(address)}
        expanded = jsonld.expand(graph, {"documentLoader": load})
        assert len(expanded) == len(graph["@graph"])
        properties = [name for node in expanded for name in node if not name.startswith("@")]
        assert properties
        assert all(name.startswith("https://schema.org/") for name in properties)


def test_an_article_names_authors_publisher_corrections_and_what_it_cites(world: World) -> None:
    article = one(world.graph("2025/07/02/monitors/"), "NewsArticle")
    assert article["author"] == {"@id": f"{BASE}#publisher"}
    assert one(world.graph("2025/07/02/monitors/"), "Organization")["name"] == "The Publisher"
    assert article["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "The name of the village was misspelt.",
            "datePublished": "2025-07-03",
        }
    ]
    assert [claim["@id"] for claim in article["mentions"]] == [
        f"{BASE}claims/village-retaken/",
        f"{BASE}claims/more-to-come/",
    ]
    cited = one(world.graph("2025/07/01/village/"), "NewsArticle")["citation"]
    assert cited == [
        {"@type": "CreativeWork", "url": "https://paper.example/1", "creditText": "General Staff, Daily Paper"}
    ]


def test_authors_are_people_but_for_the_publisher(world: World) -> None:
    page, view = world.at("2025/07/01/village/")
    assert isinstance(view, ArticleView)
    found = one(graph_of(world.site, page, replace(view, authors=("Ann Other", "The Publisher"))), "NewsArticle")
    assert [author["@type"] for author in found["author"]] == ["Person", "Organization"]


def test_a_claim_has_its_own_address_and_the_articles_it_appears_in(world: World) -> None:
    claim = one(world.graph("claims/village-retaken/"), "Claim")
    assert claim["@id"] == f"{BASE}claims/village-retaken/"
    assert [a["@id"] for a in claim["appearance"]] == [f"{BASE}2025/07/02/monitors/", f"{BASE}2025/07/01/village/"]
    assert claim["firstAppearance"] == {"@id": f"{BASE}2025/07/01/village/"}
    assert [a["name"] for a in claim["author"]] == ["General Staff", "Monitor Group"]


def test_a_review_has_the_rating_of_the_claims_label(world: World) -> None:
    review = one(world.graph("claims/village-retaken/"), "ClaimReview")
    assert review["itemReviewed"] == {"@id": f"{BASE}claims/village-retaken/"}
    assert review["reviewRating"]["alternateName"]
    forecast = [node["@type"] for node in world.graph("claims/more-to-come/")]
    assert "Claim" in forecast
    assert "ClaimReview" not in forecast


def test_without_the_setting_there_is_no_review(tmp_path: Path) -> None:
    world = World(tmp_path, SETTINGS)
    assert [n["@type"] for n in world.graph("claims/village-retaken/")] == ["Claim", "BreadcrumbList", "Organization"]


def test_an_edition_lists_its_articles_in_their_order(world: World) -> None:
    page = one(world.graph("2025/07/02/"), "CollectionPage")
    addresses = [item["url"] for item in page["mainEntity"]["itemListElement"]]
    assert sorted(addresses) == [f"{BASE}2025/07/02/bridge/", f"{BASE}2025/07/02/monitors/"]
    assert [item["position"] for item in page["mainEntity"]["itemListElement"]] == [1, 2]


def test_breadcrumbs_lead_from_the_digest_to_the_page(world: World) -> None:
    crumbs = one(world.graph("2025/07/01/village/"), "BreadcrumbList")["itemListElement"]
    assert [c["item"] for c in crumbs] == [
        BASE, f"{BASE}2025/", f"{BASE}2025/07/", f"{BASE}2025/07/01/", f"{BASE}2025/07/01/village/",
    ]  # fmt: skip


def test_pages_that_are_not_for_indexes_say_nothing(world: World) -> None:
    assert world.graph("404.html") == []
    assert world.graph("old/monitors/") == []


def test_a_digest_without_an_address_says_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, "title: Test\n")
    assert all(graph_of(world.site, *world.page(planned)) == [] for planned in plan(world.index))


class Head(HTMLParser):
    """What a browser finds in a page: scripts' texts, and what meta elements say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.meta: dict[str, str] = {}
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = tag == "script"
        if tag == "meta":
            self.meta[given.get("property", given.get("name", ""))] = given.get("content", "")

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)


def retitled(world: World, title: str) -> tuple[Page, ArticleView]:
    page, view = world.at("2025/07/01/village/")
    assert isinstance(view, ArticleView)
    page = replace(page, title=title, description=title, trail=(Link(title, ""),))
    return page, replace(view, title=title, summary=title, authors=(title,))


@pytest.mark.parametrize("title", NASTY, ids=[f"{t[:12]!r}" for t in NASTY])
def test_no_title_breaks_out_of_the_head(world: World, title: str) -> None:
    page, view = retitled(world, title)
    html = Renderer(theme(world.root), world.tongue, world.root).render("article.html", world.site, page, view)
    assert isinstance(html, bytes)
    head = Head(html.decode())
    assert len(head.scripts) == 1
    article = one(json.loads(head.scripts[0])["@graph"], "NewsArticle")
    assert (article["headline"], article["description"]) == (title, title)
    assert (head.meta["og:title"], head.meta["article:author"]) == (title, title)
