"""Reading files in batches: bytes in, records out. A batch can run in any process."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from digest.build.packed import PACKER
from digest.build.records import ClaimState, Entry, Record, Said
from digest.build.sealed import Sealed
from digest.content.articles import Parsed, ParsedNote, has_errors, parse_article, parse_note
from digest.content.context import Context
from digest.content.crosscheck import with_one_offs
from digest.content.files import NOTE, Tree
from digest.index.filing import groups_of, newest_first
from digest.index.index import since
from digest.index.memory import MemoryIndex, file_articles
from digest.labels.verdict import Course
from digest.model import Article, Digest, Taxonomy
from digest.pages.compose import Composer
from digest.pages.tongue import Tongue
from digest.problems import Problem, Severity
from digest.render.markdown import markdown, pictures

_FAR = datetime.max.replace(tzinfo=UTC)


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


def parse_batch(sealed: Sealed[ParseJob], paths: Sequence[str]) -> list[Record]:
    """The records of some files, in the same order; a file that is gone meanwhile gives none."""
    job = sealed.open()
    tree = Tree(job.root)
    found = [read for path in paths if (read := _read(job.context, tree, path)) is not None]
    tongue = Tongue(job.context.settings.language)
    to_html = markdown(job.context.settings.html)
    parsed = [article for r in found if (article := r.article) is not None]
    named = Counter(id_ for p in parsed for id_ in {c.id for c in p.claims})
    together = Composer(_index(job, [p for p in parsed if not _shares(p, named)]), tongue)

    def composer(read: _Read) -> Composer:
        """What one article alone tells must not depend on the others in its batch, which may not be out."""
        article = read.article
        if article is not None and _shares(article, named):
            return Composer(_index(job, [article]), tongue)
        return together

    return [_record(read, composer(read), to_html) for read in found]


def _shares(parsed: Parsed, named: Counter[str]) -> bool:
    return any(named[claim.id] > 1 or claim.depends_on for claim in parsed.claims)


def _read(context: Context, tree: Tree, path: str) -> _Read | None:
    data, problems = tree.read(path)
    if data is None:
        return _Read(path, b"", None, tuple(problems)) if problems else None
    parse = parse_note if PurePosixPath(path).name == NOTE else parse_article
    content, problems = parse(path, data, context)
    return _Read(path, hashlib.blake2b(data, digest_size=16).digest(), content, tuple(problems))


def _index(job: ParseJob, parsed: list[Parsed]) -> MemoryIndex:
    """Some articles as if there were no others, and as if all were out."""
    context = job.context
    articles = [replace(p.article, draft=False, embargo=None, expires=None) for p in parsed if p.article]
    regions, topics = {r for a in articles for r in a.regions}, {t for a in articles for t in a.topics}
    digest = Digest(
        context.settings,
        with_one_offs(context.registered.registry, parsed),
        context.regions.catalogue.taxonomy(regions) if context.regions else Taxonomy({}),
        context.topics.catalogue.taxonomy(topics) if context.topics else Taxonomy({}),
        tuple(articles),
        (),
    )
    return file_articles(digest, {}, _FAR, job.as_of)


def _record(read: _Read, composer: Composer, to_html: Callable[[str, str], str]) -> Record:
    content = read.content
    names = tuple(dict.fromkeys(_names(content))) if content else ()
    if isinstance(content, ParsedNote):
        note = content.note
        packed = PACKER.pack(replace(content, note=replace(note, body="")))
        body = to_html(note.body, f"note-{note.day:%Y-%m-%d}")
        return Record(read.path, read.sha, "note", packed, body, None, (), names, read.problems)
    if content is None or content.article is None:
        return Record(read.path, read.sha, "broken", PACKER.pack(content), "", None, (), names, read.problems)
    article = content.article
    packed = PACKER.pack(replace(content, article=replace(article, body="")))
    if read.article is None:
        return Record(read.path, read.sha, "article", packed, "", None, (), names, read.problems)
    body = to_html(article.body, article.id)
    shown = tuple(dict.fromkeys([*([article.image.src] if article.image else []), *pictures(body)]))
    entry = replace(entry_of(article, composer), one_offs=tuple(content.one_offs.values()))
    return Record(read.path, read.sha, "article", packed, body, entry, shown, names, read.problems)


def entry_of(article: Article, composer: Composer) -> Entry:
    """How to file an article, as far as the composer's index tells."""
    index = composer.index
    begins = max(article.date, article.embargo or article.date)
    return Entry(
        article.id,
        "|".join(newest_first(article)),
        article.address,
        article.draft,
        begins.isoformat(),
        article.expires.isoformat() if article.expires else "",
        tuple(groups_of(article, index.regions, index.topics)),
        tuple(state_of(c) for c in composer.courses(article) if c.claim.article == article.id),
        tuple(dict.fromkeys(c.id for c in article.claims)),
        tuple(_said(article)),
        PACKER.pack(composer.card(article.id)),
    )


def state_of(found: Course) -> ClaimState:
    """A claim's label now, and a fingerprint that differs where anything that readers see of it differs."""
    seen = [(moment, v.label, v.rule, v.badges) for moment, v in zip(found.moments, found.verdicts, strict=True)]
    fingerprint = repr((seen, found.claim)).encode()
    return ClaimState(
        found.claim.id,
        str(found.now.label),
        since(found).isoformat(),
        hashlib.blake2b(fingerprint, digest_size=16).digest(),
        found.claim.depends_on,
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
