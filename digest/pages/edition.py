"""The edition of one day, and the home page, which shows the newest one."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import ArticleCard, Change, ClaimBrief, Day, LabelCount, LabelMark, Link


@dataclass(frozen=True, slots=True)
class EditionArticle:
    """An article in full in its edition: card and claims as of that day's end."""

    card: ArticleCard
    claims: tuple[ClaimBrief, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An article that also belongs here: its title, and where it stands in full."""

    article: Link
    place: str


@dataclass(frozen=True, slots=True)
class TopicSection:
    """The articles of one region that share a primary topic; `topic` is None where an article names none."""

    topic: Link | None
    articles: tuple[EditionArticle, ...]


@dataclass(frozen=True, slots=True)
class RegionSection:
    """A region of the day: `trail` is its place in the tree, outermost first, without itself; `id` its anchor."""

    id: str
    region: Link
    trail: tuple[Link, ...]
    topics: tuple[TopicSection, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class ThenNow:
    """A claim of this edition whose label has changed since that day's end."""

    text: str
    address: str
    then: LabelMark
    now: Change


@dataclass(frozen=True, slots=True)
class EditionView:
    """One day. `labels` counts the claims of the day's articles by their label at that day's end."""

    day: Day
    note_title: str
    note_html: str
    note_authors: tuple[str, ...]
    articles: int
    claims: int
    labels: tuple[LabelCount, ...]
    sections: tuple[RegionSection, ...]
    changed: tuple[ThenNow, ...]
    previous: Day | None
    following: Day | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The newest edition (None while the digest is empty), the latest days and the months with articles."""

    edition: EditionView | None
    days: tuple[Day, ...]
    months: tuple[Link, ...]
