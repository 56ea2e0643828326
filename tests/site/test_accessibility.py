"""No page has a fault that axe can find, in either colour scheme, on a phone or a desk."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.conftest import OpenPage
from tools.built_site import FAMILIES

pytestmark = pytest.mark.xdist_group("accessibility")

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2's, which axe leaves out unless told
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("family", FAMILIES)
def test_axe_finds_nothing(open_page: OpenPage, family: str, width: int, scheme: Literal["light", "dark"]) -> None:
    page = open_page(family, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
