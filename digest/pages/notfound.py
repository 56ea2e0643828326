"""The page that a web server shows where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.sheet import Family, Sheet


def plan(_: Index) -> Iterator[tuple[str, str]]:
    """The one page, which servers look for under this name."""
    yield "", "404.html"


def view(composer: Composer, _: str) -> Sheet:
    """A way back; it has no view of its own."""
    _t = composer.tongue.gettext
    return Sheet(_t("Page not found"), _t("There is no page at this address."), (), None, listed=False)


FAMILY = Family("notfound", "404.html", plan, lambda _: (), view)
