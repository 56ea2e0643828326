"""Pages at addresses that are gone for good: they say so, and why."""

from __future__ import annotations

from digest.frozen import Frozen
from digest.pages.compose import Composer
from digest.pages.sheet import Family, Sheet


class TombstoneView(Frozen, frozen=True):
    """Why there is nothing any more, in the editor's words."""

    reason: str


def key_of(address: str, reason: str) -> str:
    """What the page is made of: its address (without the leading slash), which tells it from others, and the reason."""
    return f"{address}\n{reason}"


def view(composer: Composer, key: str) -> Sheet:
    """The page of an address and a reason; search engines are told to forget it."""
    _ = composer.tongue.gettext
    reason = key.partition("\n")[2]
    return Sheet(_("This page is gone for good"), "", (), TombstoneView(reason), listed=False)


# which addresses they stand at, published addresses decide, not groups of articles (digest/build/gone.py)
FAMILY = Family("tombstone", "gone.html", lambda _: (), lambda _: (), view)
