"""From the stage into the output, and into the record what stands there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.build.output import Stage, Written, file_of
from digest.build.planning import Plan, place_of
from digest.build.records import Made
from digest.build.searching import Part, search_files, settle_search, unsettle_search
from digest.build.stale import GONE, settle, unsettle
from digest.index.store import Store


def known_copies(store: Store) -> dict[str, str]:
    """The stamps of the files that were copied into the output, by name."""
    return dict(store.db.execute("SELECT name, stamp FROM copies"))


def commit(
    store: Store, stage: Stage, plan: Plan, made: list[Made], output: Path, pictures: set[str], parts: list[Part]
) -> Written:
    """Move what was made into the output, `pictures` and parts of the search index among it; the record says so only
    afterwards."""
    db = store.db
    known = known_copies(store)
    fresh = [c for c in plan.copies if not (c.stamp and known.get(c.name) == c.stamp)]
    fresh = [
        c for c in fresh if (c.name in pictures if c.width is not None else not stage.holds(c.source, c.name, c.data))
    ]
    gone = db.execute("SELECT 1 FROM pages WHERE family = ? LIMIT 1", (GONE,)).fetchone()
    is_same = known.keys() == {c.name for c in plan.copies} and not any(p.files for p in parts)
    if is_same and not fresh and gone is None and not any(m.staged for m in made):
        with store.transaction():
            settle(db, made)
            _note_copies(db, plan, known)
            settle_search(db, parts)
        return Written(0, 0, 0)
    for copy in fresh:
        if copy.width is None:
            stage.copy(copy.source, copy.name, copy.data)
    stage.mark()
    with store.transaction():
        store.set_meta("output", place_of(output))
        unsettle(db, made)
        unsettle_search(db, parts)
        db.executemany("INSERT OR REPLACE INTO copies VALUES (?, '')", [(c.name,) for c in fresh])
    searched = [name for part in parts for name in part.staged]
    staged = [*(c.name for c in fresh), *searched, *(file_of(m.address) for m in made if m.staged)]
    pages = db.execute("SELECT address FROM pages WHERE family <> ?", (GONE,))
    names = {c.name for c in plan.copies} | {file_of(address) for (address,) in pages}
    names |= set(search_files(db, parts))
    written = stage.commit(staged, names)
    with store.transaction():
        store.set_meta("output", place_of(output))
        settle(db, made)
        _note_copies(db, plan, {})
        settle_search(db, parts)
    return written


def _note_copies(db: sqlite3.Connection, plan: Plan, known: dict[str, str]) -> None:
    """These files stand in the output."""
    now = {c.name: c.stamp for c in plan.copies}
    if now != known:
        db.execute("DELETE FROM copies")
        db.executemany("INSERT INTO copies VALUES (?, ?)", list(now.items()))
