"""What an article's own page shows."""

from __future__ import annotations

from digest.frozen import Frozen
from digest.index.packing import Codec
from digest.pages.parts import ClaimFull, Day, Link, SourceMark


class Picture(Frozen, frozen=True):
    """The article's picture; `address` is where it stands in the site; width and height in pixels, 0 if unknown;
    `copies` are smaller ones in WebP, address and width of each."""

    address: str
    alt: str
    credit: str
    caption: str
    width: int
    height: int
    copies: tuple[tuple[str, int], ...] = ()


class CorrectionNote(Frozen, frozen=True):
    """A correction with its day."""

    day: Day
    text: str


class ArticleView(Frozen, frozen=True):
    """An article: text, claims with everything behind them, sources, corrections, neighbours.

    `time` is the time of day in the digest's timezone ("09:30"), "" for a plain date. `count` is the number of sources
    in words ("4 sources, 1 independent"). `thread` links to the thread, whose other articles are `thread_articles`
    (nearest in time). `earlier` and `later` are the neighbours in the same edition.
    """

    id: str
    title: str
    summary: str
    day: Day
    time: str
    published: str
    updated: Day | None
    updated_at: str
    authors: tuple[str, ...]
    lang: str
    body_html: str
    picture: Picture | None
    regions: tuple[Link, ...]
    topics: tuple[Link, ...]
    claims: tuple[ClaimFull, ...]
    count: str
    sources: tuple[SourceMark, ...]
    corrections: tuple[CorrectionNote, ...]
    thread: Link | None
    thread_articles: tuple[tuple[Day, Link], ...]
    earlier: Link | None
    later: Link | None


LEAF = Codec(ArticleView)
