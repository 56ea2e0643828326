"""A mail edition in a browser: readable on a phone and a desk, light and dark, without anything from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.site.conftest import BASE, HOST
from tests.site.markup import Markup
from tests.site.test_accessibility import OPTIONS
from tests.site.test_layout import STICKING_OUT
from tools.built_site import MAIL, BuiltSite

pytestmark = pytest.mark.xdist_group("layout")

OpenMail = Callable[..., Page]
PAPER = {"light": "rgb(251, 249, 244)", "dark": "rgb(22, 21, 18)"}


@pytest.fixture
def mails(site: BuiltSite) -> list[str]:
    return [page for page in site.pages if re.fullmatch(MAIL, page)]


@pytest.fixture
def open_mail(window: Page, url: str, site: BuiltSite, mails: list[str]) -> OpenMail:
    """Opens the longest mail, from its file alone, as a mail program would."""

    def opened(width: int = 390, scheme: Literal["light", "dark"] = "light") -> Page:
        window.set_viewport_size({"width": width, "height": 800})
        window.emulate_media(media="screen", color_scheme=scheme)
        window.goto(url + max(mails, key=lambda page: site.file(page).stat().st_size), wait_until="load")
        return window

    return opened


def test_every_edition_has_a_mail(site: BuiltSite, mails: list[str]) -> None:
    assert [page.removesuffix("email.html") for page in mails] == site.of_family("edition")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_a_mail_fits_every_screen(open_mail: OpenMail, width: int) -> None:
    page = open_mail(width)
    assert page.evaluate(STICKING_OUT) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_a_mail(open_mail: OpenMail, width: int, scheme: Literal["light", "dark"]) -> None:
    found = Axe().run(open_mail(width, scheme), options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_is_light_on_light_and_dark_on_dark(open_mail: OpenMail, scheme: Literal["light", "dark"]) -> None:
    page = open_mail(scheme=scheme)
    paper = page.locator(".letter").evaluate("element => getComputedStyle(element).backgroundColor")
    assert paper == PAPER[scheme]


def test_without_its_style_sheet_a_mail_still_has_its_styles(open_mail: OpenMail) -> None:
    page = open_mail()
    page.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")
    paper = page.locator(".letter").evaluate("element => getComputedStyle(element).backgroundColor")
    assert paper == PAPER["light"]


def test_labels_in_a_mail_stand_in_words(open_mail: OpenMail) -> None:
    page = open_mail()
    labels = page.locator(".verdict").all_inner_texts()
    assert len(labels) == page.locator(".claim").count() > 0
    assert all(re.match(r"[A-Z][a-z]", label) for label in labels)
    assert any(" → " in label for label in labels)


def test_links_of_a_mail_are_absolute(site: BuiltSite, mails: list[str]) -> None:
    for mail in mails:
        assert [r for r in Markup.read(site.file(mail)).references if not r.startswith(HOST + BASE)] in (
            [],
            ["https://digest.example/"],  # the publisher's
        )
