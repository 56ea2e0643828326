"""content/regions.yaml and content/topics.yaml: what a digest says about regions and topics itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from digest.content.catalogue import Catalogue, Entry
from digest.content.document import File
from digest.content.findings import Findings
from digest.content.schema import RegionEntry, RegionsFile, TaxonEntry, TopicsFile
from digest.content.suggest import did_you_mean
from digest.content.text import ID, id_hint
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map
from digest.model.taxa import PARTS
from digest.problems import Location, Problem

Maker: TypeAlias = Callable[[str, Sequence[Entry]], Catalogue]


def parse_taxa(file: File, section: str, language: str, make: Maker) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue with the file's entries over it; `section` is regions or topics. Entries with problems lose the
    part that is wrong; None where the file cannot be read or an entry does not fit: then no word counts as unknown."""
    root, problems = parse_yaml(file)
    if root is None:
        return None, problems
    findings = Findings(file, root)
    taxa = _taxa(section, root, findings)
    if taxa is None:
        return None, problems + findings.problems
    builtin = make(language, ())
    entries = [
        Entry(id_, e.name or "", e.parent or "", e.slug or "", _shapes(builtin, id_, e, findings))
        for id_, e in taxa.items()
    ]
    for entry in entries:
        if not ID.fullmatch(entry.id) and builtin.find(entry.id) is None:
            findings.key_error("D501", f"“{entry.id}” is not an id", (section, entry.id), id_hint(entry.id))
        if entry.slug and not ID.fullmatch(entry.slug):
            hint = id_hint(entry.slug)
            findings.error("D501", f"“{entry.slug}” cannot be a slug", (section, entry.id, "slug"), hint)
    _check_slugs(entries, section, findings)
    sound = _sound_parents(entries, section, findings, make(language, [replace(e, parent="") for e in entries]))
    return None if findings.dropped else make(language, sound), problems + findings.problems


def _shapes(builtin: Catalogue, id_: str, entry: TaxonEntry, findings: Findings) -> tuple[str, ...] | None:
    """The shapes that a region's `map` names, by code; None where it says nothing."""
    if not isinstance(entry, RegionEntry) or not entry.map:
        return None
    shapes: list[str] = []
    for i, word in enumerate(entry.map):
        code = word if word in PARTS else builtin.find(word) or ""
        if word == "none" and len(entry.map) == 1:
            break
        if code not in PARTS and not (len(code) == 2 and code.isalpha()):
            hint = did_you_mean(builtin.nearest(word)) or f"expected none, a country or one of {', '.join(PARTS)}"
            findings.error("D313", f"no country is known as “{word}”", ("regions", id_, "map", i), hint)
        else:
            shapes.append(code)
    return tuple(dict.fromkeys(shapes))


def _taxa(section: str, root: Map, findings: Findings) -> dict[str, TaxonEntry] | None:
    if section == "regions":
        regions = findings.validated(RegionsFile, root)
        return _given(regions.regions) if regions else None
    topics = findings.validated(TopicsFile, root)
    return _given(topics.topics) if topics else None


def _given(taxa: Mapping[str, TaxonEntry | None] | None) -> dict[str, TaxonEntry]:
    return {id_: entry or TaxonEntry() for id_, entry in (taxa or {}).items()}


def _check_slugs(entries: list[Entry], section: str, findings: Findings) -> None:
    first: dict[str, Location] = {}
    for entry in entries:
        if entry.slug:
            at = findings.place((section, entry.id, "slug"))
            if entry.slug in first:
                message = f"two {section} have the slug “{entry.slug}”"
                findings.error("D311", message, (section, entry.id, "slug"), "change one of them", [first[entry.slug]])
            first.setdefault(entry.slug, at)


def _sound_parents(entries: list[Entry], section: str, findings: Findings, flat: Catalogue) -> list[Entry]:
    """The entries without parents that do not exist or lead back to themselves; `flat` knows all names."""
    ids = {entry.id: flat.find(entry.id) or entry.id for entry in entries}
    parents: dict[str, str] = {}
    sound = []
    for entry in entries:
        path = (section, entry.id, "parent")
        parent = flat.find(entry.parent) if entry.parent else ""
        if parent is None:
            hint = did_you_mean(flat.nearest(entry.parent))
            findings.error("D309", f"no {section[:-1]} is known as “{entry.parent}”", path, hint)
            parent = ""
        parents[ids[entry.id]] = parent
        circle = _circle(ids[entry.id], parents, flat) if parent else []
        if circle:
            findings.error("D310", f"parents that lead in a circle: {' → '.join(circle)}", path, "change one parent")
            parents[ids[entry.id]] = ""
        sound.append(entry if parent and not circle else replace(entry, parent=""))
    return sound


def _circle(start: str, parents: dict[str, str], flat: Catalogue) -> list[str]:
    way = [start]
    while True:
        step = parents.get(way[-1]) or _parent(flat, way[-1])
        if not step:
            return []
        way.append(step)
        if step == start:
            return way
        if step in way[:-1]:
            return []


def _parent(flat: Catalogue, id_: str) -> str:
    try:
        return flat.taxon(id_).parent
    except KeyError:
        return ""
