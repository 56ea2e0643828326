"""An import from beginning to end: inputs to items, items to drafts in the digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from digest.content import Reading
from digest.content.files import Tree
from digest.importing.filing import Cabinet, Filed, Where
from digest.importing.inputs import Input, items_of
from digest.importing.items import Item
from digest.importing.known import imported
from digest.importing.raw import Known
from digest.importing.record import read_record
from digest.importing.sources import carrier_names, home_hosts, sources_of
from digest.problems import Problem


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did: the fate of each item, the items themselves, and all problems."""

    filed: tuple[Filed, ...] = ()
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_inputs(root: Path, reading: Reading, inputs: Sequence[Input], where: Where, today: date) -> Result:
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
    items: list[Item] = []
    for one in inputs:
        for part in items_of(one, known):
            cabinet.problems += part.problems
            for item in part.items:
                done = cabinet.file(item)
                if done:
                    filed.append(done)
                    items.append(item)
    cabinet.close()
    return Result(tuple(filed), tuple(items), tuple(cabinet.problems))
