"""Filing: under which groups an article stands, and what its claims are together with those of other articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from digest.labels.verdict import Course
from digest.model import Article, Claim, Settings, Statement, Taxonomy


def groups_of(article: Article, regions: Taxonomy, topics: Taxonomy) -> tuple[str, ...]:
    """The keys of the groups that an article stands in, each once."""
    year = article.day.isoformat()[:4]
    found = [taxon_groups("region", taxon, regions, year) for taxon in article.regions]
    found += [taxon_groups("topic", taxon, topics, year) for taxon in article.topics]
    return groups_beside(article, found)


def taxon_groups(kind: str, taxon: str, taxa: Taxonomy, year: str) -> tuple[str, ...]:
    """The groups of a region or topic and of all above it, in general and for a year."""
    return tuple(group for t in taxa.lineage(taxon) for group in (f"{kind}:{t.id}", f"{kind}-year:{t.id}:{year}"))


def groups_beside(article: Article, taxa: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """An article's groups, those of its regions and topics given, each once."""
    day = article.day.isoformat()
    groups = ["newest:all", f"day:{day}", f"month:{day[:7]}", f"year:{day[:4]}"]
    for found in taxa:
        groups += found
    if article.thread:
        groups.append(f"thread:{article.thread}")
    if article.corrections:
        groups.append("corrections:all")
    if article.aliases:
        groups.append("aliases:all")
    for claim in article.claims:
        groups.append(f"claim:{claim.id}")
        for statement in claim.statements:
            groups.append(f"source:{statement.by}")
            groups += [f"source:{carrier}" for carrier in statement.via]
    return tuple(dict.fromkeys(groups))


def newest_first(article: Article) -> tuple[str, str, str]:
    """The key by which articles are sorted, descending: day, moment, id."""
    return article.day.isoformat(), article.date.isoformat(), article.id


def updated_at(article: Article, courses: Iterable[Course], settings: Settings) -> datetime:
    """When an article last changed in a way that matters to readers: it says so, it was corrected, or one of its claims
    got another label."""
    moments = [article.date, *(c.history[-1][0] for c in courses if len(c.history) > 1)]
    moments += [article.updated] if article.updated else []
    return max([*moments, *_corrected(article, settings)])


def _corrected(article: Article, settings: Settings) -> Iterator[datetime]:
    """When it was corrected. Only the day of a correction is known: it counts as a moment after the beginning of that
    day, or after the article appeared, each correction later than the ones before."""
    for number, day in enumerate(sorted(c.day for c in article.corrections), start=1):
        yield max(settings.start_of(day), article.date) + timedelta(seconds=number)


def changed_at(article: Article, courses: Iterable[Course], settings: Settings) -> datetime:
    """When an article's page last changed: besides, a new statement on one of its claims changes it."""
    courses = list(courses)
    return max([updated_at(article, courses, settings), *(c.moments[-1] for c in courses)])


def in_utc(moment: datetime) -> str:
    """A moment as programs read it, in any language: ISO 8601 in UTC, "2025-07-01T08:30:00Z"."""
    written = (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="seconds")
    return written.replace("+00:00", "Z")


def merge_claims(articles: Iterable[Article]) -> dict[str, Claim]:
    """Each claim once, with the statements of all these articles in order of recording; a mention whose definition
    is not among them is left out."""
    definitions: dict[str, Claim] = {}
    statements: dict[str, list[Statement]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: (a.date, a.id)):
        for claim in article.claims:
            if claim.defines:
                definitions[claim.id] = claim
            statements[claim.id] += claim.statements
    return {
        id_: replace(claim, statements=tuple(sorted(statements[id_], key=lambda s: s.recorded)))
        for id_, claim in definitions.items()
    }
