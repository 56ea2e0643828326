"""Where readers find the feeds: a page that lists them, and the same list as OPML for feed readers."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Settings
from digest.model.settings import Followed, PageFamily
from digest.pages.compose import Composer
from digest.pages.feed import EDITIONS, STREAMS, links
from digest.pages.parts import FeedLink
from digest.pages.phrases import FOLLOWED
from digest.pages.sheet import Family, Sheet
from digest.pages.tongue import Tongue

LIST = "feeds.opml"
PAGE = "feeds/"


class FeedRow(Frozen, frozen=True):
    """What can be followed: its name, the address of its page, and its feeds, one for each format."""

    name: str
    page: str
    feeds: tuple[FeedLink, ...]


class FeedGroup(Frozen, frozen=True):
    """Feeds of one kind ("Regions"), by name."""

    name: str
    rows: tuple[FeedRow, ...]


class FeedsView(Frozen, frozen=True):
    """All feeds; `opml` is the address of the list for feed readers, "" where there is none."""

    groups: tuple[FeedGroup, ...]
    opml: str


def plan_page(index: Index) -> Iterator[tuple[str, str]]:
    """The one page, where there are feeds."""
    if _any(index.settings):
        yield "", PAGE


def plan_list(index: Index) -> Iterator[tuple[str, str]]:
    """The one list."""
    if _any(index.settings):
        yield "", LIST


def reads(_: str) -> tuple[str, ...]:
    """Everything that feeds follow, though nothing of its articles."""
    return ("day:*", "region:*", "topic:*", "source:*", "thread:*")


def view(composer: Composer, _: str) -> Sheet:
    """All feeds."""
    _t = composer.tongue.gettext
    groups = (_group(composer, followed) for followed in composer.index.settings.feeds if followed is not _SINGLE_DAYS)
    opml = LIST if PageFamily.OPML in composer.index.settings.pages else ""
    shown = FeedsView(tuple(group for group in groups if group.rows), opml)
    description = _t("Follow this digest, or a part of it, in a feed reader.")
    return Sheet(_t("Feeds"), description, (), shown)


_PAGES = frozenset(str(followed) for followed in Followed if followed is not Followed.HOME)
"""Page families whose pages may have feeds; the home page's are those of the whole digest."""

_SINGLE_DAYS = Followed.EDITION  # nobody follows a day that is over


def _group(composer: Composer, followed: Followed) -> FeedGroup:
    index, stream = composer.index, STREAMS[followed]
    rows = []
    for key, address in stream.plan(index):
        if ":" not in key:
            name, page = stream.named(composer, key)
            title = f"{index.settings.title}: {name}" if name else index.settings.title
            rows.append(FeedRow(name or _all(composer), page, links(index.settings, title, followed, address)))
    if followed is not Followed.LABEL:  # those go from strong to weak
        rows.sort(key=lambda row: (row.name.casefold(), row.page))
    return FeedGroup(composer.tongue.gettext(FOLLOWED[followed]), tuple(rows))


def _all(composer: Composer) -> str:
    return composer.tongue.gettext("All articles")


def site_feeds(settings: Settings, tongue: Tongue) -> tuple[FeedLink, ...]:
    """The feeds that every page names: of the whole digest, and the list of all of them."""
    title, _ = settings.title, tongue.gettext
    found = links(settings, title, Followed.HOME, "")
    found += links(settings, f"{title}: {_('Editions')}", Followed.EDITIONS, EDITIONS)
    if PageFamily.OPML in settings.pages and _any(settings):
        found += (FeedLink(f"{title}: {_('Feeds')}", LIST, "text/x-opml", "OPML"),)
    return found


def page_feeds(settings: Settings, family: str, key: str, title: str, address: str) -> tuple[FeedLink, ...]:
    """The feeds that follow what a page shows."""
    if ":" in key or family not in _PAGES:
        return ()
    return links(settings, f"{settings.title}: {title}", Followed(family), address)


def page_of_feeds(settings: Settings) -> str:
    """The address of the page that lists the feeds, "" where there is none."""
    return PAGE if PageFamily.FEEDS in settings.pages and _any(settings) else ""


def _any(settings: Settings) -> bool:
    return bool(settings.feeds) and bool({PageFamily.FEED, PageFamily.JSONFEED} & settings.pages)


FEEDS = Family("feeds", "feeds.html", plan_page, reads, view)
OPML = Family("opml", LIST, plan_list, reads, view)
