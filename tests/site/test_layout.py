"""Pages fit every screen, stay light, and work by keyboard, on paper and from right to left."""

from __future__ import annotations

import gzip
from typing import cast
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import OpenPage
from tests.site.markup import Markup
from tools.built_site import FAMILIES, BuiltSite

pytestmark = pytest.mark.xdist_group("layout")

WIDTHS = (320, 390, 768, 1280)
MOST_BYTES = 20_000
MOST_OF_AN_EDITION = 60_000  # with its stylesheets, not compressed

# What sticks out sideways, or the document's own width where no element does; [] where nothing scrolls sideways.
STICKING_OUT = """() => {
  const width = document.scrollingElement.scrollWidth
  if (width <= window.innerWidth) return []
  const out = [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect()
    return box.right > window.innerWidth + 1 || box.left < -1
  })
  return [`${width} of ${window.innerWidth} pixels`, ...out.slice(0, 5).map(element => element.outerHTML.slice(0, 150))]
}"""


# Each heading of what is read becomes one word that is longer than any line.
LENGTHEN = """() => document.querySelectorAll('main :is(h1, h2, h3)').forEach(heading => {
  (heading.querySelector('a') ?? heading).textContent = 'x'.repeat(400)
})"""


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_scrolls_sideways(open_page: OpenPage, family: str) -> None:
    page = open_page(family)
    assert {width: out for width in WIDTHS if (out := _sticking_out(page, width))} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_word_that_no_line_can_hold_is_broken(open_page: OpenPage, family: str) -> None:
    page = open_page(family)
    page.evaluate(LENGTHEN)
    assert {width: out for width in WIDTHS if (out := _sticking_out(page, width))} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_scrolls_sideways_from_right_to_left(open_page: OpenPage, family: str) -> None:
    page = open_page(family)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert {width: out for width in WIDTHS if (out := _sticking_out(page, width))} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_pages_ask_only_their_own_server_and_get_everything(
    browser: Browser, url: str, site: BuiltSite, family: str
) -> None:
    page = browser.new_page()
    requested: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(url + site.fullest(family), wait_until="load")
    page.close()
    assert [r for r in requested if not r.startswith((f"{url}/", "data:"))] == []
    assert [f for f in failed if not f.endswith("/favicon.ico")] == []  # browsers ask for one unbidden


def test_articles_with_their_stylesheets_keep_to_the_budget(site: BuiltSite) -> None:
    weights = {page: _weight(site, page) for page in site.of_family("article")}
    assert weights
    assert {page: weight for page, weight in weights.items() if weight > MOST_BYTES} == {}


@pytest.mark.parametrize("family", ["home", "edition"])
def test_editions_with_their_stylesheets_keep_to_the_budget(site: BuiltSite, family: str) -> None:
    weights = {page: sum(map(len, _files(site, page))) for page in site.of_family(family)}
    assert weights
    assert {page: weight for page, weight in weights.items() if weight > MOST_OF_AN_EDITION} == {}


@pytest.mark.parametrize(
    ("family", "pictures"),
    [("edition", 2), ("home", 2), ("region", 2), ("year", 1), ("claim", 1), ("thread", 1), ("source", 1)],
)
def test_pictures_say_what_they_show_and_have_a_table_behind_them(
    open_page: OpenPage, family: str, pictures: int
) -> None:
    page = open_page(family)
    drawn = page.locator("figure.drawn > svg[role=img]")
    assert drawn.count() == pictures
    for picture in drawn.all():
        named = (picture.get_attribute("aria-labelledby") or "").split()
        assert all(page.locator(f"#{id_}").text_content() for id_ in named)
        assert len(named) == 2
        assert picture.locator("xpath=..").locator("table tbody tr").count() > 0


def test_a_claim_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("article")
    stops = page.locator("a[href], summary, button, input, [tabindex]").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    is_open = "document.activeElement.matches('details > summary') && document.activeElement.parentElement.open"
    before = page.evaluate(is_open)
    page.keyboard.press("Enter")
    after_enter = page.evaluate(is_open)
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert (after_enter, page.evaluate(is_open)) == (not before, before)


@pytest.mark.parametrize("family", FAMILIES)
def test_paper_shows_no_navigation(open_page: OpenPage, family: str) -> None:
    page = open_page(family)
    navigation = page.locator("nav:visible")
    assert navigation.count() > 0
    page.emulate_media(media="print")
    assert navigation.count() == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_page_has_one_heading_of_the_first_rank_and_text(open_page: OpenPage, family: str) -> None:
    page = open_page(family)
    assert page.locator("h1:visible").count() == 1
    assert page.locator("main").inner_text().strip()


def _sticking_out(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    return cast("list[str]", page.evaluate(STICKING_OUT))


def _weight(site: BuiltSite, page: str) -> int:
    """Bytes of a page and its stylesheets, each compressed as a server would."""
    return sum(len(gzip.compress(data, mtime=0)) for data in _files(site, page))


def _files(site: BuiltSite, page: str) -> list[bytes]:
    """A page and its stylesheets."""
    sheets = [site.file(urljoin(page, sheet)) for sheet in Markup.read(site.file(page)).stylesheets]
    return [file.read_bytes() for file in [site.file(page), *sheets]]
