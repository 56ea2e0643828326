"""Which pages a group stands behind: those that exist because of it, and those that show something of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.index.index import Index
from digest.model import Article, Label
from digest.pages import data, feed, feeds, mail, sitemap
from digest.pages.card import CARD_FILE, drawn
from digest.pages.plan import plan
from digest.pages.sheet import Planned
from digest.pages.taxonomy import NEWEST, year_keys

SITE = "site:all"
"""The group behind the pages that every site has."""

LISTS = "lists:all"
"""The group behind the pages that list which other pages there are: it counts as touched where such come or go."""

_LISTED = frozenset({"region", "topic", "source", "thread", "year"})
_FEEDS = frozenset({"feed", "jsonfeed"})

_BY_KEY = {"edition": "day", "month": "month", "year": "year", "source": "source", "thread": "thread", "claim": "claim"}


_OF_A_DAY = frozenset({"edition", *mail.FORMS})
"""What the keys of a day's letters and data begin with."""


def owner(page: Planned) -> str:
    """The group because of which a page exists."""
    family, key = page.family, page.key
    if family in _FEEDS or family == "card":
        family, _, key = key.partition(":")
    if family in _OWNERS_OF_OUTPUTS:
        return _OWNERS_OF_OUTPUTS[family](key)
    if family in ("article", "redirect"):
        return f"article:{key.partition(':')[0]}"
    if family in ("region", "topic"):
        return f"{family}:{key.partition(':')[0]}"
    return f"{_BY_KEY[family]}:{key}" if family in _BY_KEY else SITE


def _of_sitemap(key: str) -> str:
    name = key.partition(":")[0]
    return LISTS if name == sitemap.LISTS else f"month:{name}" if name else SITE


def _of_document(key: str) -> str:
    kind, _, about = key.partition(":")
    when = about.partition(":")[0]
    return f"month:{when}" if kind == "claims" else f"day:{when}" if kind in _OF_A_DAY else SITE


_OWNERS_OF_OUTPUTS: dict[str, Callable[[str], str]] = {
    "feeds": lambda _: LISTS,
    "opml": lambda _: LISTS,
    "news": lambda _: "newest:all",
    "sitemap": _of_sitemap,
    "mail": _of_document,
    "data": _of_document,
}
"""Family → the group, from a page's key."""


def owned(index: Index, group: str) -> Iterator[Planned]:
    """The pages that exist because of a group, as it is now."""
    kind, _, key = group.partition(":")
    for page in _owned(index, kind, key):
        if page.family in index.settings.pages:
            yield page


def lists(group: str) -> bool:
    """Whether lists name the pages that exist because of a group."""
    return group.partition(":")[0] in _LISTED


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
        yield from _feeds(index, kind, key, f"sources/{key}/")
    elif kind == "thread" and index.count(f"thread:{key}"):
        yield Planned("thread", key, f"threads/{key}/")
        yield from _feeds(index, kind, key, f"threads/{key}/")
    elif kind in ("lists", "newest"):
        yield from _of_many(index, kind)
    elif kind in ("day", "month", "year") and index.count(f"{kind}:{key}"):
        yield from _of_period(index, kind, key)


def _of_period(index: Index, kind: str, key: str) -> Iterator[Planned]:
    address = key.replace("-", "/") + "/"
    yield Planned("edition" if kind == "day" else kind, key, address)
    if kind == "day":
        yield from _feeds(index, "edition", key, address)
        if drawn(index.settings, "edition"):
            yield Planned("card", f"edition:{key}", address + CARD_FILE)
        yield from (Planned("mail", *page) for page in mail.plan_day(index.settings, key))
        yield Planned("data", *data.plan_day(key))
    if kind == "month":
        yield from (Planned("sitemap", part, file) for part, file in sitemap.plan_month(index, key))
        yield from (Planned("data", *page) for page in data.plan_month(key))


def _of_many(index: Index, kind: str) -> Iterator[Planned]:
    """Pages that show something of very many articles."""
    if kind == "newest":
        yield from (Planned("news", key, address) for key, address in sitemap.plan_news(index))
        return
    yield from (Planned("feeds", key, address) for key, address in feeds.plan_page(index))
    yield from (Planned("opml", key, address) for key, address in feeds.plan_list(index))
    yield from (Planned("sitemap", part, address) for part, address in sitemap.plan_lists(index))


