"""Every link of every page leads somewhere, wherever the site is put."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.site.conftest import HOST
from tests.site.markup import Markup
from tools.built_site import BuiltSite

pytestmark = pytest.mark.xdist_group("files")


def test_every_internal_link_leads_to_a_file_of_the_site_and_an_id_on_it(site: BuiltSite) -> None:
    broken = [
        f"{page}: {reference} ({fault})"
        for page in site.pages
        for reference in dict.fromkeys(Markup.read(site.file(page)).references)
        if (fault := _fault(site, page, reference))
    ]
    assert broken == []


def test_links_are_relative_so_that_the_site_may_lie_in_any_folder(site: BuiltSite) -> None:
    absolute = [
        f"{page}: {reference}"
        for page in site.pages
        for reference in Markup.read(site.file(page)).references
        if page != "/404.html" and reference.startswith("/")
    ]
    assert absolute == []


def test_links_of_the_not_found_page_hold_at_every_depth(site: BuiltSite) -> None:
    references = Markup.read(site.file("/404.html")).references
    assert [r for r in references if not r.startswith((site.base, "#", "https://"))] == []
    assert any(r.startswith(site.base) for r in references)


def _fault(site: BuiltSite, page: str, reference: str) -> str:
    """What is wrong with a reference; nothing for one that leads to another site."""
    full, fragment = urldefrag(urljoin(HOST + site.base + page[1:], reference))
    if not full.startswith(f"{HOST}/"):
        return ""
    address = unquote(urlsplit(full).path)
    if not address.startswith(site.base):
        return "leaves the base path"
    file = site.file(address[len(site.base) - 1 :])
    if not file.is_file():
        return "no such file"
    if fragment and file.suffix in {".html", ".svg"} and unquote(fragment) not in _ids(site, file.as_posix()):
        return "no such id"
    return ""


@cache
def _ids(site: BuiltSite, file: str) -> frozenset[str]:
    return frozenset(Markup.read(site.folder / file).ids)
