"""For search engines: the sitemap in parts, the newest articles for news search, and what robots shall leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile

from digest.frozen import Frozen
from digest.index.filing import in_utc
from digest.index.index import Index
from digest.model import Settings
from digest.model.settings import PageFamily
from digest.pages import archive, corrections, data, feeds, home, label, source, taxonomy, thread
from digest.pages.compose import Composer
from digest.pages.sheet import Family, Sheet

MOST = 45_000
"""Pages in a part of the sitemap: sitemaps.org allows 50,000, and 50 MB."""

MOST_NEWS = 1000
NEWS_AGE = timedelta(hours=48)
"""How many articles a news sitemap may list and how old they may be, by Google's rules."""

INDEX, NEWS_FILE = "sitemap.xml", "sitemap-news.xml"
LISTS = "pages"
"""The part with the pages that list others; all other parts are those of a month."""

_LISTS = (
    *(home.HOME, archive.YEAR, taxonomy.REGIONS, taxonomy.REGION, taxonomy.TOPICS, taxonomy.TOPIC),
    *(source.SOURCES, source.SOURCE, thread.THREADS, thread.THREAD, label.LABELS, label.LABEL),
    *(corrections.FAMILY, feeds.FEEDS),
)
_DATED = frozenset({PageFamily.MONTH, PageFamily.EDITION, PageFamily.ARTICLE})

_MORE_IN_A_MONTH = 32
"""The pages of a month that are not those of articles and claims: its own and those of its days."""


class Listed(Frozen, frozen=True):
    """A page, or a part of the sitemap, and when it last changed (RFC 3339, UTC), "" where that is not known."""

    address: str
    changed: str


class SitemapView(Frozen, frozen=True):
    """A sitemap: the index has `parts`, a part has `pages`."""

    parts: tuple[Listed, ...]
    pages: tuple[Listed, ...]


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """The index and its parts."""
    yield "", INDEX
    yield from plan_lists(index)
    for month in index.keys("month"):
        yield from plan_month(index, month)


def plan_lists(index: Index) -> Iterator[tuple[str, str]]:
    """The parts with the pages that list others."""
    return _parts(LISTS, sum(1 for _ in _list_pages(index)))


def plan_month(index: Index, month: str) -> Iterator[tuple[str, str]]:
    """The parts of a month."""
    if not _DATED & index.settings.pages:
        return iter(())
    group, named = f"month:{month}", index.mentions("")
    pages = index.count(group) + _MORE_IN_A_MONTH
    named = index.mentions(group) if pages + named > MOST else named
    return _parts(month, pages + named if pages + named > MOST else 1)


