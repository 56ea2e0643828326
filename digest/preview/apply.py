"""One change to the store: files taken in, filed, pages found that may differ; what is wrong is held back, so that the
last good page stays."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.build.gather import take_in
from digest.build.packed import PROBLEMS
from digest.build.records import Record
from digest.build.refile import Filing
from digest.build.stale import GONE, plan_touched
from digest.content.articles import has_errors
from digest.index.store import Store
from digest.index.stored import Base
from digest.preview.footing import Ground, KeptIndex
from digest.problems import Problem, Severity

_TWICE = frozenset({"D401", "D502", "D505"})
"""Codes of what no further file can mend: a claim, an id or an address that stands twice."""

Held = dict[str, tuple[Problem, ...]]
MakeFiling = Callable[..., Filing]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were read, with their stamps, and files that are gone. While a batch is `partial`, others are still to
    come that may mend what is wrong between files."""

    records: Sequence[Record]
    stamps: Mapping[str, str]
    gone: Collection[str] = ()
    partial: bool = False

    @property
    def paths(self) -> list[str]:
        """All files of the batch."""
        return [*(record.path for record in self.records), *self.gone]


@dataclass(frozen=True, slots=True)
class Applied:
    """What a batch did: `regrouped` if a group may be new or empty now; addresses that may differ, those of articles
    that moved or are gone; the problems between all files, those of pages, and those of the files that were held back.
    """

    base: Base
    keys: dict[str, list[str]]
    regrouped: bool
    touched: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    crossed: tuple[Problem, ...] = ()
    planned: tuple[Problem, ...] = ()
    held: Held = field(default_factory=dict)


class _Filed(NamedTuple):
    num: int
    id: str
    address: str
    sha: bytes
    path: str
    groups: str


def apply(store: Store, ground: Ground, make: MakeFiling, batch: Batch) -> Applied:
    """Bring the store up to date with a batch, as far as nothing is wrong with its files.

    A file with errors leaves what was kept of it as it is; so does one that contradicts others.
    """
    wrong = {r.path: PROBLEMS.unpack(r.problems) for r in batch.records if r.problems}
    held: Held = {
        path: problems for path, problems in wrong.items() if has_errors(list(problems)) and _sound(store.db, path)
    }
    while True:
        store.db.execute("SAVEPOINT change")  # a transaction, or a part of one
        try:
            found = _attempt(store, ground, make, batch, held)
        except BaseException:
            _end(store.db, keep=False)
            raise
        _end(store.db, keep=isinstance(found, Applied))
        if isinstance(found, Applied):
            ground.base, ground.keys = found.base, found.keys
            return found
        held |= found


def _end(db: sqlite3.Connection, *, keep: bool) -> None:
    if not keep:
        db.execute("ROLLBACK TO change")
    db.execute("RELEASE change")


def _sound(db: sqlite3.Connection, path: str) -> bool:
    row = db.execute("SELECT kind FROM inputs WHERE path = ?", (path,)).fetchone()
    return row is not None and row[0] != "broken"


def _attempt(store: Store, ground: Ground, make: MakeFiling, batch: Batch, held: Held) -> Applied | Held:
    """Take in and file what is not held back; or what else is to be, because it contradicts others."""
    db = store.db
    records = [record for record in batch.records if record.path not in held]
    numbers = _numbers(db, batch.paths)
    one_offs = _one_offs(db, numbers)
    before = _filed(db, numbers)
    crossed = take_in(store, ground.context, [records], batch.stamps, batch.gone)
    more = _contradicting(crossed, batch, held)
    if more:
        return more
    db.executemany("UPDATE inputs SET stamp = '' WHERE path = ?", [(path,) for path in held])
    numbers |= _numbers(db, [record.path for record in records])
    one_offs |= _one_offs(db, numbers)
    filing = make(lambda: ground.follow(db, one_offs), only=numbers)
    base = filing.run()
    after = _filed(db, numbers)
    regrouped = {article.groups for article in before} != {article.groups for article in after}
    keys = {} if regrouped else ground.keys
    planned = tuple(plan_touched(db, KeptIndex(db, base, keys), filing.touched))
    if has_errors(list(planned)) and len(records) == 1:
        return {records[0].path: planned}
    moved, gone = _whither(before, after)
    return Applied(base, keys, regrouped, take_stale(db), moved, gone, crossed, planned, held)


def _numbers(db: sqlite3.Connection, paths: Iterable[str]) -> set[int]:
    query = "SELECT num FROM inputs WHERE path = ?"
    return {num for path in paths for (num,) in db.execute(query, (path,))}


def _one_offs(db: sqlite3.Connection, numbers: Iterable[int]) -> set[str]:
    query = "SELECT name FROM names WHERE num = ? AND name > 'source ' AND name < 'source!'"
    return {name.removeprefix("source ") for num in numbers for (name,) in db.execute(query, (num,))}


def _filed(db: sqlite3.Connection, numbers: Iterable[int]) -> list[_Filed]:
    query = """SELECT a.num, a.id, a.address, a.sha, i.path, a.groups FROM articles a JOIN inputs i USING (num)
    WHERE a.num IN (SELECT value FROM json_each(?))"""
    return [_Filed(*row) for row in db.execute(query, (json.dumps(sorted(numbers)),))]


def take_stale(db: sqlite3.Connection) -> frozenset[str]:
    """The addresses of pages that may differ, and of those that are no more; none of them are stale afterwards."""
    touched = frozenset(address for (address,) in db.execute("SELECT address FROM pages WHERE stale IS NOT NULL"))
    db.execute("DELETE FROM pages WHERE family = ?", (GONE,))
    db.execute("UPDATE pages SET stale = NULL WHERE stale IS NOT NULL")
    return touched


def _whither(before: Iterable[_Filed], after: Iterable[_Filed]) -> tuple[dict[str, str], dict[str, str]]:
    """Where articles went: by their file, else by their id, else by their bytes, for a file that was renamed."""
    now = list(after)
    stand = {article.address for article in now}
    ways = (
        {article.num: article.address for article in now},
        {article.id: article.address for article in now},
        {article.sha: article.address for article in now},
    )
    moved, gone = {}, {}
    for num, id_, address, sha, path, _ in before:
        if address in stand:
            continue
        target = ways[0].get(num) or ways[1].get(id_) or ways[2].get(sha)
        if target is not None:
            moved[address] = target
        else:
            gone[address] = path
    return moved, gone


def _contradicting(crossed: Iterable[Problem], batch: Batch, held: Held) -> Held:
    """Files of the batch that contradict others and are not held back yet, with what is wrong."""
    changed = set(batch.paths) - set(batch.gone) - held.keys()
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in crossed:
        if problem.severity is Severity.ERROR and (problem.code in _TWICE or not batch.partial):
            places = [problem.at.path] if problem.at.path in changed else [a.path for a in problem.also]
            for path in dict.fromkeys(p for p in places if p in changed):
                found[path].append(problem)
    return {path: tuple(problems) for path, problems in found.items()}
