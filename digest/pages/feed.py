"""Feeds: the newest articles of the digest, a day, a region or a topic, for feed readers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Settings
from digest.pages import edition, taxonomy
from digest.pages.compose import Composer
from digest.pages.parts import ArticleCard
from digest.pages.sheet import Family, Sheet

NEWEST = 20
_FOLLOWED = {"home": edition.HOME, "edition": edition.FAMILY, "region": taxonomy.REGION, "topic": taxonomy.TOPIC}


class FeedEntry(Frozen, frozen=True):
    """An article in a feed: `id` is a tag URI that outlives a change of title or address; times are RFC 3339, UTC."""

    id: str
    title: str
    address: str
    published: str
    updated: str
    summary: str


class FeedView(Frozen, frozen=True):
    """A feed: `page` is the address of the page that it follows, `updated` the newest of its entries' times."""

    id: str
    title: str
    page: str
    updated: str
    entries: tuple[FeedEntry, ...]


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """A feed beside each page of the families that the settings name, years aside."""
    for name in index.settings.feeds:
        for key, address in _FOLLOWED[name].plan(index):
            if ":" not in key:
                yield f"{name}:{key}", f"{address}feed.xml"


def reads(key: str) -> tuple[str, ...]:
    """The articles of the page that the feed follows; for the digest itself all of them."""
    name, _, stream = key.partition(":")
    return ("newest:all",) if name == "home" else _FOLLOWED[name].reads(stream)[:1]


def view(composer: Composer, key: str) -> Sheet:
    """A feed, from what it follows: "home:", "edition:2025-07-01", "region:UA"."""
    index = composer.index
    name, _, stream = key.partition(":")
    entries = tuple(_entry(index, a) for a in composer.cards(reads(key)[0], NEWEST))
    page, title = _named(composer, name, stream)
    updated = max((e.updated for e in entries), default="1970-01-01T00:00:00Z")
    made = FeedView(_tag(index.settings, key.rstrip(":")), title, page, updated, entries)
    return Sheet(title, index.settings.description, (), made, listed=False)


def _named(composer: Composer, name: str, stream: str) -> tuple[str, str]:
    title = composer.index.settings.title
    if name == "home":
        return "", title
    if name == "edition":
        return stream.replace("-", "/") + "/", f"{title}: {stream}"
    link = composer.region(stream) if name == "region" else composer.topic(stream)
    return link.address, f"{title}: {link.text}"


def _entry(index: Index, card: ArticleCard) -> FeedEntry:
    tag = _tag(index.settings, f"article:{card.id}")
    return FeedEntry(tag, card.title, card.address, card.published, card.updated, card.summary)


def _tag(settings: Settings, name: str) -> str:
    authority = settings.tag or f"{urlsplit(settings.url).hostname or 'digest.invalid'},2025"
    return f"tag:{authority}:{name}"


FAMILY = Family("feed", "feed.xml", plan, reads, view)
