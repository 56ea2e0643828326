"""An import from beginning to end: inputs to items, items to drafts in the digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest.content import Reading
from digest.content.files import Tree
from digest.importing.confined import Workers
from digest.importing.filing import Cabinet, Filed, Where
from digest.importing.inputs import Input, items_of
from digest.importing.items import Found, Item
from digest.importing.known import imported
from digest.importing.raw import Known
from digest.importing.record import read_record
from digest.importing.sources import carrier_names, home_hosts, sources_of
from digest.problems import Problem
from digest.progress import Progress, quiet

Told = Callable[[Filed, Item], None]
"""Told of each item what became of it; nobody holds the items, for a site has tens of thousands."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did: the fate of each item, and all problems."""

    filed: tuple[Filed, ...] = ()
    problems: tuple[Problem, ...] = ()


def _untold(_filed: Filed, _item: Item) -> None:
    """Tell nobody."""


def import_inputs(
    root: Path,
    reading: Reading,
    inputs: Sequence[Input],
    where: Where,
    today: date,
    *,
    progress: Progress = quiet,
    told: Told = _untold,
) -> Result:
    """Import into the digest in that folder, as it was read. Inputs with problems are left out, the others are
    imported."""
    context = reading.context
    if reading.digest is None or context is None:
        return Result(problems=reading.problems)
    entries, found = read_record(Tree(root))
    if found:
        return Result(problems=tuple(found))
    registry = reading.digest.registry
    known = Known(
        today,
        carrier_names(registry),
        home_hosts(registry),
        is_topic=lambda word: bool(context.topics and context.topics.find(word)),
        is_region=lambda word: bool(context.regions and context.regions.find(word)),
    )
    sources = sources_of(registry)
    cabinet = Cabinet(root, reading.digest, context, sources, where, imported(entries, reading.digest))
    filed: list[Filed] = []
    with Workers() as workers:
        for one in inputs:
            for part in items_of(one, replace(known, confined=workers.read)):
                filed += _filed(cabinet, one, part, progress, told)
    cabinet.close()
    return Result(tuple(filed), tuple(cabinet.problems))


def _filed(cabinet: Cabinet, one: Input, part: Found, progress: Progress, told: Told) -> list[Filed]:
    cabinet.problems += part.problems
    filed = []
    for number, item in enumerate(part.items, 1):
        done = cabinet.file(item)
        if done:
            filed.append(done)
            told(done, item)
        if not part.parts:
            progress(one.name, number, len(part.items))
    if part.parts:
        progress(one.name, part.number, part.parts)
    return filed
