"""The digest is searched with nothing but a keyboard, a browser and Python's own file server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.site.conftest import BASE, HOST
from tests.site.markup import Markup
from tools.built_site import BuiltSite

pytestmark = pytest.mark.xdist_group("search")


@pytest.fixture(scope="module")
def address(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below its base path, from `python -m http.server`."""
    above = tmp_path_factory.mktemp("server")
    place = above / BASE.strip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(site.folder, target_is_directory=True)
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", os.fspath(above)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as server:
        assert server.stdout is not None
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port is not None
        try:
            yield f"http://127.0.0.1:{port[1]}{BASE}"
        finally:
            server.terminate()


class Watched:
    """A page that keeps account of all that it asks for and of all that goes wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.wrong: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("requestfailed", self.failed)
        page.on("response", lambda r: self.wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))

    def failed(self, request: Request) -> None:
        # Going to another page cuts off what the one before still fetches, such as its icon.
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {request.url}: {request.failure}")


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    """The search page, open; afterwards nothing has gone wrong and no other host was asked."""
    page = browser.new_page()
    found = Watched(page)
    page.goto(f"{address}search/")
    yield found
    page.close()
    assert found.wrong == []
    assert found.hosts == {urlsplit(address).netloc}


def found(page: Page) -> list[str]:
    return [link.inner_text() for link in page.locator(".results h2 a").all()]


def test_a_title_of_one_long_word_is_broken(watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("searchbox").fill("Sumy")
    link = page.locator(".results h2 a").first
    expect(link).to_be_visible()
    link.evaluate("link => { link.textContent = 'x'.repeat(400) }")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390


def test_words_are_typed_and_a_result_is_opened_by_keyboard_alone(watched: Watched, address: str) -> None:
    page = watched.page
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Sumy troops")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Found: \d+"))
    page.keyboard.press("Enter")
    expect(page.locator(".results mark").first).to_be_visible()
    title = "Ukraine says it is pushing Russian troops back in Sumy region"
    expect(page.locator(".results h2 a").first).to_have_text(title)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results h2 a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results h2 a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}2025/07/01/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_results_are_narrowed_by_each_filter(watched: Watched) -> None:
    page = watched.page
    chosen = {
        "What": ("Claims", "claim"),
        "Month": ("July", "2025-07"),
        "Region": ("Ukraine", "UA"),
        "Label": ("Disputed", "disputed"),
    }
    counts = []
    for name, (_, value) in chosen.items():
        page.get_by_label(name, exact=True).select_option(value)
        status = page.get_by_role("status")
        expect(status).to_have_text(re.compile(r"Found: \d+"))
        page.wait_for_function("name => location.search.includes(name)", arg=value)
        page.wait_for_timeout(300)
        counts.append(int(re.sub(r"\D", "", status.inner_text())))
    assert counts == sorted(counts, reverse=True)
    assert 0 < counts[-1] < counts[0]
    assert {line.inner_text() for line in page.locator(".results .label").all()} == {"Disputed"}
    for name in ("Topic", "Source"):
        assert page.get_by_label(name, exact=True).locator("option").count() > 5


def test_the_address_of_a_search_gives_the_same_search(watched: Watched, address: str) -> None:
    page = watched.page
    page.keyboard.type("truce")
    page.get_by_label("Order").select_option("newest")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Found: \d+"))
    page.wait_for_timeout(500)
    before = found(page)
    days = [line.inner_text() for line in page.locator(".results .kicker").all()]
    numbers = [int(re.search(r"(\d+) July", day)[1]) if "July" in day else 0 for day in days]  # type: ignore[index]
    assert numbers == sorted(numbers, reverse=True)
    page.goto(page.url)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Found: \d+"))
    assert found(page) == before
    assert page.url == f"{address}search/?q=truce&order=newest"


def test_nothing_found_is_said(watched: Watched) -> None:
    watched.page.keyboard.type("xylophonist")
    expect(watched.page.get_by_role("status")).to_have_text(re.compile("Nothing was found"))
    expect(watched.page.locator(".results")).to_be_hidden()


def test_a_month_without_an_index_is_said_and_the_others_are_searched(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/index/2025-06/**", lambda route: route.fulfill(status=404, body="<p>There is no such page.</p>"))
    page.goto(f"{address}search/?q=Ukraine")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Found: \d+ Some months could not be read"))
    page.close()


def test_a_slash_leads_to_the_words(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("link", name="Regions").first.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_results_have_no_fault_that_axe_can_find(watched: Watched, width: int, scheme: str) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.keyboard.type("Ukraine")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Found: \d+"))
    page.locator("details").evaluate("details => { details.open = true }")
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_page_says_how_else_to_find_things(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    ways = page.locator(".ways a")
    names = [link.inner_text() for link in ways.all()]
    assert names == ["Archive", "Regions", "Topics", "Threads", "Sources", "Labels"]
    for name in names:
        page.goto(f"{address}search/")
        page.locator(".ways").get_by_role("link", name=name).click()
        assert page.url.startswith(address)
        assert "search" not in page.url
    context.close()


def test_every_address_of_the_site_answers_below_its_base_path(site: BuiltSite, address: str, browser: Browser) -> None:
    """A crawl from the home page, as a robot would do it."""
    context = browser.new_context()
    todo, seen, broken = [address], {address}, []
    while todo:
        where = todo.pop()
        answer = context.request.get(where)
        if answer.status != 200:
            broken.append(f"{answer.status}: {where}")
        if "html" not in answer.headers.get("content-type", "") or where.endswith("/404.html"):
            continue
        for reference in _references(answer.text(), where, address):
            if reference not in seen:
                seen.add(reference)
                todo.append(reference)
    context.close()
    assert broken == []
    unseen = {page for page in site.pages if address + page[1:] not in seen}
    assert {page for page in unseen if "http-equiv" not in site.file(page).read_text(encoding="utf-8")} == {"/404.html"}


def _references(text: str, where: str, address: str) -> set[str]:
    """Addresses of this server that a page leads to."""
    full = {urldefrag(urljoin(where, r)).url for r in Markup.parse(text).references}
    moved = {f.replace(HOST + BASE, address, 1) for f in full}
    return {f for f in moved if f.startswith(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}")}
