"""From one file's bytes to an article, or to an edition's note, with all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import field
from msgspec.structs import replace

from digest.content.addresses import not_an_address
from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.body import claim_words, text_problems
from digest.content.claims import ClaimReader
from digest.content.context import Context, Lookup
from digest.content.dates import Moment, NotADate, instant, read_date, with_offset
from digest.content.document import File, Parts, decode, front_matter, readable, with_lines
from digest.content.files import edition_day
from digest.content.findings import Findings
from digest.content.registry import date_at
from digest.content.schema import Strict
from digest.content.text import ID, LANGUAGE, SCHEME, id_hint, line
from digest.content.yaml_nodes import parse_yaml
from digest.frozen import Frozen
from digest.model import Article, Claim, Correction, EditionNote, Image, Source
from digest.problems import Location, Problem, Severity

E = TypeVar("E", bound=Strict)

_CLAIM_ID = re.compile(r"\bid: *[\"']?([a-z0-9][a-z0-9_-]*)")


_LAST = datetime.max.replace(tzinfo=UTC)
_UNKNOWN = Moment(_LAST, _LAST.date(), has_time=False, has_offset=False, written="")
"""Stands for a date that cannot be read, while all else that is wrong with the article is found: nothing is later."""


class Parsed(Frozen, frozen=True):
    """What one article's file holds. Where it has errors, `claims` are still those that could be read, and
    `maybe_claims` the ids that its front matter seems to define, so that one mistake does not become many."""

    path: str
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    one_offs: dict[str, Source] = field(default_factory=dict)
    one_off_at: dict[str, Location] = field(default_factory=dict)
    dependency_at: dict[str, Location] = field(default_factory=dict)
    alias_at: dict[str, Location] = field(default_factory=dict)
    image_at: Location | None = None
    maybe_claims: frozenset[str] = frozenset()


class ParsedNote(Frozen, frozen=True):
    """What one edition's note holds: the note, its date's place, and the claims that its text names, with places."""

    note: EditionNote
    at: Location
    claim_words: tuple[tuple[str, Location], ...] = ()


def parse_article(path: str, data: bytes, context: Context) -> tuple[Parsed, list[Problem]]:
    """Read an article. Pure: no file is touched, and the same bytes give the same answer in any process."""
    file, parts, entry, findings, problems = _open(path, data, ArticleEntry)
    if file is None or parts is None or entry is None or findings is None:
        maybe = frozenset(_CLAIM_ID.findall(readable(data)))
        return Parsed(path, maybe_claims=maybe), _finished(problems, data)
    parsed = _article(file, parts, entry, findings, context)
    if findings.dropped:
        parsed = replace(parsed, maybe_claims=frozenset(_CLAIM_ID.findall(file.text)))
    problems = problems + findings.problems
    problems += text_problems(file, parts.body, parsed.maybe_claims.union(claim.id for claim in parsed.claims))
    if not problems:
        return parsed, problems
    return parsed, _finished(problems, data)


def parse_note(path: str, data: bytes, context: Context) -> tuple[ParsedNote | None, list[Problem]]:
    """Read an edition's note. Pure, like `parse_article`."""
    file, parts, entry, findings, problems = _open(path, data, NoteEntry)
    if file is None or parts is None or entry is None or findings is None:
        return None, _finished(problems, data)
    written = entry.date or edition_day(path)
    moment = read_date(written, context.settings) if written else None
    if moment is None:
        hint = "add date: 2025-07-01, or put the file into a folder 2025/07/01"
        findings.error("D213", "the note does not say which day's edition it belongs to", (), hint)
    elif isinstance(moment, NotADate):
        findings.error("D205", moment.message, ("date",), moment.hint)
    problems = problems + findings.problems + text_problems(file, parts.body)
    if not isinstance(moment, Moment):
        return None, _finished(problems, data)
    note = EditionNote(
        day=moment.day,
        path=path,
        title=line(entry.title or ""),
        body=file.text[parts.body :],
        body_line=file.at(parts.body).line,
        authors=tuple(entry.authors),
    )
    named = tuple((id_, file.at(index)) for id_, index in claim_words(file, parts.body))
    return ParsedNote(note, findings.place(("date",)), named), _finished(problems, data)


def _open(
    path: str, data: bytes, model: type[E]
) -> tuple[File | None, Parts | None, E | None, Findings | None, list[Problem]]:
    file, problems = decode(path, data)
    if file is None:
        return None, None, None, None, problems
    parts, problems = front_matter(file)
    if parts is None:
        return file, None, None, None, problems
    root, problems = parse_yaml(file, parts.begin, parts.end)
    if root is None:
        return file, parts, None, None, problems
    findings = Findings(file, root)
    entry = findings.validated(model, root)
    return file, parts, entry, findings, problems if entry else problems + findings.problems


def _finished(problems: list[Problem], data: bytes) -> list[Problem]:
    return with_lines(problems, lambda _: readable(data)) if problems else []


