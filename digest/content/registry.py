"""content/sources.yaml: parties and sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from digest.content.dates import Moment, NotADate, instant, read_date
from digest.content.document import File
from digest.content.findings import Findings, Path
from digest.content.schema import PartyEntry, RegistryFile, RelationEntry, SourceEntry, SourceFields
from digest.content.suggest import Names, among
from digest.content.text import ID, SCHEME, WEB, id_hint
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map
from digest.model import Party, Registry, Relation, RelationKind, Settings, Source
from digest.problems import Problem

SOURCES_FILE = "content/sources.yaml"


@dataclass(frozen=True, slots=True)
class Registered:
    """What sources.yaml holds: the registry of all entries that could be read, and the words that name any entry.

    `parties` and `sources` lead from every id, name and alias to the id. Where `complete` is False the file could not
    be read, and no id counts as unknown.
    """

    registry: Registry = field(default_factory=lambda: Registry({}, {}))
    party_ids: frozenset[str] = frozenset()
    source_ids: frozenset[str] = frozenset()
    parties: Names = field(default_factory=lambda: Names({}))
    sources: Names = field(default_factory=lambda: Names({}))
    complete: bool = True

    def check_party(self, word: str, findings: Findings, path: Path) -> bool:
        """Whether a party has that id; a problem if none has."""
        if word in self.party_ids or not self.complete:
            return True
        hint = self.parties.meant(word) or _all("parties", self.party_ids)
        findings.error("D301", f"no party has the id “{word}”", path, hint)
        return False

    def check_source(self, word: str, findings: Findings, path: Path, *, besides: frozenset[str] = frozenset()) -> bool:
        """Whether a source of the registry, or one in `besides`, has that id; a problem if none has."""
        if word in self.source_ids or word in besides or not self.complete:
            return True
        by_name = self.sources.written(word)
        hint = f"write its id, {by_name}" if by_name else self.sources.meant(word)
        hint = hint or f"add it to {SOURCES_FILE}, or describe it in place: {{name: …, kind: …}}"
        findings.error("D302", f"no source has the id “{word}”", path, hint)
        return False


def parse_registry(file: File, settings: Settings) -> tuple[Registered, list[Problem]]:
    """The parties and sources that the file's text holds; what does not fit is left out of the registry."""
    root, problems = parse_yaml(file)
    if root is None:
        return Registered(complete=False), problems
    findings = Findings(file, root)
    entry = findings.validated(RegistryFile, root) or RegistryFile()
    raw_parties, raw_sources = _entries(root, "parties"), _entries(root, "sources")
    parties, sources = entry.parties, entry.sources
    registered = Registered(
        party_ids=frozenset(raw_parties),
        source_ids=frozenset(raw_sources),
        parties=_words({id_: [entry.name] for id_, entry in parties.items()}, raw_parties),
        sources=_words({id_: [entry.name, *entry.aliases] for id_, entry in sources.items()}, raw_sources),
    )
    for section, ids in (("parties", raw_parties), ("sources", raw_sources)):
        for id_ in ids:
            if not ID.fullmatch(id_):
                findings.key_error("D501", f"“{id_}” is not an id", (section, id_), id_hint(id_))
    _check_aliases(sources, findings)
    registry = Registry(
        _parties(parties, registered, findings),
        {
            id_: source_of(id_, entry, registered, settings, findings, ("sources", id_))
            for id_, entry in sources.items()
        },
    )
    return replace(registered, registry=registry), problems + findings.problems


def source_of(
    id_: str, entry: SourceFields, registered: Registered, settings: Settings, findings: Findings, path: Path
) -> Source:
    """The source that an entry describes, with problems noted for what is wrong in it."""
    relations: list[Relation] = []
    for kind, given in (
        (RelationKind.SPEAKS_FOR, entry.speaks_for),
        (RelationKind.CONTROLLED_BY, entry.controlled_by),
        (RelationKind.ALIGNED_WITH, entry.aligned_with),
    ):
        entries = given if isinstance(given, list) else [_tie(given)]
        for i, relation in enumerate(entries):
            at = (*path, kind.value, i) if len(entries) > 1 else (*path, kind.value)
            relations.append(_relation(kind, relation, registered, settings, findings, at))
    if entry.reliability not in {None, "F"} and not entry.basis:
        hint = "add basis: what the grade rests on, or leave the grade out (F, not judged)"
        findings.error("D304", f"the reliability {entry.reliability} has no basis", (*path, "reliability"), hint)
    check_web(entry.url, findings, (*path, "url"))
    check_evidence(entry.evidence, findings, (*path, "evidence"))
    return Source(
        id=id_,
        name=entry.name,
        kind=entry.kind,
        relations=tuple(relations),
        owner=entry.owner or "",
        url=entry.url or "",
        country=entry.country or "",
        aliases=tuple(entry.aliases),
        reliability=entry.reliability or "F",
        reliability_basis=entry.basis or "",
        evidence=entry.evidence or "",
    )


