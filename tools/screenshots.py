"""Pictures of a built site: python -m tools.screenshots SITE_DIR OUT_DIR [--pages FAMILY …]."""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from tools.browser import launched
from tools.built_site import FAMILIES, BuiltSite, served

SCREENS = {390: 844, 1280: 800}
"""Width → height of the window, in CSS pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MOST_SCREENS = 3


def take(browser: Browser, url: str, width: int, scheme: Literal["light", "dark"], picture: Path) -> None:
    """Write one page, down to three windows' height, as a PNG file."""
    height = SCREENS[width]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(url, wait_until="load")
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(whole, MOST_SCREENS * height)}
    page.screenshot(path=picture, full_page=True, clip=clip)  # type: ignore[arg-type]  # a FloatRect, spelt out
    page.close()


def main() -> None:
    """Read the command line and take the pictures, named FAMILY-WIDTH-SCHEME.png."""
    parser = argparse.ArgumentParser(description="Pictures of the longest page of each family of a built site.")
    parser.add_argument("site", type=Path, metavar="SITE_DIR")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    usual = ["edition", "article", "claim", "region", "labels"]
    parser.add_argument("--pages", nargs="+", choices=FAMILIES, default=usual, metavar="FAMILY")
    wanted = parser.parse_args()
    site = BuiltSite(wanted.site)
    wanted.out.mkdir(parents=True, exist_ok=True)
    with launched() as browser, served(site) as url:
        for family, width, scheme in product(wanted.pages, SCREENS, SCHEMES):
            picture = wanted.out / f"{family}-{width}-{scheme}.png"
            take(browser, url + site.fullest(family), width, scheme, picture)
            print(picture)


if __name__ == "__main__":
    main()
