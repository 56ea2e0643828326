"""Filing: under which groups an article stands, and what its claims are together with those of other articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from digest.model import Article, Claim, Statement, Taxonomy


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
