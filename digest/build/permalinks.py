"""Addresses live for ever: a build that would drop or move a published one leads on from it, or says that it is lost.

`content/permalinks.jsonl` holds a line for each address that was ever published, sorted: the address, and the article
that stood there or was led to from there. Lines are only added; two branches' lines merge into one another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from digest.build.packed import whole
from digest.build.stale import GONE
from digest.model import Article
from digest.problems import Location, Problem

PERMALINKS = "content/permalinks.jsonl"
OWNER = "published:all"
"""Behind the pages that exist only because their addresses were published."""


class Permalink(Struct, frozen=True, omit_defaults=True):
    """A published address with a leading slash; `id` is the article's, `given_up` where it was allowed to go."""

    address: str
    id: str = ""
    given_up: bool = False


def read_permalinks(root: Path) -> tuple[dict[str, Permalink], list[Problem]]:
    """The published addresses that are not given up, and lines that are none."""
    try:
        lines = (root / PERMALINKS).read_bytes().splitlines()
    except FileNotFoundError:
        return {}, []
    found: dict[str, Permalink] = {}
    given_up: set[str] = set()
    problems = []
    decoder = json.Decoder(Permalink)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = decoder.decode(line)
        except MsgspecError:
            hint = "take the line from git as it was; after a merge keep the lines of both sides"
            problems.append(
                Problem("D507", "the line is no published address", Location(PERMALINKS, number, 1), hint=hint)
            )
            continue
        if one.given_up:
            given_up.add(one.address)
        elif one.address not in found or one.id:
            found[one.address] = one
    return {address: one for address, one in found.items() if address not in given_up}, problems


def add_permalinks(root: Path, published: Mapping[str, str], allowed: Collection[str] = ()) -> int:
    """Record the addresses of a site, each with its article's id or "", and those that were `allowed` to go (patterns);
    how many lines are new."""
    known, _ = read_permalinks(root)
    lost = [address for address in known if address not in published and _fits(address, allowed)]
    path = root / PERMALINKS
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    new = [Permalink(address, id_) for address, id_ in published.items() if address not in known]
    lines = {line for line in before if line.strip()}
    wanted = lines | {
        json.encode(one).decode() for one in (*new, *(Permalink(a, known[a].id, given_up=True) for a in lost))
    }
    if wanted - lines:
        temporary = path.with_name(path.name + ".new")
        temporary.write_text("".join(f"{line}\n" for line in sorted(wanted)), encoding="utf-8")
        temporary.replace(path)
    return len(wanted - lines)


def put_aside(db: sqlite3.Connection) -> None:
    """Before pages are planned: those that lead on from published addresses stand in nobody's way."""
    query = "UPDATE pages SET family = ?, key = address, owner = '', stale = ? WHERE owner = ?"
    db.execute(query, (GONE, GONE, OWNER))


def lead_on(
    db: sqlite3.Connection, root: Path, copied: Iterable[str], clock: datetime, allowed: Collection[str]
) -> Iterator[Problem]:
    """After pages are planned: pages at published addresses that lead to where the article is now; a problem for each
    address that nothing stands for any more. `copied` are the addresses of files that go into the site as they are."""
    published, problems = read_permalinks(root)
    yield from problems
    if not published:
        return
    there = {f"/{address}" for (address,) in db.execute("SELECT address FROM pages WHERE family <> ?", (GONE,))}
    there |= {f"/{address}" for address in copied}
    missing = [one for address, one in sorted(published.items()) if address not in there]
    out = {id_ for (id_,) in db.execute("SELECT id FROM articles")} if missing else set()
    given_up = (*allowed, *_expired(db, clock)) if missing else ()
    for one in missing:
        if one.id in out and one.address.endswith("/"):
            _add(db, one)
        elif not _fits(one.address, given_up):
            yield _lost(one)


def _fits(address: str, allowed: Collection[str]) -> bool:
    return any(fnmatchcase(address, pattern) for pattern in allowed)


def _add(db: sqlite3.Connection, one: Permalink) -> None:
    address = one.address.removeprefix("/")
    row = db.execute("SELECT view, sha FROM pages WHERE address = ?", (address,)).fetchone() or (None, None)
    query = "INSERT OR REPLACE INTO pages VALUES (?, 'redirect', ?, ?, ?, ?, ?)"
    db.execute(query, (address, f"{one.id}:{one.address}", OWNER, OWNER, *row))


def _expired(db: sqlite3.Connection, clock: datetime) -> tuple[str, ...]:
    """Addresses, as patterns, that go with articles whose `expires` has come, which was said before."""
    query = (
        "SELECT main, rest FROM inputs JOIN contents USING (num) WHERE kind = 'article' AND ends <> '' AND ends <= ?"
    )
    found: set[str] = set()
    for main, rest in db.execute(query, (clock.isoformat(),)):
        article = whole(main, rest).article
        if article is not None:
            found |= set(_with_it(article))
    return tuple(found)


def _with_it(article: Article) -> Iterator[str]:
    """The pages that an article may have been the last reason for."""
    year, month, day = article.day.isoformat().split("-")
    yield from (f"/{article.address}", f"/{year}/", f"/{year}/{month}/", f"/{year}/{month}/{day}/")
    yield from article.aliases
    yield from (f"/claims/{claim.id}/" for claim in article.claims)
    yield from (f"/sources/{name}/" for c in article.claims for s in c.statements for name in (s.by, *s.via))
    if article.thread:
        yield f"/threads/{article.thread}/"
    yield from ("/regions/*", "/topics/*") if article.regions or article.topics else ()


def _lost(one: Permalink) -> Problem:
    what = f"the article “{one.id}” is" if one.id else "it leads to"
    missing = "not in the site any more" if one.id else "nothing any more"
    hint = (
        f"if its content stands elsewhere now: `aliases: [{one.address}]` in that article\n"
        "if it was a mistake: put the article back\n"
        f"if the address may go: --allow '{one.address}' (with * for many), once, when publishing"
    )
    return Problem("D506", f"{one.address} was published, and {what} {missing}", Location(PERMALINKS), hint=hint)
