"""Pages at an article's former addresses, which lead to where it is now."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.sheet import Family, Sheet


class RedirectView(Frozen, frozen=True):
    """Where to go: the article's title, and its address relative to this page."""

    title: str
    target: str


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
    target = ("../" * alias.lstrip("/").count("/") or "./") + article.address
    return Sheet(article.title, article.summary, (), RedirectView(article.title, target), listed=False)


FAMILY = Family("redirect", "alias.html", plan, reads, view)
