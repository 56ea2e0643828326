"""From the digest's folder to the store's inputs: what changed is read again, everything else is remembered."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from digest import __version__
from digest.build.packed import PACKER
from digest.build.parsing import ParseJob, parse_batch
from digest.build.records import Record
from digest.build.sealed import Sealed, seal
from digest.build.work import Workers
from digest.content import read
from digest.content.articles import Parsed, ParsedNote, has_errors
from digest.content.context import Context
from digest.content.crosscheck import cross_problems
from digest.content.files import Tree
from digest.content.read import read_context
from digest.index.packing import sealed
from digest.index.store import Store
from digest.problems import Problem
from digest.render.stamps import moment, stamp_of

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

_GROUNDS = ("digest.yaml", "content/sources.yaml", "content/regions.yaml", "content/topics.yaml")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands in the digest's folder now. `context` is None where its settings or registries cannot be used;
    `grounds` is a fingerprint of all that decides what articles mean."""

    context: Context | None
    problems: tuple[Problem, ...]
    grounds: bytes = b""
    as_of: datetime | None = None


def gather(
    root: Path,
    store: Store,
    workers: Workers,
    as_of: Callable[[Context], datetime | None],
    progress: Progress,
) -> Gathered:
    """Bring the store's inputs up to date with the files, and say all that is wrong with them."""
    context, problems = read_context(root)
    if context is None or has_errors(list(problems)):
        return Gathered(None, read(root).problems)
    limit = as_of(context)
    grounds = _grounds(root, limit)
    anew = store.meta("grounds") != grounds
    paths, more = Tree(root).articles()
    stamps = _stamps(root, paths)
    known = {} if anew else dict(store.db.execute("SELECT path, stamp FROM inputs"))
    wanted = [path for path in paths if not stamps[path] or stamps[path] != known.get(path)]
    gone = known.keys() - stamps.keys()
    workers.start(len(wanted), store)
    with store.transaction():
        if anew:
            store.db.execute("DELETE FROM inputs")
            store.db.execute("DELETE FROM names")
        touched = _names_of(store.db, [*(p for p in wanted if p in known), *gone])
        _read_again(root, store, workers, seal(ParseJob(root, context, limit)), wanted, stamps, progress)
        for path in gone:
            store.db.execute("DELETE FROM names WHERE num = (SELECT num FROM inputs WHERE path = ?)", (path,))
            store.db.execute("DELETE FROM inputs WHERE path = ?", (path,))
        touched |= _names_of(store.db, wanted) if known else set()
        crossed = _crossed(store, context, touched, [*wanted, *gone], anew=anew)
        store.set_meta("grounds", grounds)
    return Gathered(context, (*problems, *more, *_own_problems(store.db), *crossed), grounds, limit)


def _grounds(root: Path, as_of: datetime | None) -> bytes:
    """A fingerprint of everything beside the articles that decides what articles mean."""
    tree = Tree(root)
    seen = hashlib.blake2b(f"{__version__} {as_of}".encode(), digest_size=16)
    for path in _GROUNDS:
        data, _ = tree.read(path)
        seen.update(b"-" if data is None else str(len(data)).encode() + b" " + data)
    return seen.digest()