def _of_article(index: Index, key: str) -> Iterator[Planned]:
    article = _article(index, key)
    if article is None:
        return
    yield Planned("article", key, article.address)
    if drawn(index.settings, "article"):
        yield Planned("card", f"article:{key}", article.address + CARD_FILE)
    for alias in article.aliases:
        yield Planned("redirect", f"{key}:{alias}", alias.lstrip("/"))


def _article(index: Index, key: str) -> Article | None:
    try:
        return index.article(key)
    except KeyError:
        return None


def _of_taxon(index: Index, kind: str, key: str) -> Iterator[Planned]:
    taxa = index.regions if kind == "region" else index.topics
    address = f"{kind}s/{taxa.taxa[key].slug}/"
    yield Planned(kind, key, address)
    yield from _feeds(index, kind, key, address)
    if index.count(f"{kind}:{key}") > NEWEST:
        years = year_keys(index, kind, key)
        yield from (Planned(kind, year, f"{address}{year.removeprefix(f'{key}:')}/") for year in years)


def _feeds(index: Index, followed: str, key: str, address: str) -> Iterator[Planned]:
    if followed in index.settings.feeds:
        yield from (Planned(f, f"{followed}:{key}", f"{address}{name}") for f, (name, _, _) in feed.FORMS.items())


def shown_in(index: Index, group: str) -> Iterator[tuple[str, str]]:
    """Family and key of further pages that show something of a group, which has changed."""
    kind, _, key = group.partition(":")
    if kind in ("day", "month", "year"):
        family = "edition" if kind == "day" else kind
        yield from ((family, beside) for beside in _beside(index.keys(kind), key))
    yield from (("data", page) for page in _data(index, kind, key))
    if kind in ("day", "thread"):
        yield from (("article", article) for article in index.group(group))
    if kind in ("region", "topic", "source", "thread"):
        yield f"{kind}s", ""
    if kind in ("month", "region", "topic", "source"):
        yield "search", ""
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
    yield from _feeds_with(index, kind, key)


def _feeds_with(index: Index, kind: str, key: str) -> Iterator[tuple[str, str]]:
    """The feeds among those that do not exist because of a group which show something of it."""
    streams: list[str] = []
    if kind == "label" and key != "all":
        streams = [f"label:{key}"]
    elif kind == "corrections":
        streams = ["corrections:"]
    elif kind == "day" and (len(newest := index.keys("day")[-feed.NEWEST :]) < feed.NEWEST or key >= newest[0]):
        streams = ["editions:"]
    elif kind == "text" and (article := _article(index, key)) is not None:
        streams = [stream for stream in _streams_of(index, article) if key in _newest_of(index, stream)]
    yield from ((family, stream) for family in _FEEDS for stream in streams)


def _newest_of(index: Index, stream: str) -> tuple[str, ...]:
    (group,) = feed.reads(stream)
    return index.group(group, feed.NEWEST)


def _streams_of(index: Index, article: Article) -> Iterator[str]:
    """What feeds follow of which an article may be a part, other than all articles."""
    for kind, tree, taxa in (("region", index.regions, article.regions), ("topic", index.topics, article.topics)):
        yield from dict.fromkeys(f"{kind}:{t.id}" for taxon in taxa for t in tree.lineage(taxon))
    yield from ([f"thread:{article.thread}"] if article.thread else [])
    yield f"edition:{article.day}"
    speakers = (name for c in article.claims for s in c.statements for name in (s.by, *s.via))
    yield from dict.fromkeys(f"source:{name}" for name in speakers)


def _data(index: Index, kind: str, key: str) -> Iterator[str]:
    """The keys of data that shows something of a group; a claim stands in the month of one of its articles."""
    if kind == "day":
        yield from (f"edition:{beside}" for beside in _beside(index.keys(kind), key))
    if kind in ("day", "month"):
        yield from ("", "index")
    if kind == "month":
        yield from data.month_keys(index, key)
    if kind == "claim":
        for month in {f"{day:%Y-%m}" for day in index.days(f"claim:{key}")}:
            yield from data.month_keys(index, month)


def _beside(keys: list[str], key: str) -> Iterator[str]:
    """The neighbours of a key, whether it is among them or was until now."""
    yield from [k for k in keys if k < key][-1:]
    yield from [k for k in keys if k > key][:1]


ALWAYS = (("home", ""), ("feed", "home:"), ("jsonfeed", "home:"), ("sitemap", ""), ("news", ""))
"""Pages that any change may touch."""
