"""When the site would change by itself, because an article's time comes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from digest.model import Article
from digest.publish.manifest import Manifest


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


def is_due(articles: Iterable[Article], served: Manifest | None, clock: datetime) -> bool:
    """Whether an article's time has come since the release that is served was built, or nothing is served."""
    if served is None:
        return True
    found = next_change(articles, datetime.fromisoformat(served.clock or served.at))
    return found is not None and found[0] <= clock


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
