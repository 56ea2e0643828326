"""When the site would change by itself, because an article's time comes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from digest.model import Article


def next_change(articles: Iterable[Article], clock: datetime) -> tuple[datetime, tuple[str, ...]] | None:
    """The first moment after `clock` at which an article comes out or goes, with the ids of all that do then; None if
    nothing waits."""
    moments: dict[datetime, list[str]] = {}
    for article in articles:
        for moment in _turns(article, clock):
            moments.setdefault(moment, []).append(article.id)
    if not moments:
        return None
    first = min(moments)
    return first, tuple(sorted(moments[first]))


def _turns(article: Article, clock: datetime) -> Iterator[datetime]:
    """The moments at which the article is out and was not just before, or the other way round."""
    if article.withheld:
        return
    begins = max(article.date, article.embargo) if article.embargo else article.date
    ends = article.expires
    if ends is not None and ends <= begins:
        return
    if begins > clock:
        yield begins
    if ends is not None and ends > clock:
        yield ends
