"""Reading files in batches: bytes in, records out. A batch can run in any process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from digest.build.packed import ENTRY, PARSED_NOTE, PROBLEMS, RECORDS, apart
from digest.build.records import ClaimState, Entry, Kept, Record, Said
from digest.build.sealed import Sealed
from digest.content.articles import Parsed, ParsedNote, has_errors, parse_article, parse_note
from digest.content.context import Context, Lookup
from digest.content.crosscheck import with_one_offs
from digest.content.files import NOTE, Tree
from digest.index.filing import changed_at, groups_beside, in_utc, merge_claims, newest_first, taxon_groups
from digest.index.index import since
from digest.index.memory import MemoryIndex
from digest.index.packing import fingerprint
from digest.index.stored import NOTE as NOTE_ITSELF
from digest.labels.verdict import Course, course
from digest.model import Article, Taxon, Taxonomy
from digest.model.settings import PageFamily
from digest.pages.article import compose_leaf
from digest.pages.compose import CARD, Composer
from digest.pages.edition import STORY, compose_story
from digest.pages.entries import ENTRY as ENTRY_IN_FEEDS
from digest.pages.entries import compose_entry
from digest.pages.leaf import LEAF
from digest.pages.rows import ROWS, compose_rows
from digest.pages.tongue import Tongue
from digest.pages.words import Words
from digest.problems import Problem, Severity
from digest.render.markdown import markdown, pictures


@dataclass(frozen=True, slots=True)
class ParseJob:
    """What a batch needs: the digest's folder, what articles are read against, and until when labels may know."""

    root: Path
    context: Context
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class _Read:
    path: str
    sha: bytes
    content: Parsed | ParsedNote | None
    problems: tuple[Problem, ...]

    @property
    def article(self) -> Parsed | None:
        """The article, if nothing is wrong with it: others are never filed, and may name what does not exist."""
        sound = isinstance(self.content, Parsed) and not has_errors(list(self.problems))
        return self.content if sound and isinstance(self.content, Parsed) else None


def parse_batch(sealed: Sealed[ParseJob], paths: Sequence[str]) -> bytes:
    """The records of some files, packed, in the same order; a file that is gone meanwhile gives none."""
    desk = _desk(sealed)
    tree = Tree(desk.job.root)  # a new one each time: what it knows of folders may not hold for long
    found = [read for path in paths if (read := _read(desk.job.context, tree, path)) is not None]
    return RECORDS.pack([desk.record(read) for read in found])


@lru_cache(maxsize=1)
def _desk(sealed: Sealed[ParseJob]) -> _Desk:
    return _Desk(sealed.open())


class _Desk:
    """One process's means of reading files for a job."""

    def __init__(self, job: ParseJob) -> None:
        context = job.context
        self.job = job
        self._to_html = markdown(context.settings.html)
        self._registry = context.registered.registry
        self._regions = _Tree("region", context.regions)
        self._topics = _Tree("topic", context.topics)
        self._tongue = Tongue(context.settings.language)
        self._words = Words(context.settings, self._registry, self._tongue)

    def record(self, read: _Read) -> Record:
        """The record of one file."""
        content = read.content
        names = tuple(dict.fromkeys(_names(content))) if content else ()
        problems = PROBLEMS.pack(read.problems) if read.problems else None
        if isinstance(content, ParsedNote):
            note = replace(content.note, body="")
            own, others = NOTE_ITSELF.pack(note), PARSED_NOTE.pack(replace(content, note=note))
            body = self._to_html(content.note.body, f"note-{note.day:%Y-%m-%d}")
            return Record(read.path, read.sha, "note", own, others, body, problems, names)
        main, rest = apart(content or Parsed(read.path))
        parsed = read.article
        if parsed is None or parsed.article is None:
            return Record(read.path, read.sha, "broken", main, rest, "", problems, names)
        article = parsed.article
        body = self._to_html(article.body, article.id)
        shown = tuple(dict.fromkeys([*([article.image.src] if article.image else []), *pictures(body)]))
        entry, kept = self._filed(parsed, article, body)
        packed = ENTRY.pack(entry)
        bounds = (entry.draft, entry.begins, entry.ends)
        return Record(read.path, read.sha, "article", main, rest, body, problems, names, shown, *bounds, packed, kept)

    def _filed(self, parsed: Parsed, article: Article, body: str) -> tuple[Entry, Kept]:
        """How to file an article and what to keep of it, as if there were no other and as if it were out."""
        job, registry = self.job, self._registry
        if parsed.one_offs:
            registry = with_one_offs(registry, [parsed])
        courses = {id_: course(c, {id_: c}, registry, job.as_of) for id_, c in merge_claims([article]).items()}
        index = MemoryIndex(
            job.context.settings,
            registry,
            self._regions.having(article.regions),
            self._topics.having(article.topics),
            {article.id: article},
            courses,
            {},
            {},
            {},
        )
        composer = Composer(index, self._tongue, None if parsed.one_offs else self._words)
        card = composer.compose_card(article)
        leaf, story = compose_leaf(composer, article, card), compose_story(composer, article, card)
        year = article.day.year
        taxa = [self._regions.groups(r, year) for r in article.regions]
        taxa += [self._topics.groups(t, year) for t in article.topics]
        entry = entry_of(parsed, article, composer, groups_beside(article, taxa))
        packed = CARD.pack(card), STORY.pack(story)
        outside = fingerprint((*packed, entry, article.corrections, article.claims))
        rows = ROWS.pack(compose_rows(composer, article)) if PageFamily.DATA in job.context.settings.pages else None
        feed = ENTRY_IN_FEEDS.pack(compose_entry(composer, leaf, card, body))
        return entry, Kept(packed[0], LEAF.pack(leaf), packed[1], rows, outside, feed)


