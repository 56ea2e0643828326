"""Every page and stylesheet passes the Nu HTML checker, and no page carries a program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.markup import Element, Markup
from tools.built_site import FAMILIES, MAIL, BuiltSite

pytestmark = pytest.mark.xdist_group("files")


def test_the_checker_finds_no_error_and_no_warning(
    site: BuiltSite, html_errors: Callable[[list[Path]], list[str]]
) -> None:
    assert html_errors([site.folder]) == []


def test_the_checker_sees_faults_in_html_and_css(
    tmp_path: Path, html_errors: Callable[[list[Path]], list[str]]
) -> None:
    page = "<!doctype html><html lang=en><title>A page</title><p><div>Not closed"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "style.css").write_text("p { colour: red }", encoding="utf-8")
    found = "\n".join(html_errors([tmp_path]))
    assert "page.html" in found
    assert "style.css" in found


@pytest.mark.parametrize("family", FAMILIES)
def test_the_example_digest_has_a_page_of_every_family(site: BuiltSite, family: str) -> None:
    assert site.of_family(family)


def test_every_page_belongs_to_a_family_that_the_browser_tests_open(site: BuiltSite) -> None:
    strangers = [page for page in site.pages if not any(re.fullmatch(p, page) for p in (*FAMILIES.values(), MAIL))]
    assert [page for page in strangers if not _is_redirect(Markup.read(site.file(page)))] == []


def test_no_page_but_the_one_that_searches_has_a_script_and_none_an_event_handler(site: BuiltSite) -> None:
    programs = {
        page: [element for element in Markup.read(site.file(page)).elements if _is_program(element)]
        for page in site.pages
    }
    assert {page: [element.tag for element in found] for page, found in programs.items() if found} == {
        "/search/": ["script"]
    }


def _is_redirect(markup: Markup) -> bool:
    return any(e.tag == "meta" and e.attributes.get("http-equiv", "").lower() == "refresh" for e in markup.elements)


def _is_program(element: Element) -> bool:
    is_data = element.attributes.get("type") == "application/ld+json"
    return (element.tag == "script" and not is_data) or any(name.startswith("on") for name in element.attributes)
