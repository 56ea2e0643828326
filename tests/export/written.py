"""Invented worlds of claims, written to disk as a digest that can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from digest.model import Claim, Registry, Source, Statement
from tests.labels.strategies import World


def tamed(world: World) -> World:
    """The world without what the reader refuses: unknown ids, words recorded before they were said, circles of
    dependence, claims that both benefit and harm one party."""
    registry, claims = world
    order = {id_: i for i, id_ in enumerate(claims)}
    return registry, {id_: _tamed(claim, registry, order) for id_, claim in claims.items()}


def _tamed(claim: Claim, registry: Registry, order: dict[str, int]) -> Claim:
    depends_on = claim.depends_on if order.get(claim.depends_on, len(order)) < order[claim.id] else ""
    statements = tuple(
        replace(
            s,
            via=tuple(v for v in s.via if v in registry.sources),
            derived_from=tuple(d for d in s.derived_from if d in registry.sources),
            said=min(s.said, s.recorded) if s.said else None,
        )
        for s in claim.statements
    )
    return replace(claim, depends_on=depends_on, statements=statements, harms=claim.harms - claim.benefits)


def write(world: World, root: Path) -> None:
    """Write the world as a digest: a registry, and an article for every ten claims."""
    registry, claims = world
    (root / "content").mkdir(parents=True)
    (root / "digest.yaml").write_text("title: World\nurl: https://example.org/\n", encoding="utf-8")
    sources = {id_: _source(source) for id_, source in registry.sources.items()}
    parties = {p.id: {"name": p.name, "opposes": sorted(p.opposes)} for p in registry.parties.values()}
    _dump(root / "content" / "sources.yaml", {"parties": parties, "sources": sources})
    made = list(claims.values())
    for number in range(0, len(made), 10):
        front = {
            "title": f"Article {number}",
            "date": "2025-07-01",
            "claims": [_claim(c) for c in made[number : number + 10]],
        }
        path = root / "content" / f"article-{number}.md"
        _dump(path, front)
        path.write_text(f"---\n{path.read_text(encoding='utf-8')}---\nText.\n", encoding="utf-8")


def _dump(path: Path, data: object) -> None:
    path.write_text(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes no aliases, since the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the base class passes it)
        return True


def _source(source: Source) -> dict[str, object]:
    relations: dict[str, list[dict[str, str]]] = {}
    for relation in source.relations:
        entry = {"party": relation.party}
        if relation.since:
            entry["from"] = relation.since.isoformat()
        if relation.until:
            entry["until"] = relation.until.isoformat()
        relations.setdefault(str(relation.kind), []).append(entry)
    return {"name": source.name, "kind": str(source.kind), "owner": source.owner, **relations}


def _claim(claim: Claim) -> dict[str, object]:
    override = claim.override
    extra: dict[str, object] = {
        "of": claim.of,
        "depends_on": claim.depends_on,
        "override": {
            "label": str(override.label),
            "reason": override.reason,
            "editor": override.editor,
            "date": f"{override.since:%Y-%m-%d}",
            "evidence": override.evidence,
        }
        if override
        else None,
    }
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": str(claim.kind),
        "benefits": sorted(claim.benefits),
        "harms": sorted(claim.harms),
        "statements": [_statement(s) for s in claim.statements],
        **{key: value for key, value in extra.items() if value},
    }


def _statement(statement: Statement) -> dict[str, object]:
    entry: dict[str, object] = {
        "by": statement.by,
        "says": str(statement.says),
        "basis": str(statement.basis),
        "recorded": statement.recorded.isoformat(),
        "via": list(statement.via),
        "derived_from": list(statement.derived_from),
    }
    return entry | ({"said": statement.said.isoformat()} if statement.said else {})
