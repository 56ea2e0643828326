"""What a site tells readers, from the index of the last build; articles that are as they were are not read again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.build.build import STORE
from digest.build.output import WORK
from digest.index.packing import Codec, DamagedError
from digest.index.store import read_only
from digest.index.stored import ARTICLE
from digest.model import Article
from digest.publish.manifest import Piece, Told
from digest.publish.refused import refused
from digest.replacing import replace_bytes

_KEPT = "publish-told"
_Known = dict[str, tuple[bytes, Piece, dict[str, str]]]
_PACKED: Codec[tuple[bytes, _Known]] = Codec(tuple[bytes, _Known])


def told(root: Path) -> Told:
    """The articles that are out, and each claim with its label. Raises RefusedError where a build that failed has left
    other texts in the index than the site shows."""
    db = read_only(root / WORK / STORE)
    try:
        known = _articles(db, root / WORK / _KEPT)
        labels = db.execute("SELECT id, label FROM claims").fetchall()
    finally:
        db.close()
    texts = {claim: text for _, _, own in known.values() for claim, text in own.items()}
    pieces = {id_: piece for id_, (_, piece, _) in known.items()}
    return Told(pieces, {id_: (texts.get(id_, ""), label) for id_, label in labels})


def _articles(db: sqlite3.Connection, kept: Path) -> _Known:
    """What is told of each article, with the hash of its source and the texts of the claims that it defines."""
    grounds = db.execute("SELECT value FROM meta WHERE name = 'filed'").fetchone()[0]
    before = _kept(kept, grounds)
    now: _Known = {}
    query = "SELECT id, a.num, a.sha, i.sha FROM articles a LEFT JOIN inputs i USING (num) ORDER BY id"
    for id_, num, sha, read in db.execute(query).fetchall():
        same = before.get(id_)
        if not (same and same[0] == sha) and read != sha:  # a build that failed has read another text since
            hint = "mend what `digest build` says, and build"
            raise refused("D911", f"the text of “{id_}” has changed since the site was built", "site", hint)
        now[id_] = same if same and same[0] == sha else _read(db, num, sha)
    if now != before:
        replace_bytes(kept, _PACKED.pack((grounds, now)))
    return now


def _kept(kept: Path, grounds: bytes) -> _Known:
    """What was kept, if settings and registries, which have a say in it, are the same."""
    try:
        by, known = _PACKED.unpack(kept.read_bytes())
    except (OSError, DamagedError):
        return {}
    return known if by == grounds else {}


def _read(db: sqlite3.Connection, num: int, sha: bytes) -> tuple[bytes, Piece, dict[str, str]]:
    article = ARTICLE.unpack(db.execute("SELECT main FROM contents WHERE num = ?", (num,)).fetchone()[0])
    return sha, _piece(article, sha), {claim.id: claim.text for claim in article.claims if claim.defines}


def _piece(article: Article, sha: bytes) -> Piece:
    corrections = tuple((c.day.isoformat(), c.text) for c in article.corrections)
    return Piece(article.address, article.title, sha.hex()[:16], corrections)
