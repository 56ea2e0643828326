"""The settings of a digest: what digest.yaml says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import field

from digest.frozen import Frozen


class PageFamily(StrEnum):
    """The page families; without a choice in the settings a site has all of them."""

    ARTICLE = "article"
    CLAIM = "claim"
    EDITION = "edition"
    MONTH = "month"
    YEAR = "year"
    REGION = "region"
    TOPIC = "topic"
    SOURCE = "source"
    THREAD = "thread"
    LABEL = "label"
    REGIONS = "regions"
    TOPICS = "topics"
    SOURCES = "sources"
    THREADS = "threads"
    LABELS = "labels"
    CORRECTIONS = "corrections"
    CARD = "card"
    SEARCH = "search"
    REDIRECT = "redirect"
    MOVED = "moved"
    TOMBSTONE = "tombstone"
    FEED = "feed"
    JSONFEED = "jsonfeed"
    FEEDS = "feeds"
    OPML = "opml"
    SITEMAP = "sitemap"
    NEWS = "news"
    ROBOTS = "robots"
    NOTFOUND = "notfound"
    MAIL = "mail"
    DATA = "data"
    HOME = "home"


ABSOLUTE = frozenset(
    {PageFamily.FEED, PageFamily.JSONFEED, PageFamily.FEEDS, PageFamily.OPML, PageFamily.SITEMAP, PageFamily.NEWS}
)
"""The families that need the digest's url: a site without one has none of them."""


class Followed(StrEnum):
    """What a feed can follow: a page family's pages, or `editions`, all of them in one feed."""

    HOME = "home"
    EDITIONS = "editions"
    EDITION = "edition"
    REGION = "region"
    TOPIC = "topic"
    SOURCE = "source"
    THREAD = "thread"
    LABEL = "label"
    CORRECTIONS = "corrections"


FOLLOWED = tuple(f for f in Followed if f is not Followed.EDITION)
"""What feeds follow without a choice in the settings; one for each single day is of use to few."""


class Cards(StrEnum):
    """Which pages have a drawn social card; with articles, editions have one too."""

    NONE = "none"
    EDITIONS = "editions"
    ARTICLES = "articles"


class Picture(StrEnum):
    """What is drawn from the content, and `sizes`: smaller copies of pictures beside articles."""

    MAP = "map"
    TIMELINE = "timeline"
    CALENDAR = "calendar"
    BAR = "bar"
    SIZES = "sizes"
    NONE = "none"


class Doubt(StrEnum):
    """Codes of warnings about the site that `digest check` can do without."""

    TITLE = "D829"
    DESCRIPTION = "D830"
    SOURCES = "D831"
    REGIONS = "D832"
    TOPICS = "D833"


class RawHtml(StrEnum):
    """What happens to raw HTML in article text."""

    ESCAPE = "escape"
    SANITIZE = "sanitize"


class Settings(Frozen, frozen=True):
    """Settings of a digest. `url` ends with a slash; `publish` is kept as it was written; `threads` gives
    threads (by id) the names that readers see; `pages` are the page families to make, `feeds` what a feed follows,
    with the text of articles if `full_text`; `tag` is the authority of ids in feeds ("example.org,2025", RFC 4151);
    `robots` gives for robots (by name, "*" for all) the paths below the digest's base that they shall leave alone;
    `eml` where editions are letters too; `pictures` are what is drawn or made; `unchecked` are warnings that a check
    does not tell; `gone` says of addresses, as patterns, why they are gone."""

    title: str
    url: str = ""
    timezone: str = "UTC"
    language: str = "en"
    description: str = ""
    notice: str = ""
    publisher: str = ""
    publisher_url: str = ""
    contact: str = ""
    html: RawHtml = RawHtml.ESCAPE
    claim_review: bool = False
    editor: str = ""
    threads: dict[str, str] = field(default_factory=dict)
    pages: frozenset[PageFamily] = frozenset(PageFamily) - ABSOLUTE
    feeds: tuple[Followed, ...] = FOLLOWED
    full_text: bool = True
    tag: str = ""
    robots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cards: Cards = Cards.EDITIONS
    eml: bool = False
    pictures: frozenset[Picture] = frozenset(Picture) - {Picture.NONE}
    unchecked: frozenset[Doubt] = frozenset()
    publish: dict[str, Any] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The digest's timezone."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """The path part of the digest's url; starts and ends with a slash."""
        return urlsplit(self.url).path or "/"

    def tag_uri(self, name: str) -> str:
        """An id for feeds that outlives a change of title, date or address; with `tag` set, also one of the url.

        Without it the authority is the url's host; the year, which RFC 4151 asks for, is then the same for all.
        """
        authority = self.tag or f"{urlsplit(self.url).hostname or 'digest.invalid'},2025"
        return f"tag:{authority}:{name}"

    def start_of(self, day: date) -> datetime:
        """The first moment of a day in the digest's timezone, as UTC."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The last moment of a day in the digest's timezone (one microsecond before the next day), as UTC."""
        return self.start_of(day + timedelta(days=1)) - timedelta(microseconds=1)

    def day_of(self, moment: datetime) -> date:
        """The day that a moment falls on in the digest's timezone."""
        return moment.astimezone(self.zone).date()