def _parts(name: str, pages: int) -> Iterator[tuple[str, str]]:
    for number in range(1, -(-pages // MOST) + 1):
        yield f"{name}:{number}", f"sitemap-{name}{f'-{number}' if number > 1 else ''}.xml"


def reads(key: str) -> tuple[str, ...]:
    """A month; or which pages there are that list others; for the index besides which months there are."""
    name, _, _number = key.partition(":")
    lists = ("year:*", "region:*", "region-year:*", "topic:*", "topic-year:*", "source:*", "thread:*")
    return (*lists, "month:*") if name == "" else lists if name == LISTS else (f"month:{name}",)


def view(composer: Composer, key: str) -> Sheet:
    """The index (""), or a part ("pages:1", "2025-07:1")."""
    index = composer.index
    name, _, number = key.partition(":")
    if not name:
        found = [Listed(address, "") for _, address in plan_lists(index)]
        for month in index.keys("month"):
            changed = index.last_change(month)
            found += [Listed(address, changed) for _, address in plan_month(index, month)]
        return _sheet(SitemapView(tuple(found), ()))
    pages = list(_list_pages(index) if name == LISTS else _month_pages(index, name))
    parts = len(list(plan_lists(index) if name == LISTS else plan_month(index, name)))
    first, last = (len(pages) * at // parts for at in (int(number) - 1, int(number)))  # none is empty
    return _sheet(SitemapView((), tuple(pages[first:last])))


def _sheet(view: object) -> Sheet:
    return Sheet("", "", (), view, listed=False)


def _list_pages(index: Index) -> Iterator[Listed]:
    for family in _LISTS:
        if family.name in index.settings.pages:
            yield from (Listed(address, "") for _, address in family.plan(index))
    if PageFamily.DATA in index.settings.pages:
        yield Listed(data.ADDRESS, "")


def _month_pages(index: Index, month: str) -> Iterator[Listed]:
    """The pages of a month: its own, its editions, its articles, and the claims that they define."""
    wanted, group = index.settings.pages, f"month:{month}"
    articles = index.changes(group)
    days: dict[str, str] = {}
    for address, changed in articles:
        day = address[:11]  # "2025/07/01/"
        days[day] = max(days.get(day, ""), changed)
    if PageFamily.MONTH in wanted:
        yield Listed(month.replace("-", "/") + "/", max(days.values(), default=""))
    if PageFamily.EDITION in wanted:
        yield from (Listed(day, changed) for day, changed in days.items())
    if PageFamily.ARTICLE in wanted:
        yield from (Listed(address, changed) for address, changed in articles)
    if PageFamily.CLAIM in wanted:
        yield from (Listed(f"claims/{claim}/", recorded) for claim, recorded in index.claim_changes(group))


SITEMAP = Family("sitemap", INDEX, plan, reads, view)


class NewsItem(Frozen, frozen=True):
    """An article for news search; `language` as Google names it."""

    address: str
    title: str
    published: str
    language: str


class NewsView(Frozen, frozen=True):
    """The articles of the 48 hours before the newest one appeared."""

    items: tuple[NewsItem, ...]


def plan_news(index: Index) -> Iterator[tuple[str, str]]:
    """The one file, where there are articles."""
    if index.count("newest:all"):
        yield "", NEWS_FILE


def view_news(composer: Composer, _: str) -> Sheet:
    """The newest articles, of which there is one at least. What counts is their distance from the newest one and not
    from the moment of the build, so that the same content gives the same site, whenever it is built."""
    index = composer.index
    newest, *others = index.group("newest:all", MOST_NEWS)
    first = index.article(newest)
    fresh = [first, *takewhile(lambda a: a.date > first.date - NEWS_AGE, map(index.article, others))]
    items = (NewsItem(a.address, a.title, in_utc(a.date), _language(a.lang or index.settings.language)) for a in fresh)
    return _sheet(NewsView(tuple(items)))


def _language(tag: str) -> str:
    """ISO 639, but for Chinese, which Google wants as zh-cn or zh-tw."""
    primary, _, rest = tag.lower().partition("-")
    if primary != "zh":
        return primary
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest.split("-")) else "zh-cn"


NEWS = Family("news", NEWS_FILE, plan_news, lambda _: ("newest:all",), view_news)


class RobotRules(Frozen, frozen=True):
    """What a robot shall leave alone: paths from the root of the host."""

    robot: str
    paths: tuple[str, ...]


class RobotsView(Frozen, frozen=True):
    """The rules for robots, and the absolute addresses of sitemaps."""

    rules: tuple[RobotRules, ...]
    sitemaps: tuple[str, ...]


def plan_robots(_: Index) -> Iterator[tuple[str, str]]:
    """The one file."""
    yield "", "robots.txt"


def view_robots(composer: Composer, _: str) -> Sheet:
    """What robots shall leave alone: nothing, but for what the settings say."""
    settings = composer.index.settings
    rules = {"*": (), **settings.robots} if "*" not in settings.robots else settings.robots
    base = settings.base_path.rstrip("/")
    made = (RobotRules(robot, tuple(base + path for path in paths)) for robot, paths in rules.items())
    return _sheet(RobotsView(tuple(made), tuple(_sitemaps(settings))))


def _sitemaps(settings: Settings) -> Iterator[str]:
    if PageFamily.SITEMAP in settings.pages:
        yield settings.url + INDEX
    if PageFamily.NEWS in settings.pages:
        yield settings.url + NEWS_FILE


ROBOTS = Family("robots", "robots.txt", plan_robots, lambda _: (), view_robots)