def _tie(given: RelationEntry | str) -> RelationEntry:
    return RelationEntry(party=given) if isinstance(given, str) else given


def check_web(url: str | None, findings: Findings, path: Path) -> None:
    """Note a problem where a text is given that is no http or https address."""
    if url and not WEB.fullmatch(url):
        findings.error("D208", f"“{url}” is not a web address", path, "expected http:// or https:// and no spaces")


def check_evidence(evidence: str | None, findings: Findings, path: Path) -> None:
    """Evidence is an address or any text, but no address that runs something."""
    if evidence and SCHEME.match(evidence):
        findings.error("D208", f"“{evidence}” is not a web address", path, "expected an http(s) address or a text")


def date_at(text: str | None, settings: Settings, findings: Findings, path: Path) -> Moment | None:
    """The moment that a text names; None where it is empty, or no date, which is a problem."""
    if text is None:
        return None
    moment = findings.dates.get(text)
    if moment is None:
        moment = findings.dates[text] = read_date(text, settings)
    if isinstance(moment, NotADate):
        findings.error("D205", moment.message, path, moment.hint)
        return None
    if moment.has_time:
        findings.moments.append((path, moment))
    return moment


def _relation(
    kind: RelationKind,
    entry: RelationEntry,
    registered: Registered,
    settings: Settings,
    findings: Findings,
    path: Path,
) -> Relation:
    registered.check_party(entry.party, findings, (*path, "party"))
    since = date_at(entry.since, settings, findings, (*path, "from"))
    until = date_at(entry.until, settings, findings, (*path, "until"))
    if since and until and until.before(since):
        message = f"until ({until.written}) is before from ({since.written})"
        findings.error("D207", message, (*path, "until"), "expected a later date")
    check_evidence(entry.evidence, findings, (*path, "evidence"))
    return Relation(kind, entry.party, instant(since), instant(until), entry.evidence or "")


def _parties(entries: dict[str, PartyEntry], registered: Registered, findings: Findings) -> dict[str, Party]:
    opposes: dict[str, set[str]] = {id_: set() for id_ in entries}
    for id_, entry in entries.items():
        for i, other in enumerate(entry.opposes):
            path = ("parties", id_, "opposes", i)
            if other == id_:
                findings.error("D312", f"the party “{id_}” cannot oppose itself", path)
            elif registered.check_party(other, findings, path) and other in opposes:
                opposes[id_].add(other)
                opposes[other].add(id_)
    return {id_: Party(id_, entry.name, frozenset(opposes[id_])) for id_, entry in entries.items()}


def _check_aliases(sources: dict[str, SourceEntry], findings: Findings) -> None:
    owner: dict[str, tuple[str, Path]] = {}
    for id_, entry in sources.items():
        owner.setdefault(id_, (id_, ("sources", id_)))
        owner.setdefault(entry.name.casefold(), (id_, ("sources", id_, "name")))
    for id_, entry in sources.items():
        for i, alias in enumerate(entry.aliases):
            path: Path = ("sources", id_, "aliases", i)
            other, first = owner.setdefault(alias.casefold(), (id_, path))
            if other != id_:
                message = f"“{alias}” names two sources, {other} and {id_}"
                findings.error("D303", message, path, "keep the alias with one of them", [findings.place(first)])


def _entries(root: Map, section: str) -> Map:
    node = root.get(section)
    return node if isinstance(node, Map) else Map(root.start)


def _words(names: dict[str, list[str]], ids: Map) -> Names:
    words = {id_: id_ for id_ in ids}
    for id_, every in names.items():
        for name in every:
            words.setdefault(name, id_)
    return Names(words)


def _all(what: str, ids: frozenset[str]) -> str:
    return f"{what}: {among(sorted(ids))}" if ids else f"add it to {SOURCES_FILE}"