class _Tree:
    """The regions or topics met so far, with all above them."""

    def __init__(self, kind: str, lookup: Lookup | None) -> None:
        self._kind = kind
        self._lookup = lookup
        self._met: dict[str, Taxon] = {}
        self.groups = lru_cache(4096)(self._groups)

    def having(self, taxa: Sequence[str]) -> Taxonomy:
        """These among them."""
        if self._lookup is not None and any(t not in self._met for t in taxa):
            self._met |= self._lookup.catalogue.taxonomy(taxa).taxa
        return Taxonomy(self._met)

    def _groups(self, taxon: str, year: int) -> tuple[str, ...]:
        return taxon_groups(self._kind, taxon, Taxonomy(self._met), str(year))


def _read(context: Context, tree: Tree, path: str) -> _Read | None:
    data, problems = tree.read(path)
    if data is None:
        return _Read(path, b"", None, tuple(problems)) if problems else None
    parse = parse_note if PurePosixPath(path).name == NOTE else parse_article
    content, problems = parse(path, data, context)
    return _Read(path, hashlib.blake2b(data, digest_size=16).digest(), content, tuple(problems))


def entry_of(parsed: Parsed, article: Article, composer: Composer, groups: tuple[str, ...]) -> Entry:
    """How to file an article under these groups, as far as the composer's index tells."""
    begins = max(article.date, article.embargo or article.date)
    return Entry(
        article.id,
        "|".join(newest_first(article)),
        article.address,
        article.withheld,
        begins.isoformat(),
        article.expires.isoformat() if article.expires else "",
        groups,
        tuple(state_of(c) for c in composer.courses(article) if c.claim.article == article.id),
        tuple(dict.fromkeys(c.id for c in article.claims)),
        tuple(_said(article)),
        in_utc(changed_at(article, composer.courses(article), composer.index.settings)),
        tuple(parsed.one_offs.values()),
    )


def state_of(found: Course) -> ClaimState:
    """A claim's label now, and a fingerprint that differs where anything that readers see of it differs."""
    seen = [(moment, v.label, v.rule, v.badges) for moment, v in zip(found.moments, found.verdicts, strict=True)]
    return ClaimState(
        found.claim.id,
        str(found.now.label),
        since(found).isoformat(),
        fingerprint((seen, found.claim)),
        found.claim.depends_on,
        found.claim.article,
        in_utc(found.moments[-1]),
        _stale_override(found) if found.now.stale else None,
    )


def _stale_override(found: Course) -> Problem:
    at = found.now.override.at if found.now.override else found.claim.at
    return Problem(
        "D490",
        f"something was recorded on “{found.claim.id}” after its label was overridden",
        at,
        Severity.WARNING,
        "look at it again, then give the override a new date or remove it",
    )


def _said(article: Article) -> Iterator[Said]:
    for claim in article.claims:
        for place, statement in enumerate(claim.statements):
            recorded, says = statement.recorded.isoformat(), str(statement.says)
            yield Said(statement.by, False, recorded, claim.id, place, says)  # noqa: FBT003 (a row)
            for carrier in dict.fromkeys(statement.via):
                if carrier != statement.by:
                    yield Said(carrier, True, recorded, claim.id, place, says)  # noqa: FBT003 (a row)


def _names(content: Parsed | ParsedNote) -> Iterator[str]:
    """Names that must agree between files: files that share none cannot contradict one another.

    "use …" marks a claim that the file names without defining it, "derives" what others must bear out.
    """
    if isinstance(content, ParsedNote):
        yield f"note {content.note.day}"
        for id_, _ in content.claim_words:
            yield from (f"claim {id_}", f"use {id_}")
        return
    if content.article is not None:
        yield f"id {content.article.id}"
        yield f"address {content.article.address}"
    yield from (f"address {alias.strip('/').removesuffix('index.html').strip('/')}/" for alias in content.alias_at)
    for claim in content.claims:
        yield f"claim {claim.id}"
        if not claim.defines:
            yield f"use {claim.id}"
        if claim.depends_on:
            yield from (f"claim {claim.depends_on}", f"use {claim.depends_on}")
        if {id_ for s in claim.statements for id_ in s.derived_from} - {s.by for s in claim.statements}:
            yield "derives"
    yield from (f"claim {id_}" for id_ in content.maybe_claims)
    yield from (f"source {id_}" for id_ in content.one_offs)
