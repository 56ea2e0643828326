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
    REDIRECT = "redirect"
    TOMBSTONE = "tombstone"
    FEED = "feed"
    NOTFOUND = "notfound"
    HOME = "home"


class Followed(StrEnum):
    """The page families that a feed can follow."""

    HOME = "home"
    EDITION = "edition"
    REGION = "region"
    TOPIC = "topic"


class RawHtml(StrEnum):
    """What happens to raw HTML in article text."""

    ESCAPE = "escape"
    SANITIZE = "sanitize"


class Settings(Frozen, frozen=True):
    """Settings of a digest. `url` ends with a slash; `publish` is kept as it was written; `threads` gives
    threads (by id) the names that readers see; `pages` are the page families to make, `feeds` those that a feed
    follows; `tag` is the authority of ids in feeds ("example.org,2025", RFC 4151);
    `gone` says of addresses, as patterns, why they are gone."""

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
    pages: frozenset[PageFamily] = frozenset(PageFamily)
    feeds: tuple[Followed, ...] = ()
    tag: str = ""
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

    def start_of(self, day: date) -> datetime:
        """The first moment of a day in the digest's timezone, as UTC."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The last moment of a day in the digest's timezone (one microsecond before the next day), as UTC."""
        return self.start_of(day + timedelta(days=1)) - timedelta(microseconds=1)

    def day_of(self, moment: datetime) -> date:
        """The day that a moment falls on in the digest's timezone."""
        return moment.astimezone(self.zone).date()
