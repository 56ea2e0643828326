"""Addresses live for ever: a build that would drop or move a published one leads on from it, or says that it is lost.

`content/permalinks.jsonl` holds a line for each address that was ever published, sorted: the address, and the article
that stood there or was led to from there. Lines are only added; two branches' lines merge into one another.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import MsgspecError, json
from msgspec.structs import replace

from digest.build.gone import Gone, fits, is_page, page_beside
from digest.build.lost import PERIOD, PERMALINKS, Permalink, lost_problems
from digest.build.stale import GONE
from digest.content.addresses import inside
from digest.pages.redirect import moved_key
from digest.pages.tombstone import key_of
from digest.problems import Location, Problem
from digest.replacing import replace_bytes

OWNER = "published:all"
"""Behind the pages that exist only because their addresses were published."""


_DECODER = json.Decoder(Permalink)


def read_permalinks(root: Path) -> tuple[dict[str, Permalink], list[Problem]]:
    """The published addresses that are not given up, and lines that are none."""
    lines, problems = _lines(root)
    return _promised(lines), problems


def _promised(lines: Sequence[Permalink]) -> dict[str, Permalink]:
    given_up = _given_up(lines)
    found: dict[str, Permalink] = {}
    for one in lines:
        if one.given_up or one.again <= given_up.get(one.address, -1):
            continue
        other = found.get(one.address)
        if other is None or (one.again, bool(one.id)) >= (other.again, bool(other.id)):
            found[one.address] = one
    return found


def _given_up(lines: Sequence[Permalink]) -> dict[str, int]:
    """The addresses that were given up, each with the last time that it was promised again before."""
    found: dict[str, int] = {}
    for one in lines:
        if one.given_up:
            found[one.address] = max(one.again, found.get(one.address, 0))
    return found


def _lines(root: Path) -> tuple[list[Permalink], list[Problem]]:
    try:
        data = (root / PERMALINKS).read_bytes()
    except FileNotFoundError:
        return [], []
    try:
        if not _ODD.search(data):  # to look at each of a million addresses takes longer than to read them
            return _DECODER.decode_lines(data), []
    except MsgspecError:
        pass
    return _one_by_one(data.splitlines())


_ODD = re.compile(rb'\\|//|/\.|"address":(?!"/)')
"""What no line has whose address stays inside the site, unless it is written as digest does not write it."""


def _one_by_one(lines: Iterable[bytes]) -> tuple[list[Permalink], list[Problem]]:
    found: list[Permalink] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        one = _read(line)
        if one is not None:
            found.append(one)
        else:
            hint = "take the line from git as it was; after a merge keep the lines of both sides"
            at = Location(PERMALINKS, number, 1)
            problems.append(Problem("D507", "the line is no published address", at, hint=hint))
    return found, problems


def _read(line: bytes) -> Permalink | None:
    try:
        one = _DECODER.decode(line)
    except MsgspecError:
        return None
    is_inside = one.address[:1] == "/" and inside(one.address[1:].removesuffix("/"))
    return one if is_inside or one.address == "/" else None


def add_permalinks(root: Path, published: Mapping[str, str], allowed: Collection[str] = ()) -> int:
    """Record the addresses of a site, each with its article's id or "", and those that were `allowed` to go (patterns);
    how many lines are new."""
    lines, _ = _lines(root)
    known, given_up = _promised(lines), _given_up(lines)
    lost = [address for address in known if address not in published and fits(address, allowed)]
    path = root / PERMALINKS
    before = path.read_bytes().splitlines() if path.exists() else []
    new = [Permalink(a, id_, again=given_up.get(a, -1) + 1) for a, id_ in published.items() if a not in known]
    held = {line for line in before if line.strip()}
    wanted = held | {json.encode(one) for one in (*new, *(replace(known[a], given_up=True) for a in lost))}
    if wanted - held:
        replace_bytes(path, b"".join(b"%b\n" % line for line in sorted(wanted)))
    return len(wanted - held)


def unrecorded(root: Path, published: Mapping[str, str]) -> dict[str, str]:
    """Those pages among published addresses, each with its article's id or "", that no line tells of."""
    told = {one.address for one in _lines(root)[0]} if published else set()
    return {address: id_ for address, id_ in published.items() if is_page(address) and address not in told}


def dropped(root: Path, going: Collection[str], given_up: Collection[str], gone: Gone) -> Iterator[Problem]:
    """The problems of published pages among the addresses that are `going`, as `lead_on` has them: for a site that is
    taken as it stands, whose build may have known less, or let more through."""
    promised, _ = read_permalinks(root)
    found = (promised[address] for address in going if address in promised and is_page(address))
    yield from lost_problems(
        one for one in found if not fits(one.address, given_up) and not gone.reason(one.address, one.id)
    )


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
    out = dict(db.execute("SELECT id, address FROM articles")) if missing else {}
    away = {one.address for one in missing if is_page(one.address)} | named
    redirects = db.execute("SELECT address, key FROM pages WHERE family = 'redirect'")
    led = {f"/{address}": key.partition(":")[0] for address, key in redirects}
    away |= led.keys()
    moved = _moved_periods(missing, published, out)
    lost: list[Permalink] = []
    for one in missing:
        beside = page_beside(one.address)
        id_ = one.id or led.get(beside, "")
        if id_ in out and is_page(one.address):
            _add(db, "redirect", one.address, f"{id_}:{one.address}")
        elif beside in moved and is_page(one.address):
            _add(db, "moved", one.address, moved_key(one.address, moved[beside]))
        elif reason := gone.reason(one.address, one.id):
            if is_page(one.address):
                _add(db, "tombstone", one.address, key_of(one.address.lstrip("/"), reason))
        elif not fits(one.address, given_up) and (beside == one.address or beside not in away):
            lost.append(one)
    yield from lost_problems(lost)


def _moved_periods(
    missing: Iterable[Permalink], published: Mapping[str, Permalink], out: Mapping[str, str]
) -> dict[str, str]:
    """The days, months and years that are missing, or that a missing letter lies beside, each with the latest one that
    its articles have now, without a leading slash; `out` are the addresses of the articles that are out, by id."""
    besides = (page_beside(one.address) for one in missing if is_page(one.address))
    periods = {address for address in besides if PERIOD.fullmatch(address)}
    moved: dict[str, str] = {}
    for one in published.values() if periods else ():
        if one.id not in out:
            continue
        parts = one.address.split("/")
        for depth in (1, 2, 3):
            period = "/".join(parts[: depth + 1]) + "/"
            if period in periods:
                now = "/".join(out[one.id].split("/")[:depth]) + "/"
                moved[period] = max(now, moved.get(period, ""))
    return moved


def _add(db: sqlite3.Connection, family: str, address: str, key: str) -> None:
    address = address.removeprefix("/")
    row = db.execute("SELECT view, sha FROM pages WHERE address = ?", (address,)).fetchone() or (None, None)
    query = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(query, (address, family, key, OWNER, OWNER, *row))
