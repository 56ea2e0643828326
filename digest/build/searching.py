"""The search index, one part for each month: an edit makes anew only the parts of the months that it touches."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from digest.build.output import Stage
from digest.index.index import Index
from digest.index.packing import fingerprint
from digest.index.stored import Base, StoredIndex
from digest.model.settings import PageFamily
from digest.pages.compose import Composer
from digest.pages.search import ENGINE_FOLDER, FOLDER, PARTS_FOLDER
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem

_ENGINE = ""
"""The part that holds the program and nothing to be found."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index as it is now: `seen` is a fingerprint of what can be found in it, `files` are all its files,
    or None where they are as they were, `staged` those that differ from the output."""

    name: str
    seen: bytes
    files: tuple[str, ...] | None
    staged: tuple[str, ...] = ()


def plan_search(db: sqlite3.Connection, index: Index, touched: Iterable[str] | None) -> None:
    """Take the parts as possibly different that hold something of the groups that were touched (None: of any)."""
    has_search = PageFamily.SEARCH in index.settings.pages
    wanted = {_ENGINE, *index.keys("month")} if has_search else set()
    known = {part for (part,) in db.execute("SELECT part FROM search")}
    db.executemany("DELETE FROM search WHERE part = ?", [(part,) for part in known - wanted])
    db.executemany("INSERT INTO search VALUES (?, 1, NULL, '')", [(part,) for part in wanted - known])
    if touched is None:
        db.execute("UPDATE search SET stale = 1")
    elif has_search:
        db.executemany("UPDATE search SET stale = 1 WHERE part = ?", [(m,) for m in _months(db, touched)])


def _months(db: sqlite3.Connection, touched: Iterable[str]) -> Iterator[str]:
    """The months of groups; an article may be touched without its month, where only its own page shows the change."""
    for group in touched:
        kind, _, key = group.partition(":")
        if kind == "month":
            yield key
        elif kind == "article":
            for (address,) in db.execute("SELECT address FROM articles WHERE id = ?", (key,)):
                yield address[:7].replace("/", "-")


def index_parts(db: sqlite3.Connection, base: Base, stage: Stage) -> tuple[list[Part], list[Problem]]:
    """Make the parts that may differ, and stage their files; or what keeps them from being made."""
    stale = list(db.execute("SELECT part, seen FROM search WHERE stale ORDER BY part"))
    if not stale:
        return [], []
    from digest.search.entries import entries  # noqa: PLC0415 (most builds need none of it)
    from digest.search.pagefind import SearchError, engine, index_of, program  # noqa: PLC0415 (likewise)

    language = base.settings.language.partition("-")[0].lower()
    made: list[Part] = []
    width = os.cpu_count() or 1
    waiting: deque[tuple[str, bytes, Future[dict[str, bytes]]]] = deque()
    composer = Composer(StoredIndex(db, base), Tongue(base.settings.language))
    try:
        _path, maker = program()
        with ThreadPoolExecutor(width) as pool:  # each thread waits for a process of Pagefind's
            for name, before in stale:
                found = [] if name == _ENGINE else list(entries(composer, name))
                seen = fingerprint((maker, language, found))
                if seen == before:
                    made.append(Part(name, seen, None))
                    continue
                work = pool.submit(engine, language) if name == _ENGINE else pool.submit(index_of, found, language)
                waiting.append((name, seen, work))
                if len(waiting) > width:
                    made.append(_staged(stage, *waiting.popleft()))
            while waiting:
                made.append(_staged(stage, *waiting.popleft()))
    except SearchError as error:
        hint = "`pip install --force-reinstall pagefind-bin` may help; `outputs: {search: false}` does without"
        return [], [Problem("D812", f"Pagefind cannot make the search index: {error}", Location(FOLDER), hint=hint)]
    return made, []


def set_aside(db: sqlite3.Connection) -> None:
    """Have the parts that may differ leave the site, so that nobody finds there what is no longer on a page; they stay
    to be made."""
    db.execute("UPDATE search SET seen = NULL, files = '' WHERE stale")


def _staged(stage: Stage, name: str, seen: bytes, work: Future[dict[str, bytes]]) -> Part:
    folder = ENGINE_FOLDER if name == _ENGINE else f"{PARTS_FOLDER}{name}/"
    files = {folder + file: data for file, data in work.result().items()}
    staged = tuple(file for file, data in files.items() if stage.write(file, data))
    return Part(name, seen, tuple(sorted(files)), staged)


def search_files(db: sqlite3.Connection, made: Iterable[Part]) -> Iterator[str]:
    """All files of the index, as it is when these parts stand in the output."""
    anew = {part.name: part.files for part in made if part.files is not None}
    for name, files in db.execute("SELECT part, files FROM search"):
        yield from anew.get(name, files.split("\n") if files else ())


def unsettle_search(db: sqlite3.Connection, made: Iterable[Part]) -> None:
    """Before files are moved: nothing is known of the parts that are on their way."""
    db.executemany("UPDATE search SET seen = NULL WHERE part = ?", [(p.name,) for p in made if p.files is not None])


def settle_search(db: sqlite3.Connection, made: Iterable[Part]) -> None:
    """After files were moved: these parts stand in the output."""
    for part in made:
        query = "UPDATE search SET stale = 0, seen = ?, files = ifnull(?, files) WHERE part = ?"
        db.execute(query, (part.seen, None if part.files is None else "\n".join(part.files), part.name))
