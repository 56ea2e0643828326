"""An index of articles that are all in memory: for tests, exports, explanations, and batches of a build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from digest.index.filing import changed_at, groups_of, in_utc, merge_claims, newest_first
from digest.index.index import Index, since
from digest.labels.verdict import Course, course
from digest.model import Article, Digest, EditionNote, Label, Registry, Settings, Stance, Statement, Taxonomy


@dataclass(frozen=True, slots=True)
class MemoryIndex(Index):
    """Articles, claims and groups as plain dictionaries."""

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy
    all_articles: dict[str, Article]
    courses: dict[str, Course]
    notes: dict[date, EditionNote]
    bodies: Mapping[str, str]
    groups: dict[str, tuple[str, ...]]

    def article(self, id_: str) -> Article:
        """An article that is out; KeyError if there is none."""
        return self.all_articles[id_]

    def addresses(self) -> Iterable[tuple[str, str]]:
        """Id and address of every article, newest first."""
        return ((a.id, a.address) for a in self.all_articles.values())

    def claims(self) -> Iterable[str]:
        """The ids of all claims."""
        return self.courses

    def course(self, claim: str) -> Course | None:
        """A claim with its labels through time."""
        return self.courses.get(claim)

    def label(self, claim: str) -> Label | None:
        """A claim's label now."""
        found = self.courses.get(claim)
        return found.now.label if found else None

    def body(self, key: str) -> str:
        """The text of an article or an editor's note."""
        return self.bodies.get(key, "")

    def note(self, day: date) -> EditionNote | None:
        """The editor's note of a day."""
        return self.notes.get(day)

    def group(self, key: str, limit: int = 0) -> tuple[str, ...]:
        """The members of a group."""
        members = self.groups.get(key, ())
        return members[:limit] if limit else members

    def count(self, key: str) -> int:
        """How many members a group has."""
        return len(self.group(key))

    def keys(self, kind: str) -> list[str]:
        """What the groups of a kind are about, sorted."""
        prefix = kind + ":"
        return sorted(key.removeprefix(prefix) for key in self.groups if key.startswith(prefix))

    def days(self, key: str) -> dict[date, int]:
        """On which days a group's articles appeared, and how many on each."""
        return Counter(a.day for a in self.members(key))

    def label_counts(self, key: str) -> Counter[Label]:
        """How many claims of a group's articles carry which label now."""
        claims = {c.id for a in self.members(key) for c in a.claims if c.id in self.courses}
        return Counter(self.courses[c].now.label for c in claims)

    def said(self, source: str, *, carried: bool, limit: int) -> list[tuple[str, Statement]]:
        """The newest statements that a source makes itself or carries for others."""
        return self._said(source, carried=carried)[:limit]

    def _said(self, source: str, *, carried: bool) -> list[tuple[str, Statement]]:
        found = [
            (claim.id, statement)
            for article in self.members(f"source:{source}")
            for claim in article.claims
            if claim.id in self.courses
            for statement in claim.statements
            if (statement.by != source and source in statement.via if carried else statement.by == source)
        ]
        return sorted(found, key=lambda pair: (pair[1].recorded, pair[0], pair[1].article), reverse=True)

    def stances(self, source: str) -> Counter[Stance]:
        """How many statements of which stance a source makes itself."""
        return Counter(s.says for _, s in self._said(source, carried=False))

    def carried(self, source: str) -> int:
        """How many statements a source carries for others."""
        return len(self._said(source, carried=True))

    def outcomes(self, source: str) -> Counter[Label]:
        """The labels now of the claims that a source asserted or supported."""
        claims = {claim for claim, s in self._said(source, carried=False) if s.says.polarity > 0}
        return Counter(self.courses[c].now.label for c in claims)

    def changes(self, key: str) -> list[tuple[str, str]]:
        """Address and last change of each article of a group."""
        return [(a.address, self._changed(a)) for a in reversed(self.members(key))]

    def _changed(self, article: Article) -> str:
        courses = [self.courses[c.id] for c in article.claims if c.id in self.courses]
        return in_utc(changed_at(article, courses, self.settings))

    def claim_changes(self, key: str) -> list[tuple[str, str]]:
        """The claims that the articles of a group define."""
        return sorted(
            (c.id, in_utc(max(self.courses[c.id].moments[-1], a.date)))
            for a in self.members(key)
            for c in a.claims
            if c.id in self.courses and self.courses[c.id].claim.article == a.id
        )

    def last_change(self, month: str) -> str:
        """The last change of an article of a month."""
        return max((self._changed(a) for a in self.members(f"month:{month}")), default="")

    def mentions(self, key: str) -> int:
        """How many claims the articles of a group name."""
        return sum(len({c.id for c in a.claims}) for a in (self.members(key) if key else self.all_articles.values()))


def file_articles(
    digest: Digest, bodies: Mapping[str, str], clock: datetime, as_of: datetime | None = None
) -> MemoryIndex:
    """File what is out at the wall-clock moment `clock`; labels take into account what was recorded by `as_of`
    (default: everything)."""
    out = sorted((a for a in digest.articles if a.out(clock)), key=newest_first, reverse=True)
    claims = merge_claims(out)
    courses = {id_: course(claim, claims, digest.registry, as_of) for id_, claim in claims.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for article in out:
        for key in groups_of(article, digest.regions, digest.topics):
            groups[key].append(article.id)
    for id_ in sorted(courses, key=lambda c: (since(courses[c]), c), reverse=True):
        groups[f"label:{courses[id_].now.label}"].append(id_)
    for id_ in sorted(courses):
        if courses[id_].claim.depends_on:
            groups[f"dependents:{courses[id_].claim.depends_on}"].append(id_)
    return MemoryIndex(
        digest.settings,
        digest.registry,
        digest.regions,
        digest.topics,
        {a.id: a for a in out},
        courses,
        {note.day: note for note in digest.notes},
        bodies,
        {key: tuple(members) for key, members in groups.items()},
    )
