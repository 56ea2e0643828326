"""Filing: published articles and their claims under the groups that pages read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from digest.labels.verdict import Course, course
from digest.model import Article, Claim, Digest, EditionNote, Registry, Settings, Statement, Taxonomy


def note_body(path: str) -> str:
    """The key under which an editor's note's HTML stands among the bodies."""
    return f"note:{path}"


@dataclass(frozen=True, slots=True)
class Index:
    """All that pages may read.

    `articles` are those that are out, newest first. `groups` maps a group's key to ids of articles in that order:
    "newest:all", "day:2025-07-01", "month:2025-07", "year:2025", "region:UA", "region-year:UA:2025", "topic:20000056",
    "topic-year:…", "thread:…", "source:…", "claim:…", "corrections:all"; but "label:…" to ids of claims, newest change
    first, and "dependents:…" to ids of claims that depend on one. `courses` are the claims with their labels through
    time; `bodies` the text of articles (by id) and editor's notes (by `note_body`) as HTML, as `model.html` stores it.
    """

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy
    articles: dict[str, Article]
    courses: dict[str, Course]
    notes: dict[date, EditionNote]
    bodies: Mapping[str, str]
    groups: dict[str, tuple[str, ...]]

    def group(self, key: str) -> tuple[str, ...]:
        """The members of a group; empty if there is none."""
        return self.groups.get(key, ())

    def members(self, key: str) -> tuple[Article, ...]:
        """The articles of a group, newest first."""
        return tuple(self.articles[a] for a in self.group(key))

    def keys(self, kind: str) -> list[str]:
        """What the groups of a kind are about, sorted: `keys("day")` gives "2025-06-30", "2025-07-01" …"""
        prefix = kind + ":"
        return sorted(key.removeprefix(prefix) for key in self.groups if key.startswith(prefix))


def file_articles(digest: Digest, bodies: Mapping[str, str], clock: datetime, as_of: datetime | None = None) -> Index:
    """File what is out at the wall-clock moment `clock`; labels take into account what was recorded by `as_of`
    (default: everything)."""
    out = sorted((a for a in digest.articles if a.out(clock)), key=_newest_first, reverse=True)
    articles = {a.id: a for a in out}
    claims = merge_claims(out)
    courses = {id_: course(claim, claims, digest.registry, as_of) for id_, claim in claims.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for article in out:
        for key in dict.fromkeys(_groups(article, digest)):
            groups[key].append(article.id)
    for id_ in sorted(courses, key=lambda c: (_since(courses[c]), c), reverse=True):
        groups[f"label:{courses[id_].now.label}"].append(id_)
        if courses[id_].claim.depends_on:
            groups[f"dependents:{courses[id_].claim.depends_on}"].append(id_)
    notes = {note.day: note for note in digest.notes}
    return Index(
        digest.settings,
        digest.registry,
        digest.regions,
        digest.topics,
        articles,
        courses,
        notes,
        bodies,
        {key: tuple(members) for key, members in groups.items()},
    )


def _newest_first(article: Article) -> tuple[date, datetime, str]:
    return article.day, article.date, article.id


def _since(course: Course) -> datetime:
    return course.history[-1][0]


def _groups(article: Article, digest: Digest) -> Iterable[str]:
    yield "newest:all"
    yield f"day:{article.day:%Y-%m-%d}"
    yield f"month:{article.day:%Y-%m}"
    yield f"year:{article.day:%Y}"
    for kind, taxonomy, taxa in (("region", digest.regions, article.regions), ("topic", digest.topics, article.topics)):
        for taxon in (t for word in taxa for t in taxonomy.lineage(word)):
            yield f"{kind}:{taxon.id}"
            yield f"{kind}-year:{taxon.id}:{article.day:%Y}"
    if article.thread:
        yield f"thread:{article.thread}"
    if article.corrections:
        yield "corrections:all"
    for claim in article.claims:
        yield f"claim:{claim.id}"
        for statement in claim.statements:
            yield f"source:{statement.by}"
            yield from (f"source:{carrier}" for carrier in statement.via)


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
