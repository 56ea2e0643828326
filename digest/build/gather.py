"""From the digest's folder to the store's inputs: what changed is read again, everything else is remembered."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from digest import __version__
from digest.build.packed import PARSED_NOTE, PROBLEMS, RECORDS, whole
from digest.build.parsing import ParseJob, parse_batch
from digest.build.records import Record
from digest.build.sealed import seal
from digest.build.work import Workers
from digest.content import read
from digest.content.articles import has_errors
from digest.content.context import Context
from digest.content.crosscheck import cross_problems
from digest.content.files import Tree
from digest.content.read import read_context
from digest.content.settings import SETTINGS_FILE
from digest.index.packing import sealed
from digest.index.store import Store
from digest.problems import Problem
from digest.progress import Progress
from digest.render.stamps import moment, stamp_of

_GROUNDS = (SETTINGS_FILE, "content/sources.yaml", "content/regions.yaml", "content/topics.yaml")


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
    seen = seen_beside(root)  # before it is read: what changes meanwhile is read anew by the next build
    context, problems = read_context(root)
    if context is None or has_errors(list(problems)):
        return Gathered(None, read(root).problems)
    limit = as_of(context)
    grounds = grounds_of(seen, limit)
    anew = store.meta("grounds") != grounds
    paths, more = Tree(root).articles()
    stamps = stamps_of(root, paths)
    known = {} if anew else dict(store.db.execute("SELECT path, stamp FROM inputs"))
    wanted = [path for path in paths if not stamps[path] or stamps[path] != known.get(path)]
    gone = known.keys() - stamps.keys()
    workers.start(len(wanted), store)
    batches = _told(workers.map(parse_batch, seal(ParseJob(root, context, limit)), wanted), len(wanted), progress)
    with store.transaction():
        if anew:
            forget_all(store.db)
        gone |= {p for p in wanted if not stamps[p] and not os.path.lexists(f"{root}/{p}")}
        crossed = take_in(store, context, batches, stamps, gone, anew=anew)
        store.set_meta("grounds", grounds)
    return Gathered(context, (*problems, *more, *own_problems(store.db), *crossed), grounds, limit)


def seen_beside(root: Path) -> bytes:
    """A fingerprint of the settings, registries and catalogues as they stand in the digest's folder now, without what
    has no say in what articles mean: where the site is published, and which addresses are gone."""
    tree = Tree(root)
    seen = hashlib.blake2b(digest_size=16)
    for path in _GROUNDS:
        data, _ = tree.read(path)
        data = _deciding(data) if data is not None and path == SETTINGS_FILE else data
        seen.update(b"-" if data is None else str(len(data)).encode() + b" " + data)
    return seen.digest()


def _deciding(settings: bytes) -> bytes:
    """The settings' lines without the sections `publish` and `gone`; a section ends where the next key begins."""
    kept: list[bytes] = []
    skipping = False
    for line in settings.splitlines(keepends=True):
        if line[:1].strip() and not line.startswith(b"#"):
            skipping = _APART.match(line) is not None
        if not skipping:
            kept.append(line)
    return b"".join(kept)


_APART = re.compile(rb"(?:publish|gone)[ \t]*:")


def grounds_of(seen: bytes, as_of: datetime | None) -> bytes:
    """A fingerprint of everything beside the articles that decides what articles mean; `seen` is that of the files."""
    return hashlib.blake2b(seen + f"{__version__} {as_of}".encode(), digest_size=16).digest()


def stamps_of(root: Path, paths: Iterable[str]) -> dict[str, str]:
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


def _told(batches: Iterable[bytes], total: int, progress: Progress) -> Iterator[list[Record]]:
    done = 0
    for packed in batches:
        records = RECORDS.unpack(packed)
        done += len(records)
        progress("articles read", done, total)
        yield records


