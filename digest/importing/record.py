"""The record of what was imported: a file in content/ that keeps an import from doing anything twice, and from touching
what a person has touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path

from digest.content.files import CONTENT, Tree
from digest.problems import Location, Problem

RECORD = f"{CONTENT}/_imports.jsonl"
"""Files that begin with _ are no articles. It belongs under version control: it holds what an editor has decided."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An imported item: its key, the article's path, id and date, its link, the hash of what we wrote, a sketch of its
    text."""

    key: str
    path: str
    id: str
    date: str
    link: str
    hash: str
    sketch: tuple[str, ...]


_KEYS = tuple(key.name for key in fields(Entry))


def read_record(tree: Tree) -> tuple[list[Entry], list[Problem]]:
    """The entries of a digest's record; a line that is none is a problem, for without it a person's work is at risk."""
    data, problems = tree.read(RECORD)
    entries: list[Entry] = []
    for number, line in enumerate((data or b"").decode("utf-8", "replace").splitlines(), 1):
        try:
            held = json.loads(line)
            entries.append(Entry(**{**held, "sketch": tuple(held["sketch"])}))
        except (ValueError, TypeError, KeyError, RecursionError):
            hint = "take the line back from version control, or delete it: then its article counts as never imported"
            problems.append(
                Problem("D959", "the line is no entry of the record of imports", Location(RECORD, number, 1), hint=hint)
            )
    return entries, problems


def record_text(entries: Iterable[Entry]) -> str:
    """The record's text, sorted so that changes of two people merge."""
    return "".join(_line(entry) for entry in sorted(entries, key=lambda e: (e.path, e.key)))


def _line(entry: Entry) -> str:
    return json.dumps({key: getattr(entry, key) for key in _KEYS}, ensure_ascii=False) + "\n"


def written_hash(text: str) -> str:
    """What tells that an article is still as we wrote it."""
    return sha256(text.encode()).hexdigest()[:32]


def untouched(root: Path, entry: Entry) -> bool | None:
    """Whether an article is still as we wrote it; None where its file is gone."""
    data, _ = Tree(root).read(entry.path)
    return None if data is None else sha256(data).hexdigest()[:32] == entry.hash
