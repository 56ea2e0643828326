"""Which pages may differ from what stands in the output: kept in the store until their bytes stand there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from digest.build.records import Made, Stale
from digest.build.touch import ALWAYS, LISTS, lists, owned, owner, shown_in
from digest.index.index import Index
from digest.pages.plan import FAMILIES, plan
from digest.pages.sheet import Planned
from digest.problems import Location, Problem

GONE = "gone"


def plan_all(db: sqlite3.Connection, index: Index, why: str) -> Iterator[Problem]:
    """Take every page of the site as possibly different."""
    known = {
        (family, key): address
        for address, family, key in db.execute("SELECT address, family, key FROM pages WHERE family <> ?", (GONE,))
    }
    expected: dict[tuple[str, str], Planned] = {(p.family, p.key): p for p in plan(index)}
    _lose(db, [address for page, address in known.items() if page not in expected or expected[page].address != address])
    yield from _add(db, [p for page, p in expected.items() if known.get(page) != p.address], why)
    db.execute("UPDATE pages SET stale = ? WHERE stale IS NULL", (why,))


def plan_family(db: sqlite3.Connection, index: Index, family: str, why: str) -> Iterator[Problem]:
    """Take the pages of one family away that the site no longer has, and add those that it has not had."""
    known = dict(db.execute("SELECT key, address FROM pages WHERE family = ?", (family,)))
    pages = FAMILIES[family].plan(index) if family in index.settings.pages else ()
    expected = {key: Planned(family, key, address) for key, address in pages}
    _lose(db, [address for key, address in known.items() if key not in expected or expected[key].address != address])
    yield from _add(db, [p for key, p in expected.items() if known.get(key) != p.address], why)


def plan_touched(db: sqlite3.Connection, index: Index, touched: Iterable[str]) -> Iterator[Problem]:
    """Take the pages as possibly different that stand behind some groups or show something of them."""
    groups = sorted(touched)
    expected = {group: {(p.family, p.key): p for p in owned(index, group)} for group in groups}
    known = {group: _known(db, group) for group in groups}
    for group, pages in known.items():  # all that go, before any that come: an address may pass from one to another
        _lose(db, [a for page, a in pages.items() if page not in expected[group] or expected[group][page].address != a])
    for group, planned in expected.items():
        yield from _add(db, [p for page, p in planned.items() if known[group].get(page) != p.address], group)
        db.execute(_OWN, (group, group))
        if known[group].keys() ^ planned.keys() and group.startswith(("region:", "topic:")):
            kind, _, key = group.partition(":")
            _mark(db, ((p.family, p.key) for p in planned.values() if p.family == kind and p.key != key), group)
    for group in groups:
        _mark(db, shown_in(index, group), group)
    if groups:
        _mark(db, ALWAYS, "newest")
    if any(lists(group) and known[group].keys() ^ expected[group].keys() for group in groups):
        yield from plan_touched(db, index, (LISTS,))


_OWN = """UPDATE pages SET stale = ? WHERE owner = ? AND stale IS NULL
AND NOT (family IN ('region', 'topic') AND instr(key, ':'))"""
"""Pages of a taxon's years show nothing of the others but their numbers: they have groups of their own."""


def _known(db: sqlite3.Connection, group: str) -> dict[tuple[str, str], str]:
    """The addresses of the pages that stand there because of a group, by family and key."""
    query = "SELECT family, key, address FROM pages WHERE owner = ? AND family <> ?"
    return {(family, key): address for family, key, address in db.execute(query, (group, GONE))}


def _mark(db: sqlite3.Connection, pages: Iterable[tuple[str, str]], why: str) -> None:
    query = "UPDATE pages SET stale = ? WHERE family = ? AND key = ? AND stale IS NULL"
    db.executemany(query, [(why, *page) for page in pages])


def _lose(db: sqlite3.Connection, addresses: Iterable[str]) -> None:
    query = "UPDATE pages SET family = ?, key = address, owner = '', stale = ? WHERE address = ?"
    db.executemany(query, [(GONE, GONE, address) for address in addresses])


def _add(db: sqlite3.Connection, pages: Iterable[Planned], why: str) -> Iterator[Problem]:
    for page in pages:
        row = db.execute("SELECT family, key, owner FROM pages WHERE address = ?", (page.address,)).fetchone()
        if row is not None and row[0] != GONE:
            yield _collision(page.address, owner(page), row[2])
            continue
        query = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, NULL, NULL)"
        db.execute(query, (page.address, page.family, page.key, owner(page), why))


def _collision(address: str, one: str, other: str) -> Problem:
    one, other = sorted((one, other))
    message = f"two pages want the address /{address}: {_named(one)} and {_named(other)}"
    by_alias = one.startswith("article:") or other.startswith("article:")
    hint = "rename one of them" + (", or take the address out of the article's `aliases:`" if by_alias else "")
    return Problem("D808", message, Location(f"/{address}"), hint=hint)


def _named(group: str) -> str:
    kind, _, key = group.partition(":")
    return f"{kind} {key}" if kind != "site" else "a page of the site itself"


def stale_pages(db: sqlite3.Connection) -> list[tuple[Stale, str]]:
    """The pages to look at, each with the reason, in an order that keeps neighbours together."""
    query = "SELECT address, family, key, view, sha, stale FROM pages WHERE stale IS NOT NULL AND family <> ? "
    rows = db.execute(query + "ORDER BY address", (GONE,))
    return [(Stale(a, f, k, view or b"", sha or b""), why) for a, f, k, view, sha, why in rows]


def unsettle(db: sqlite3.Connection, made: Iterable[Made]) -> None:
    """Before files are moved: from now on nothing is known of the pages that are on their way."""
    db.executemany(
        "UPDATE pages SET view = NULL, sha = NULL WHERE address = ?", [(m.address,) for m in made if m.staged]
    )


def settle(db: sqlite3.Connection, made: Iterable[Made]) -> None:
    """After files were moved: these pages stand in the output, and those that are gone are gone."""
    query = "UPDATE pages SET stale = NULL, view = ?, sha = ? WHERE address = ?"
    db.executemany(query, [(m.view, m.sha, m.address) for m in made])
    db.execute("DELETE FROM pages WHERE family = ?", (GONE,))
