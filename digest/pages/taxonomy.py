"""Region and topic pages: two trees, one kind of page."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import ArticleCard, Day, LabelCount, Link


@dataclass(frozen=True, slots=True)
class Branch:
    """A taxon in the index with those below it; `link.count` counts its articles, sub-taxa rolled up."""

    link: Link
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """All regions or topics in use, as a tree; `taxonomy` is "regions" or "topics"."""

    taxonomy: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Articles of one day."""

    day: Day
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class TaxonView:
    """A region or topic with its sub-taxa rolled up: the newest articles by day; `years` lead to all of them where
    there are more (else empty)."""

    taxonomy: str
    name: str
    code: str
    trail: tuple[Link, ...]
    children: tuple[Link, ...]
    articles: int
    labels: tuple[LabelCount, ...]
    days: tuple[DayGroup, ...]
    years: tuple[Link, ...]
    year: int
