"""Addresses live for ever: a build that would drop or move a published one leads on from it, or says that it is lost.

`content/permalinks.jsonl` holds a line for each address that was ever published, sorted: the address, and the article
that stood there or was led to from there. Lines are only added; two branches' lines merge into one another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from digest.build.gone import Gone, fits, is_page, page_beside
from digest.build.stale import GONE
from digest.pages.tombstone import key_of
from digest.problems import Location, Problem
from digest.replacing import replace_bytes

PERMALINKS = "content/permalinks.jsonl"
OWNER = "published:all"
"""Behind the pages that exist only because their addresses were published."""


class Permalink(Struct, frozen=True, omit_defaults=True):
    """A published address with a leading slash; `id` is the article's, `given_up` where it was allowed to go."""

    address: str
    id: str = ""
    given_up: bool = False


_DECODER = json.Decoder(Permalink)


def read_permalinks(root: Path) -> tuple[dict[str, Permalink], list[Problem]]:
    """The published addresses that are not given up, and lines that are none."""
    try:
        data = (root / PERMALINKS).read_bytes()
    except FileNotFoundError:
        return {}, []
    problems: list[Problem] = []
    try:
        lines = _DECODER.decode_lines(data)
    except MsgspecError:
        lines, problems = _one_by_one(data.splitlines())
    found: dict[str, Permalink] = {}
    given_up: set[str] = set()
    for one in lines:
        if one.given_up:
            given_up.add(one.address)
        elif one.address not in found or one.id:
            found[one.address] = one
    for address in given_up:
        found.pop(address, None)
    return found, problems


def _one_by_one(lines: Iterable[bytes]) -> tuple[list[Permalink], list[Problem]]:
    found: list[Permalink] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        try:
            found += [_DECODER.decode(line)] if line.strip() else []
        except MsgspecError:
            hint = "take the line from git as it was; after a merge keep the lines of both sides"
            at = Location(PERMALINKS, number, 1)
            problems.append(Problem("D507", "the line is no published address", at, hint=hint))
    return found, problems


def add_permalinks(root: Path, published: Mapping[str, str], allowed: Collection[str] = ()) -> int:
    """Record the addresses of a site, each with its article's id or "", and those that were `allowed` to go (patterns);
    how many lines are new."""
    known, _ = read_permalinks(root)
    lost = [address for address in known if address not in published and fits(address, allowed)]
    path = root / PERMALINKS
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    new = [Permalink(address, id_) for address, id_ in published.items() if address not in known]
    lines = {line for line in before if line.strip()}
    wanted = lines | {
        json.encode(one).decode() for one in (*new, *(Permalink(a, known[a].id, given_up=True) for a in lost))
    }
    if wanted - lines:
        replace_bytes(path, "".join(f"{line}\n" for line in sorted(wanted)).encode())
    return len(wanted - lines)


def put_aside(db: sqlite3.Connection) -> None:
    """Before pages are planned: those that lead on from published addresses stand in nobody's way."""
    query = "UPDATE pages SET family = ?, key = address, owner = '', stale = ? WHERE owner = ?"
    db.execute(query, (GONE, GONE, OWNER))


def lead_on(
    db: sqlite3.Connection, root: Path, copied: Iterable[str], given_up: Collection[str], gone: Gone
) -> Iterator[Problem]:
    """After pages are planned: pages at published addresses that lead to where the article is now, or say that it is
    gone; a problem for each address that nothing stands for any more. `copied` are the addresses of files that go into
    the site as they are, `given_up` patterns of addresses that may stop working."""
    published, problems = read_permalinks(root)
    yield from problems
    if not published and not gone.addresses:
        return
    there = {f"/{address}" for (address,) in db.execute("SELECT address FROM pages WHERE family <> ?", (GONE,))}
    there |= {f"/{address}" for address in copied}
    yield from gone.idle(there)
    named = gone.addresses - there
    for address in sorted(named):
        _add(db, "tombstone", address, key_of(address.lstrip("/"), gone.reason(address)))
    missing = [published[address] for address in sorted(published.keys() - there - named)]
    out = {id_ for (id_,) in db.execute("SELECT id FROM articles")} if missing else set()
    away = {one.address for one in missing if is_page(one.address)} | named
    redirects = db.execute("SELECT address, key FROM pages WHERE family = 'redirect'")
    led = {f"/{address}": key.partition(":")[0] for address, key in redirects}
    away |= led.keys()
    for one in missing:
        beside = page_beside(one.address)
        id_ = one.id or led.get(beside, "")
        if id_ in out and is_page(one.address):
            _add(db, "redirect", one.address, f"{id_}:{one.address}")
        elif reason := gone.reason(one.address, one.id):
            if is_page(one.address):
                _add(db, "tombstone", one.address, key_of(one.address.lstrip("/"), reason))
        elif not fits(one.address, given_up) and (beside == one.address or beside not in away):
            yield _lost(one)


def _add(db: sqlite3.Connection, family: str, address: str, key: str) -> None:
    address = address.removeprefix("/")
    row = db.execute("SELECT view, sha FROM pages WHERE address = ?", (address,)).fetchone() or (None, None)
    query = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(query, (address, family, key, OWNER, OWNER, *row))


def _lost(one: Permalink) -> Problem:
    what = f"the article “{one.id}” is" if one.id else "it leads to"
    missing = "not in the site any more" if one.id else "nothing any more"
    hint = (
        f"if its content stands elsewhere now: `aliases: [{one.address}]` in that article\n"
        f"if it was taken down: `gone: REASON` in the article, or `gone: {{{one.address}: REASON}}` in digest.yaml\n"
        f"if the address may stop working: --allow '{one.address}' (with * for many), once, when publishing\n"
        "and if it was a mistake: put the article back"
    )
    return Problem("D506", f"{one.address} was published, and {what} {missing}", Location(PERMALINKS), hint=hint)
