"""Which pages a group stands behind: those that exist because of it, and those that show something of it."""

from __future__ import annotations

from collections.abc import Iterator

from digest.index.index import Index
from digest.model import Label
from digest.pages.plan import plan
from digest.pages.sheet import Planned
from digest.pages.taxonomy import NEWEST, year_keys

SITE = "site:all"
"""The group behind the pages that every site has."""

_BY_KEY = {"edition": "day", "month": "month", "year": "year", "source": "source", "thread": "thread", "claim": "claim"}


def owner(page: Planned) -> str:
    """The group because of which a page exists."""
    family, key = page.family, page.key
    if family == "feed":
        family, _, key = key.partition(":")
    if family in ("article", "redirect"):
        return f"article:{key.partition(':')[0]}"
    if family in ("region", "topic"):
        return f"{family}:{key.partition(':')[0]}"
    return f"{_BY_KEY[family]}:{key}" if family in _BY_KEY else SITE


def owned(index: Index, group: str) -> Iterator[Planned]:
    """The pages that exist because of a group, as it is now."""
    kind, _, key = group.partition(":")
    for page in _owned(index, kind, key):
        if page.family in index.settings.pages:
            yield page


def _owned(index: Index, kind: str, key: str) -> Iterator[Planned]:
    if kind == "site":
        yield from (page for page in plan(index) if owner(page) == SITE)
    elif kind == "article":
        yield from _of_article(index, key)
    elif kind == "claim" and index.label(key) is not None:
        yield Planned("claim", key, f"claims/{key}/")
    elif kind in ("region", "topic") and index.count(f"{kind}:{key}"):
        yield from _of_taxon(index, kind, key)
    elif kind == "source" and index.count(f"source:{key}") and not index.registry.sources[key].one_off:
        yield Planned("source", key, f"sources/{key}/")
    elif kind == "thread" and index.count(f"thread:{key}"):
        yield Planned("thread", key, f"threads/{key}/")
    elif kind in ("day", "month", "year") and index.count(f"{kind}:{key}"):
        address = key.replace("-", "/") + "/"
        yield Planned("edition" if kind == "day" else kind, key, address)
        if kind == "day" and "edition" in index.settings.feeds:
            yield Planned("feed", f"edition:{key}", f"{address}feed.xml")


def _of_article(index: Index, key: str) -> Iterator[Planned]:
    try:
        article = index.article(key)
    except KeyError:
        return
    yield Planned("article", key, article.address)
    for alias in article.aliases:
        yield Planned("redirect", f"{key}:{alias}", alias.lstrip("/"))


def _of_taxon(index: Index, kind: str, key: str) -> Iterator[Planned]:
    taxa = index.regions if kind == "region" else index.topics
    address = f"{kind}s/{taxa.taxa[key].slug}/"
    yield Planned(kind, key, address)
    if kind in index.settings.feeds:
        yield Planned("feed", f"{kind}:{key}", f"{address}feed.xml")
    if index.count(f"{kind}:{key}") > NEWEST:
        years = year_keys(index, kind, key)
        yield from (Planned(kind, year, f"{address}{year.removeprefix(f'{key}:')}/") for year in years)


def shown_in(index: Index, group: str) -> Iterator[tuple[str, str]]:
    """Family and key of further pages that show something of a group, which has changed."""
    kind, _, key = group.partition(":")
    if kind in ("day", "month", "year"):
        family = "edition" if kind == "day" else kind
        yield from ((family, beside) for beside in _beside(index.keys(kind), key))
    if kind in ("day", "thread"):
        yield from (("article", article) for article in index.group(group))
    if kind in ("region", "topic", "source", "thread"):
        yield f"{kind}s", ""
    if kind in ("region-year", "topic-year"):
        yield kind.removesuffix("-year"), key
    if kind in ("region-years", "topic-years"):
        tree = kind.removesuffix("-years")
        yield from ((tree, year) for year in year_keys(index, tree, key))
    if kind == "dependents":
        yield "claim", key
    if kind == "label":
        yield "labels", ""
        yield from (("label", str(label)) for label in Label if key in (label, "all"))
    if kind == "corrections":
        yield "corrections", ""


def _beside(keys: list[str], key: str) -> Iterator[str]:
    """The neighbours of a key, whether it is among them or was until now."""
    yield from [k for k in keys if k < key][-1:]
    yield from [k for k in keys if k > key][:1]


ALWAYS = (("home", ""), ("feed", "home:"))
"""Pages that any change may touch."""
