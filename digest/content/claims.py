"""The claims of one article, from its front matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from digest.content.article_schema import ArticleEntry, ClaimEntry, OverrideEntry, StatementEntry
from digest.content.context import Context
from digest.content.dates import Moment, instant
from digest.content.findings import Findings, Path
from digest.content.registry import check_evidence, check_web, date_at, source_of
from digest.content.schema import OneOffEntry
from digest.content.text import ID, LONGEST, id_hint, line, source_slug
from digest.model import Basis, Claim, ClaimKind, Label, Override, Source, SourceKind, Stance, Statement
from digest.problems import Location

T = TypeVar("T")

REASON_LENGTH = 20
_ITS_BASIS_UNSTATED = frozenset({SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.SOCIAL})
_DEFINING = ("kind", "benefits", "harms", "of", "depends_on", "override", "place", "precision")


@dataclass(slots=True)
class ClaimReader:
    """Reads the claims of one article whose id and date are known; notes problems in `findings` and one-off sources
    in `one_offs`."""

    context: Context
    findings: Findings
    article: str
    date: Moment
    one_offs: dict[str, Source] = field(default_factory=dict)
    one_off_at: dict[str, Location] = field(default_factory=dict)
    dependency_at: dict[str, Location] = field(default_factory=dict)

    def claims(self, entry: ArticleEntry) -> tuple[Claim, ...]:
        """The claims that the front matter defines or mentions."""
        if entry.sources and entry.claims:
            hint = "list the sources as statements of a claim, or leave claims out"
            self.findings.key_error("D410", "an article has either sources or claims", ("sources",), hint)
        if entry.sources and not entry.claims:
            return (self._plain_item(entry),)
        self._read_one_offs(
            (statement.by, ("claims", i, "statements", j, "by"))
            for i, claim in enumerate(entry.claims)
            for j, statement in enumerate(claim.statements)
        )
        first: dict[str, int] = {}
        for i, claim in enumerate(entry.claims):
            if first.setdefault(claim.id, i) != i:
                also = [self.findings.place(("claims", first[claim.id], "id"))]
                hint = "give all its statements in one place"
                message = f"the claim “{claim.id}” stands twice in this article"
                self.findings.error("D413", message, ("claims", i, "id"), hint, also)
        return tuple(self._claim(claim, ("claims", i)) for i, claim in enumerate(entry.claims))

    def _plain_item(self, entry: ArticleEntry) -> Claim:
        """`sources:` stands for one claim whose text is the title."""
        entries = [StatementEntry(by=s) if isinstance(s, str) else s for s in entry.sources]
        paths: list[Path] = [("sources", i) for i in range(len(entries))]
        self._read_one_offs((e.by, (*path, "by")) for e, path in zip(entries, paths, strict=True))
        at = self.findings.place(("title",))
        statements = tuple(self._statement(e, path) for e, path in zip(entries, paths, strict=True))
        return Claim(self.article, line(entry.title), statements=statements, article=self.article, at=at)

    def _claim(self, entry: ClaimEntry, path: Path) -> Claim:
        findings = self.findings
        if not ID.fullmatch(entry.id):
            findings.error("D501", f"“{entry.id}” is not an id", (*path, "id"), id_hint(entry.id))
        statements = tuple(
            self._statement(statement, (*path, "statements", i)) for i, statement in enumerate(entry.statements)
        )
        at = findings.place((*path, "id"))
        if not entry.text:
            for key in _DEFINING:
                if getattr(entry, key):
                    hint = f"add its text, or move “{key}” to the article that defines the claim"
                    message = f"a claim without a text is only mentioned, and “{key}” belongs to its definition"
                    findings.key_error("D403", message, (*path, key), hint)
            return Claim(entry.id, "", statements=statements, article=self.article, at=at)
        self._check_definition(entry, path)
        return Claim(
            id=entry.id,
            text=line(entry.text),
            kind=entry.kind or ClaimKind.EVENT,
            benefits=frozenset(entry.benefits),
            harms=frozenset(entry.harms),
            of=entry.of or "",
            depends_on=entry.depends_on or "",
            override=self._override(entry.override, (*path, "override")) if entry.override else None,
            place=entry.place or "",
            precision=entry.precision or "",
            statements=statements,
            article=self.article,
            at=at,
        )

    def _check_definition(self, entry: ClaimEntry, path: Path) -> None:
        findings, registered = self.findings, self.context.registered
        for key, ids in (("benefits", entry.benefits), ("harms", entry.harms)):
            for i, id_ in enumerate(ids):
                registered.check_party(id_, findings, (*path, key, i))
        for i, id_ in enumerate(entry.harms):
            if id_ in entry.benefits:
                also = [findings.place((*path, "benefits", entry.benefits.index(id_)))]
                message = f"a claim cannot both benefit and harm “{id_}”"
                findings.error("D405", message, (*path, "harms", i), "keep one of the two", also)
        if entry.of:
            registered.check_source(entry.of, findings, (*path, "of"), besides=frozenset(self.one_offs))
        elif entry.kind in {ClaimKind.UTTERANCE, ClaimKind.ACT}:
            hint = "add of: the id of the source whose words or act it is"
            findings.warning("D408", f"a claim of the kind {entry.kind} does not say whose", (*path, "kind"), hint)
        if entry.depends_on:
            self.dependency_at[entry.id] = findings.place((*path, "depends_on"))

    def _statement(self, entry: StatementEntry, path: Path) -> Statement:
        findings, registered = self.findings, self.context.registered
        by, kind = self._speaker(entry.by, (*path, "by"))
        for i, id_ in enumerate(entry.via):
            registered.check_source(id_, findings, (*path, "via", i))
        for i, id_ in enumerate(entry.derived_from):
            registered.check_source(id_, findings, (*path, "derived_from", i), besides=frozenset(self.one_offs))
        check_web(entry.url, findings, (*path, "url"))
        check_web(entry.archive, findings, (*path, "archive"))
        said = self._moment(entry.said, (*path, "said"))
        recorded = self._moment(entry.recorded, (*path, "recorded")) or self.date
        if said and recorded.before(said) and (*path, "recorded") not in findings.dropped:
            what = f"recorded ({recorded.written})" if entry.recorded else f"the article's date ({recorded.written})"
            hint = f"expected {recorded.written} or earlier, or a later “recorded”"
            findings.error("D207", f"said ({said.written}) is after {what}", (*path, "said"), hint)
        return Statement(
            by=by,
            says=entry.says or Stance.ASSERTS,
            basis=entry.basis or _usual_basis(kind),
            recorded=recorded.at,
            via=tuple(entry.via),
            derived_from=tuple(entry.derived_from),
            said=instant(said),
            url=entry.url or "",
            archive=entry.archive or "",
            quote=entry.quote or "",
            note=entry.note or "",
            value=entry.value or "",
            unit=entry.unit or "",
            article=self.article,
            at=findings.place(path),
        )

    def _speaker(self, by: str | OneOffEntry, path: Path) -> tuple[str, SourceKind | None]:
        if not isinstance(by, str):
            return _one_off_id(by), by.kind
        self.context.registered.check_source(by, self.findings, path)
        source = self.context.registered.registry.sources.get(by)
        return by, source.kind if source else None

    def _read_one_offs(self, speakers: Iterable[tuple[str | OneOffEntry, Path]]) -> None:
        for by, path in speakers:
            if not isinstance(by, str):
                self._one_off(by, path)

    def _one_off(self, entry: OneOffEntry, path: Path) -> None:
        findings, registered = self.findings, self.context.registered
        id_ = _one_off_id(entry)
        if not ID.fullmatch(id_):
            how = f"make it shorter than {LONGEST} characters" if id_ else "use letters or digits in it"
            hint = f"{how}, or add the source to the registry"
            findings.error("D501", f"no id can be made of the name “{entry.name}”", (*path, "name"), hint)
            return
        known = id_ if id_ in registered.source_ids else registered.sources.written(entry.name)
        if known:
            message = f"“{entry.name}” stands in the registry already"
            findings.error("D305", message, (*path, "name"), f"write by: {known}")
            return
        source = source_of(id_, entry, registered, self.context.settings, findings, path)
        source = replace(source, one_off=True)
        earlier = self.one_offs.setdefault(id_, source)
        at = self.one_off_at.setdefault(id_, findings.place(path))
        conflict = one_off_conflict(earlier, source)
        if conflict:
            findings.error("D306", conflict, path, "describe it alike everywhere, or add it to the registry", [at])
        else:
            self.one_offs[id_] = merged(earlier, source)

    def _override(self, entry: OverrideEntry, path: Path) -> Override | None:
        findings, settings = self.findings, self.context.settings
        if len(entry.reason) < REASON_LENGTH:
            message = f"the reason has {len(entry.reason)} characters; readers need {REASON_LENGTH} or more"
            findings.error("D409", message, (*path, "reason"), "say what you know and how")
        if entry.label in {Label.CONFIRMED, Label.REFUTED} and not entry.evidence:
            hint = "add evidence: a URL or a text"
            findings.error("D409", f"an override to {entry.label} needs evidence", (*path, "label"), hint)
        check_evidence(entry.evidence, findings, (*path, "evidence"))
        date = self._moment(entry.date, (*path, "date"))
        if date is None:
            return None
        covers = date.at if date.has_time else settings.end_of(date.day)
        return Override(
            label=entry.label,
            reason=line(entry.reason),
            editor=entry.editor,
            since=date.at,
            covers=covers,
            evidence=entry.evidence or "",
            at=findings.place(path),
        )

    def _moment(self, text: str | None, path: Path) -> Moment | None:
        return date_at(text, self.context.settings, self.findings, path)


def one_off_conflict(one: Source, other: Source) -> str:
    """What two descriptions of one source in place say differently; "" if they agree as far as both say anything."""
    if one.name != other.name:
        return f"“{one.name}” and “{other.name}” would be one source"
    if one.kind != other.kind:
        return f"“{one.name}” is of the kind {one.kind} in one place and {other.kind} in another"
    for key in ("owner", "url", "country", "reliability_basis", "evidence"):
        first, second = getattr(one, key), getattr(other, key)
        if first and second and first != second:
            return f"“{one.name}” has the {key} “{first}” in one place and “{second}” in another"
    if "F" not in {one.reliability, other.reliability} and one.reliability != other.reliability:
        return f"“{one.name}” has the reliability {one.reliability} in one place and {other.reliability} in another"
    return ""


def merged(one: Source, other: Source) -> Source:
    """All that two descriptions of one source say, where they do not conflict."""
    if one == other:
        return one
    graded = one if one.reliability != "F" else other
    return replace(
        one,
        relations=_union(one.relations, other.relations),
        owner=one.owner or other.owner,
        url=one.url or other.url,
        country=one.country or other.country,
        aliases=_union(one.aliases, other.aliases),
        reliability=graded.reliability,
        reliability_basis=graded.reliability_basis or one.reliability_basis or other.reliability_basis,
        evidence=one.evidence or other.evidence,
    )


def _union(one: Sequence[T], other: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _one_off_id(entry: OneOffEntry) -> str:
    return source_slug(entry.name)


def _usual_basis(kind: SourceKind | None) -> Basis:
    return Basis.UNSTATED if kind in _ITS_BASIS_UNSTATED else Basis.OWN_RECORDS