def forget_all(db: sqlite3.Connection) -> None:
    """Begin anew: nothing was read."""
    for table in ("inputs", "contents", "names"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 (a constant)


def take_in(
    store: Store,
    context: Context,
    batches: Iterable[Sequence[Record]],
    stamps: Mapping[str, str],
    gone: Iterable[str],
    *,
    anew: bool = False,
) -> tuple[Problem, ...]:
    """Inside a transaction: keep what was read, forget the files that are gone; all problems between files then.

    `stamps` are of the files that were read; `anew` where nothing was kept before.
    """
    db, gone, nums = store.db, list(gone), Numbers(store.db)
    touched = set() if anew else _names_of(db, gone)
    wanted: list[str] = []
    for records in batches:
        touched |= set() if anew else _names_of(db, (r.path for r in records))
        touched |= set() if anew else {name for record in records for name in record.names}
        wanted += [record.path for record in records]
        _keep(db, records, stamps, nums)
    _forget(db, gone)
    return _crossed(store, context, touched, [*wanted, *gone], anew=anew)


def _forget(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Nothing is kept of files that are gone."""
    given = [(path,) for path in paths]
    for table in ("names", "contents"):
        db.executemany(f"DELETE FROM {table} WHERE num = (SELECT num FROM inputs WHERE path = ?)", given)  # noqa: S608
    db.executemany("DELETE FROM inputs WHERE path = ?", given)


def _keep(db: sqlite3.Connection, records: Iterable[Record], stamps: Mapping[str, str], nums: Numbers) -> None:
    inputs, contents, names, known = [], [], [], []
    for r in records:
        num, is_known = nums.of(r.path)
        if is_known:
            known.append((num,))
        shown = "\n".join(r.pictures)
        stamp = stamps[r.path] if r.sha else ""  # what could not be read may be readable without having changed
        inputs.append((num, r.path, stamp, r.sha, r.kind, int(r.draft), r.begins, r.ends, shown, r.problems))
        kept = r.kept
        parts = (kept.card, kept.leaf, kept.story, kept.rows, kept.outside, kept.feed) if kept else (None,) * 6
        contents.append((num, r.main, r.rest, sealed(r.body.encode()), r.entry, *parts))
        names += [(name, num) for name in r.names]
    db.executemany("DELETE FROM names WHERE num = ?", known)
    db.executemany("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", inputs)
    db.executemany("INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
    db.executemany("INSERT INTO names VALUES (?, ?)", names)


class Numbers:
    """The numbers of files in the store: each keeps the one that it has."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._next = (db.execute("SELECT max(num) FROM inputs").fetchone()[0] or 0) + 1

    def of(self, path: str) -> tuple[int, bool]:
        """A file's number, and whether it had one before."""
        row = self._db.execute("SELECT num FROM inputs WHERE path = ?", (path,)).fetchone()
        if row is not None:
            return row[0], True
        self._next += 1
        return self._next - 1, False


def _names_of(db: sqlite3.Connection, paths: Iterable[str]) -> set[str]:
    query = "SELECT name FROM names JOIN inputs USING (num) WHERE path = ?"
    return {row[0] for path in paths for row in db.execute(query, (path,))}


def own_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """What is wrong in single files."""
    for (packed,) in db.execute("SELECT problems FROM inputs WHERE problems IS NOT NULL"):
        yield from PROBLEMS.unpack(packed)


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
        old = PROBLEMS.unpack(before) if before else ()
        kept = tuple(p for p in old if not paths & {p.at.path, *(place.path for place in p.also)})
    query = "SELECT path, kind, main, rest FROM inputs JOIN contents USING (num) WHERE num = ?"
    files = sorted(_rows(store.db, query, nums))
    parsed = [whole(main, rest) for _path, kind, main, rest in files if kind != "note"]
    notes = [PARSED_NOTE.unpack(rest) for _path, kind, _main, rest in files if kind == "note"]
    found = cross_problems(parsed, notes, context.registered.source_ids)
    crossed = (*kept, *found)
    store.set_meta("crossed", PROBLEMS.pack(crossed))
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