def _stamps(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """What tells cheaply that a file may have changed; "" for one that changed a moment ago."""
    now = moment()
    base = str(root)
    stamps = {}
    for path in paths:
        try:
            found = os.stat(f"{base}/{path}")  # noqa: PTH116 (one of a hundred thousand, and Path is slow)
        except OSError:
            stamps[path] = ""
            continue
        stamps[path] = stamp_of(found, now)
    return stamps


def _read_again(
    root: Path,
    store: Store,
    workers: Workers,
    job: Sealed[ParseJob],
    wanted: Sequence[str],
    stamps: dict[str, str],
    progress: Progress,
) -> None:
    done = 0
    for records in workers.map(parse_batch, job, wanted):
        done += len(records)
        progress("articles read", done, len(wanted))
        _keep(store.db, records, stamps)
    missing = [p for p in wanted if not stamps[p] and not os.path.lexists(f"{root}/{p}")]
    store.db.executemany("DELETE FROM inputs WHERE path = ?", [(p,) for p in missing])


_INPUT = """INSERT INTO inputs (path, stamp, sha, kind, parsed, body, entry, draft, begins, ends, pictures, problems)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp,
sha = excluded.sha, kind = excluded.kind, parsed = excluded.parsed, body = excluded.body, entry = excluded.entry,
draft = excluded.draft, begins = excluded.begins, ends = excluded.ends, pictures = excluded.pictures,
problems = excluded.problems RETURNING num"""


def _keep(db: sqlite3.Connection, records: Iterable[Record], stamps: dict[str, str]) -> None:
    for record in records:
        entry = record.entry
        row = (
            record.path,
            stamps[record.path] if record.sha else "",  # what could not be read may be readable without having changed
            record.sha,
            record.kind,
            record.parsed,
            sealed(record.body.encode()),
            PACKER.pack(entry) if entry else None,
            int(entry.draft) if entry else 0,
            entry.begins if entry else "",
            entry.ends if entry else "",
            "\n".join(record.pictures),
            PACKER.pack(record.problems) if record.problems else None,
        )
        (num,) = db.execute(_INPUT, row).fetchone()
        db.execute("DELETE FROM names WHERE num = ?", (num,))
        db.executemany("INSERT INTO names VALUES (?, ?)", [(name, num) for name in record.names])


def _names_of(db: sqlite3.Connection, paths: Iterable[str]) -> set[str]:
    query = "SELECT name FROM names JOIN inputs USING (num) WHERE path = ?"
    return {row[0] for path in paths for row in db.execute(query, (path,))}


def _own_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for (packed,) in db.execute("SELECT problems FROM inputs WHERE problems IS NOT NULL"):
        yield from PACKER.unpack(packed)


def _crossed(
    store: Store, context: Context, touched: set[str], changed: Sequence[str], *, anew: bool
) -> tuple[Problem, ...]:
    """Problems between files: those among files that share a name with a changed one are worked out again."""
    kept: tuple[Problem, ...] = ()
    if anew:
        nums = _suspects(store.db)
    else:
        nums = _sharing(store.db, touched)
        paths = {p for (p,) in _rows(store.db, "SELECT path FROM inputs WHERE num = ?", nums)} | set(changed)
        before = store.meta("crossed")
        old = PACKER.unpack(before) if before else ()
        kept = tuple(p for p in old if not paths & {p.at.path, *(place.path for place in p.also)})
    files = _rows(store.db, "SELECT path, kind, parsed FROM inputs WHERE num = ?", nums)
    contents = [PACKER.unpack(parsed) for _path, kind, parsed in sorted(files) if kind != "note" or parsed]
    parsed = [c for c in contents if isinstance(c, Parsed)]
    notes = [c for c in contents if isinstance(c, ParsedNote)]
    found = cross_problems(parsed, notes, context.registered.source_ids)
    crossed = (*kept, *found)
    store.set_meta("crossed", PACKER.pack(crossed))
    return crossed


def _suspects(db: sqlite3.Connection) -> set[int]:
    """Files that share a name with another, or use what another must define: no others can contradict one another."""
    query = """SELECT DISTINCT num FROM names WHERE name IN (SELECT name FROM names GROUP BY name HAVING count(*) > 1)
    OR name = 'derives' OR (name > 'use ' AND name < 'use!')"""
    nums = {row[0] for row in db.execute(query)}
    return _sharing(db, {name for (name,) in _rows(db, "SELECT name FROM names WHERE num = ?", nums)})


def _sharing(db: sqlite3.Connection, names: set[str]) -> set[int]:
    """The files that have one of the names, and those that claims lead to from there, however far."""
    nums: set[int] = set()
    seen: set[str] = set()
    todo = {n for n in names if n != "derives"}
    while todo:
        seen |= todo
        found = {num for (num,) in _rows(db, "SELECT num FROM names WHERE name = ?", todo)} - nums
        nums |= found
        further = {name for (name,) in _rows(db, "SELECT name FROM names WHERE num = ?", found)}
        todo = {name for name in further if name.startswith("claim ")} - seen
    return nums


def _rows(db: sqlite3.Connection, query: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    for value in values:
        yield from db.execute(query, (value,))
