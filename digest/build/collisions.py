"""Addresses that two things want: pages, files that are copied, redirects, the search index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from digest.build.files import Copy
from digest.build.output import MANIFEST
from digest.build.stale import GONE
from digest.pages.search import ENGINE_FOLDER, PARTS_FOLDER
from digest.problems import Location, Problem


def collisions(db: sqlite3.Connection, found: Iterable[Copy]) -> Iterator[Problem]:
    """Files that want the name of a page, or of one another."""
    taken: dict[str, str] = {MANIFEST: "the list of files that digest keeps"}
    for address, owner in db.execute("SELECT address, owner FROM pages WHERE family = 'redirect'"):
        if address.rstrip("/") == MANIFEST:
            yield _wanted(address, taken[MANIFEST], owner)
    for copy in found:
        address = copy.name.removesuffix("index.html") if copy.name.endswith(("/index.html",)) else copy.name
        row = db.execute("SELECT family FROM pages WHERE address = ? AND family <> ?", (address, GONE)).fetchone()
        other = f"the {row[0]} page" if row else taken.get(copy.name) or _searching(db, copy.name)
        if other is not None and other != copy.shown:
            yield _wanted(
                address, other, copy.shown, f"or leave that page out (outputs: without: [{row[0]}])" if row else ""
            )
        taken.setdefault(copy.name, copy.shown)
    yield from _files_as_folders(db, taken)


def _searching(db: sqlite3.Connection, name: str) -> str | None:
    has_search = db.execute("SELECT 1 FROM search LIMIT 1").fetchone() is not None
    return "the search index" if has_search and name.startswith((ENGINE_FOLDER, PARTS_FOLDER)) else None


def _files_as_folders(db: sqlite3.Connection, copied: dict[str, str]) -> Iterator[Problem]:
    """Names that one thing wants for a file and another for a folder."""
    query = """SELECT address FROM pages WHERE address NOT LIKE '%/' AND address <> ''
    AND family NOT IN (?, 'feed', 'jsonfeed', 'card', 'mail', 'data')"""
    leaves = copied | {address: f"the page /{address}" for (address,) in db.execute(query, (GONE,))}
    below = "SELECT address FROM pages WHERE address >= ? AND address < ? AND family <> ? LIMIT 1"
    for name, shown in leaves.items():
        for (address,) in db.execute(below, (f"{name}/", f"{name}0", GONE)):
            yield _wanted(name, shown, f"the page /{address}")
        for parent in PurePosixPath(name).parents[:-1]:
            if str(parent) in leaves:
                yield _wanted(str(parent), leaves[str(parent)], shown)


def _wanted(address: str, one: str, other: str, more: str = "") -> Problem:
    message = f"two things want the address /{address}: {one} and {other}"
    hint = ", ".join(part for part in ("rename one of them", more) if part)
    return Problem("D808", message, Location(other if "/" in other and " " not in other else one), hint=hint)
