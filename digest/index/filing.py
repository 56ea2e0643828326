"""Filing: under which groups an article stands, and what its claims are together with those of other articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from digest.model import Article, Claim, Statement, Taxonomy


def groups_of(article: Article, regions: Taxonomy, topics: Taxonomy) -> tuple[str, ...]:
    """The keys of the groups that an article stands in, each once."""
    return tuple(dict.fromkeys(_groups(article, regions, topics)))


def _groups(article: Article, regions: Taxonomy, topics: Taxonomy) -> Iterator[str]:
    day = article.day.isoformat()
    yield from ("newest:all", f"day:{day}", f"month:{day[:7]}", f"year:{day[:4]}")
    for kind, taxonomy, taxa in (("region", regions, article.regions), ("topic", topics, article.topics)):
        for taxon in (t for word in taxa for t in taxonomy.lineage(word)):
            yield f"{kind}:{taxon.id}"
            yield f"{kind}-year:{taxon.id}:{day[:4]}"
    if article.thread:
        yield f"thread:{article.thread}"
    if article.corrections:
        yield "corrections:all"
    if article.aliases:
        yield "aliases:all"
    for claim in article.claims:
        yield f"claim:{claim.id}"
        for statement in claim.statements:
            yield f"source:{statement.by}"
            yield from (f"source:{carrier}" for carrier in statement.via)


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