def _article(file: File, parts: Parts, entry: ArticleEntry, findings: Findings, context: Context) -> Parsed:
    settings = context.settings
    id_ = _id(file.path, entry, findings)
    written = date_at(entry.date, settings, findings, ("date",))
    date = written or _UNKNOWN
    updated = _later("updated", entry.updated, date, findings, context)
    expires = _later("expires", entry.expires, date, findings, context)
    embargo = date_at(entry.embargo, settings, findings, ("embargo",))
    reader = ClaimReader(context, findings, id_, date)
    claims = reader.claims(entry)
    if entry.lang and not LANGUAGE.fullmatch(entry.lang):
        hint = "expected e.g. en, uk or zh-Hans"
        findings.error("D212", f"“{entry.lang}” is not a language tag (BCP 47)", ("lang",), hint)
    if entry.thread and not ID.fullmatch(entry.thread):
        findings.error("D501", f"“{entry.thread}” is not an id", ("thread",), id_hint(entry.thread))
    if entry.review and entry.status != "draft":
        hint = "take out each note that you have looked into, or write `status: draft`"
        findings.warning("D218", "review notes are left in an article that is no draft", ("review",), hint)
    aliases = tuple(_aliases(entry, findings))
    corrections = tuple(_corrections(entry, findings, context))
    _check_offsets(findings, context)
    article = Article(
        id=id_,
        path=file.path,
        title=line(entry.title),
        date=date.at,
        day=date.day,
        has_time=date.has_time,
        summary=line(entry.summary or ""),
        regions=_taxa(entry.regions, "region", "D307", context.regions, findings),
        topics=_taxa(entry.topics, "topic", "D308", context.topics, findings),
        thread=entry.thread or "",
        draft=entry.status == "draft",
        embargo=instant(embargo),
        expires=instant(expires),
        updated=instant(updated),
        authors=tuple(entry.authors),
        lang=entry.lang or "",
        image=_image(entry, findings),
        aliases=aliases,
        gone=line(entry.gone or ""),
        corrections=corrections,
        claims=claims,
        body=file.text[parts.body :],
        body_line=file.text.count("\n", 0, parts.body) + 1,
        at=findings.place(("id",) if entry.id else ("title",)),
    )
    if written is None:
        return Parsed(file.path, maybe_claims=frozenset(claim.id for claim in entry.claims if claim.text))
    return Parsed(
        file.path,
        article,
        claims,
        reader.one_offs,
        reader.one_off_at,
        reader.dependency_at,
        {alias: findings.place(("aliases", i)) for i, alias in enumerate(aliases)},
        findings.place(("image", "src")) if article.image else None,
    )


def _id(path: str, entry: ArticleEntry, findings: Findings) -> str:
    if entry.id:
        if not ID.fullmatch(entry.id):
            findings.error("D501", f"“{entry.id}” is not an id", ("id",), id_hint(entry.id))
        return entry.id
    place = PurePosixPath(path)
    name = place.parent.name if place.stem == "index" else place.stem
    if not ID.fullmatch(name) and ("id",) not in findings.dropped:
        hint = id_hint(name).replace("write ", "add the line id: ")
        findings.error("D501", f"the file's name “{name}” is not an id", (), hint)
    return name


def _later(key: str, text: str | None, date: Moment, findings: Findings, context: Context) -> Moment | None:
    moment = date_at(text, context.settings, findings, (key,))
    if moment and date is not _UNKNOWN and moment.before(date):
        message = f"{key} ({moment.written}) is before date ({date.written})"
        findings.error("D207", message, (key,), f"expected {date.written} or later", [findings.place(("date",))])
    return moment


def _check_offsets(findings: Findings, context: Context) -> None:
    """Times with an offset beside times without one are most likely meant in different timezones."""
    aware = next(((path, moment) for path, moment in findings.moments if moment.has_offset), None)
    if aware is None:
        return
    for path, moment in findings.moments:
        if not moment.has_offset:
            message = f"“{moment.written}” has no offset, but “{aware[1].written}” has one"
            hint = f"write {with_offset(moment, context.settings)}"
            findings.error("D206", message, path, hint, [findings.place(aware[0])])


def _taxa(words: list[str], what: str, code: str, lookup: Lookup | None, findings: Findings) -> tuple[str, ...]:
    if lookup is None:
        return ()
    ids = []
    for i, word in enumerate(words):
        id_ = lookup.find(word)
        if id_ is None:
            hint = lookup.meant(word) or f"add it to content/{what}s.yaml"
            findings.error(code, f"no {what} is known as “{word}”", (f"{what}s", i), hint)
        else:
            ids.append(id_)
    return tuple(dict.fromkeys(ids))


def _image(entry: ArticleEntry, findings: Findings) -> Image | None:
    image = entry.image
    if image is None:
        return None
    folder = PurePosixPath(findings.file.path).parent
    depth = len(folder.parts)
    for part in PurePosixPath(image.src).parts:
        depth += {"..": -1, ".": 0}.get(part, 1)
        if depth < 0:
            break
    if depth < 0 or image.src.startswith("/") or "\\" in image.src or SCHEME.match(image.src) or "://" in image.src:
        hint = "expected the name of a file beside the article, e.g. map.png"
        findings.error("D210", f"the picture “{image.src}” is not a file of this digest", ("image", "src"), hint)
        return None
    return Image(image.src, line(image.alt), image.credit or "", line(image.caption or ""))


def _aliases(entry: ArticleEntry, findings: Findings) -> Iterator[str]:
    for i, alias in enumerate(entry.aliases):
        wrong = not_an_address(alias)
        if wrong:
            findings.error("D504", wrong[0], ("aliases", i), wrong[1])
        yield alias


def _corrections(entry: ArticleEntry, findings: Findings, context: Context) -> Iterator[Correction]:
    for i, correction in enumerate(entry.corrections):
        moment = date_at(correction.date, context.settings, findings, ("corrections", i, "date"))
        if moment:
            yield Correction(moment.day, correction.text)


def has_errors(problems: list[Problem]) -> bool:
    """Whether one of the problems is more than a warning."""
    return any(problem.severity is Severity.ERROR for problem in problems)
