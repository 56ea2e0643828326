"""The desk: owns the writing side of the preview's store, and brings it up to date with the files that changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from digest.build.files import theme_problems
from digest.build.gather import forget_all, grounds_of, own_problems, seen_beside, stamps_of, take_in
from digest.build.packed import RECORDS
from digest.build.parsing import ParseJob, parse_batch
from digest.build.planning import base_of, site_of
from digest.build.records import Record
from digest.build.refile import Filing
from digest.build.sealed import Sealed, seal
from digest.build.stale import plan_all, plan_touched
from digest.build.work import Workers
from digest.content.articles import has_errors
from digest.content.context import Context
from digest.content.files import Tree
from digest.content.read import read_context
from digest.index.store import Store
from digest.index.stored import Base, StoredIndex
from digest.preview.apply import Batch, Held, apply, take_stale
from digest.preview.footing import Ground
from digest.preview.paths import Kind, articles_below, files_below, kind_of
from digest.preview.proof import Footing, Proof, Reading
from digest.problems import Problem
from digest.render.theme import theme

Publish = Callable[[Proof], None]

FIRST, CHUNK = 200, 1000
"""Articles read before the first pages are shown, and at a time after that."""


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at the digest. `clock` decides what is out, unless `drafts` shows all; `as_of` bounds what labels may
    know (a date means its end in the digest's timezone)."""

    clock: datetime
    as_of: date | datetime | None = None
    drafts: bool = True


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What articles are read against: with its fingerprint, and ready to be sent to workers."""

    context: Context
    seen: bytes
    limit: datetime | None
    job: Sealed[ParseJob]


class Desk:
    """Follows the files of a digest; belongs to one thread. `publish` is told of each new proof, and returns once that
    is what readers see: the store does not change before."""

    def __init__(self, root: Path, store: Store, look: Look, publish: Publish) -> None:
        self._root = root
        self._store = store
        self._look = look
        self._publish = publish
        self._wrong: dict[str, Sequence[Problem]] = {}
        self._look_at_theme()
        self._grounds: _Grounds | None = None
        self._ground: Ground | None = None
        self._footing: Footing | None = None
        self._held: Held = {}
        self._former: dict[str, str] = {}
        self._base_path = "/"

    def begin(self) -> None:
        """Show what is known from last time, if all is as it was beside the articles."""
        grounds = self._read_grounds()
        if grounds is not None and self._store.meta("grounds") == self._store.meta("filed") == grounds.seen:
            self._grounds = grounds
            self._ground = Ground(grounds.context, base_of(self._store.db, grounds.context, grounds.limit))
        self._show(Proof(None, reading=Reading(0, 0)))

    def catch_up(self) -> None:
        """Look at all files, and read those that changed since they were read; all of them if what they are read
        against did."""
        if self._grounds is not None and self._ground is not None:
            self._catch_up(self._grounds, self._ground)
            return
        grounds = self._read_grounds()
        if grounds is None:
            self._show(Proof(None))
        else:
            self._begin_anew(grounds)

    def follow(self, changed: Collection[str]) -> None:
        """Bring the store up to date with paths that changed, relative to the root, and publish what came of it."""
        kinds = {path: kind_of(path) for path in changed}
        if Kind.THEME in kinds.values():
            self._look_at_theme()
        if Kind.GROUND in kinds.values():
            grounds = self._read_grounds()
            if grounds is not None and grounds.seen != self._store.meta("filed"):
                self._begin_anew(grounds)
        content = [path for path, kind in kinds.items() if kind is Kind.CONTENT]
        paths = sorted({*articles_below(self._root, self._store.db, content), *self._held})
        proof = self._read(paths) if paths else Proof(None, touched=frozenset())
        copied = {file for path, kind in kinds.items() if kind is Kind.FILE for file in files_below(self._root, path)}
        files = copied.union(path for path in content if (self._root / path).is_file()) - set(paths)
        self._show(
            replace(proof, files=frozenset(files), touched=None if Kind.THEME in kinds.values() else proof.touched)
        )

    def _look_at_theme(self) -> None:
        self._theme, self._wrong["theme"] = theme(self._root), tuple(theme_problems(self._root))

    def _read(self, paths: Sequence[str]) -> Proof:
        grounds, ground = self._grounds, self._ground
        if grounds is None or ground is None:
            return Proof(None, touched=frozenset())
        if len(paths) > CHUNK:
            self._catch_up(grounds, ground)
            return Proof(None)
        gone = [path for path in paths if not os.path.lexists(self._root / path)]
        stamps = stamps_of(self._root, paths)
        records = RECORDS.unpack(parse_batch(grounds.job, [path for path in paths if path not in gone]))
        return self._take(ground, Batch(records, stamps, gone))

    def _take(self, ground: Ground, batch: Batch) -> Proof:
        applied = apply(self._store, ground, self._filing, batch)
        self._held = {path: found for path, found in self._held.items() if path not in batch.paths} | applied.held
        self._wrong |= {"between": applied.crossed, "pages": applied.planned}
        return Proof(None, touched=applied.touched, moved=applied.moved, gone=applied.gone, regrouped=applied.regrouped)

    def _show(self, proof: Proof) -> None:
        """Publish a proof, with what its pages rest on and all that is known to be wrong."""
        db, footing = self._store.db, self._footing
        if self._ground is not None:
            base = self._ground.base
            if footing is None or footing.base is not base or footing.theme is not self._theme:
                footing = self._footing = Footing(base, site_of(base.settings, self._theme), self._theme)
        wrong = [p for where, found in self._wrong.items() for p in found if where != "between" or not proof.reading]
        problems = (*wrong, *own_problems(db), *(p for found in self._held.values() for p in found))
        query = "SELECT 1 FROM inputs WHERE path = ? AND kind = 'broken'"
        broken = frozenset(a for path, a in self._former.items() if db.execute(query, (path,)).fetchone())
        found = tuple(dict.fromkeys(problems))
        self._publish(replace(proof, footing=footing, problems=found, broken=broken, base_path=self._base_path))

    # settings and registries

    def _read_grounds(self) -> _Grounds | None:
        """What articles are to be read against. None where it cannot be used: then what was stays."""
        seen = seen_beside(self._root)
        context, problems = read_context(self._root)
        self._wrong["grounds"] = problems
        if context is None or has_errors(list(problems)):
            return None
        self._base_path = context.settings.base_path
        as_of = self._look.as_of
        limit = as_of if as_of is None or isinstance(as_of, datetime) else context.settings.end_of(as_of)
        return _Grounds(context, grounds_of(seen, limit), limit, seal(ParseJob(self._root, context, limit)))

    def _begin_anew(self, grounds: _Grounds) -> None:
        """Read everything. An empty store fills bit by bit; else the pages that stand are shown meanwhile."""
        shown = self._ground is not None
        query = "SELECT path, address FROM articles JOIN inputs USING (num)"
        former = dict(self._store.db.execute(query)) if shown else {}
        pile = self._pile(anew=True)
        with Workers(threaded=True) as workers:
            workers.start(len(pile.wanted), self._store)
            with self._store.transaction() if shown else nullcontext():
                ground = self._clear(grounds)
                if not shown:
                    self._grounds, self._ground = grounds, ground
                self._take_all(grounds, ground, pile, workers)
        self._grounds, self._ground, self._former = grounds, ground, former
        self._show(Proof(None))

    def _clear(self, grounds: _Grounds) -> Ground:
        """Begin with nothing read and nothing filed."""
        store, self._held = self._store, {}
        with nullcontext() if store.db.in_transaction else store.transaction():
            forget_all(store.db)
            take_in(store, grounds.context, (), {}, (), anew=True)
            base = self._filing(lambda: base_of(store.db, grounds.context, grounds.limit), anew=True).run()
            list(plan_all(store.db, StoredIndex(store.db, base), "everything"))
            take_stale(store.db)
            for name in ("grounds", "filed"):
                store.set_meta(name, grounds.seen)
        return Ground(grounds.context, base)

    # all files

    def _catch_up(self, grounds: _Grounds, ground: Ground) -> None:
        """Read all files that changed since they were read, and file what the clock has brought out or taken in."""
        pile = self._pile()
        with Workers(threaded=True) as workers:
            workers.start(len(pile.wanted), self._store)
            self._take_all(grounds, ground, pile, workers)
        db = self._store.db  # another than before, if workers were started
        with self._store.transaction():
            filing = self._filing(lambda: ground.follow(db, ()))
            ground.base, ground.keys = filing.run(), {}
            list(plan_touched(db, StoredIndex(db, ground.base), filing.touched))
            take_stale(db)
        self._show(Proof(None))

    def _pile(self, *, anew: bool = False) -> _Pile:
        """The files to read, newest first as far as their folders tell, and those that are gone."""
        paths, self._wrong["files"] = Tree(self._root).articles()
        stamps = stamps_of(self._root, paths)
        known = {} if anew else dict(self._store.db.execute("SELECT path, stamp FROM inputs"))
        wanted = [path for path in reversed(paths) if not stamps[path] or stamps[path] != known.get(path)]
        return _Pile(wanted, stamps, sorted(known.keys() - stamps.keys()))

    def _take_all(self, grounds: _Grounds, ground: Ground, pile: _Pile, workers: Workers) -> None:
        done, total = 0, len(pile.wanted)
        gone: Collection[str] = pile.gone
        for records in _in_chunks(map(RECORDS.unpack, workers.map(parse_batch, grounds.job, pile.wanted))):
            proof = self._take(ground, Batch(records, pile.stamps, gone, partial=total > CHUNK))
            done, gone = done + len(records), ()
            if done < total:
                touched = proof.touched if ground is self._ground else frozenset[str]()
                self._show(replace(proof, touched=touched, reading=Reading(done, total)))

    def _filing(self, base: Callable[[], Base], *, anew: bool = False, only: Iterable[int] | None = None) -> Filing:
        return Filing(self._store.db, base, self._look.clock, anew=anew, drafts=self._look.drafts, only=only)


@dataclass(frozen=True, slots=True)
class _Pile:
    wanted: Sequence[str]
    stamps: dict[str, str]
    gone: Sequence[str]


def _in_chunks(batches: Iterable[list[Record]]) -> Iterator[list[Record]]:
    """The batches put together, a small chunk first; at least one chunk, though it may be empty."""
    chunk: list[Record] = []
    size = FIRST
    for batch in batches:
        chunk += batch
        if len(chunk) >= size:
            yield chunk
            chunk, size = [], CHUNK
    yield chunk
