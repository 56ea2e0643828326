"""Pages at former addresses, which lead to where an article, or a day, is now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.sheet import Family, Sheet


class RedirectView(Frozen, frozen=True):
    """Where to go: its title, its address relative to this page, and its whole address ("" in a digest without url)."""

    title: str
    target: str
    canonical: str = ""


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each alias of an article."""
    for article in index.members("aliases:all"):
        for alias in article.aliases:
            yield f"{article.id}:{alias}", alias.lstrip("/")


def reads(key: str) -> tuple[str, ...]:
    """The article."""
    return (f"article:{key.partition(':')[0]}",)


def view(composer: Composer, key: str) -> Sheet:
    """The way from an alias ("article-id:/old/address/") to the article."""
    id_, _, alias = key.partition(":")
    article = composer.index.article(id_)
    return _leading(composer, article.title, article.summary, alias, article.address)


def moved_key(address: str, target: str) -> str:
    """What leads from the page of a day, month or year to another one's address (without a leading slash)."""
    return f"{target}:{address}"


def view_moved(composer: Composer, key: str) -> Sheet:
    """The way from a day (month, year) without articles ("2025/07/03/:/2025/07/02/") to where they are now."""
    target, _, address = key.partition(":")
    year, month, day, *_ = [int(part) for part in target.rstrip("/").split("/")] + [0, 0]
    first = date(year, month or 1, day or 1)
    title = composer.day(first).full if day else composer.tongue.month(first) if month else str(year)
    return _leading(composer, title, "", address, target)


def _leading(composer: Composer, title: str, summary: str, address: str, target: str) -> Sheet:
    url = composer.index.settings.url
    relative = ("../" * address.lstrip("/").count("/") or "./") + target
    return Sheet(title, summary, (), RedirectView(title, relative, url and url + target), listed=False)


FAMILY = Family("redirect", "alias.html", plan, reads, view)
# which days moved, published addresses decide, not groups of articles (digest/build/permalinks.py)
MOVED = Family("moved", "alias.html", lambda _: (), lambda _: (), view_moved)
