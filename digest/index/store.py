"""The embedded store behind incremental builds: a SQLite file in the digest's work folder."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest import __version__
from digest.index.packing import DamagedError
from digest.index.versions import versions

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
-- what was read: one row a file, also while the digest has errors and nothing is filed
CREATE TABLE inputs (
  num INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, sha BLOB NOT NULL, kind TEXT NOT NULL,
  draft INTEGER NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL, pictures TEXT NOT NULL, problems BLOB);
CREATE INDEX inputs_with_problems ON inputs (num) WHERE problems IS NOT NULL;
CREATE INDEX inputs_with_pictures ON inputs (num) WHERE pictures <> '';
-- and what is in it, apart from what is looked at in every build: `main` is an article or a note without its text;
-- `card`, `leaf`, `story`, `rows` and `feed` are what pages, data and feeds show of an article, as far as it alone
-- tells, `outside` a fingerprint of what other pages than its own show
CREATE TABLE contents (
  num INTEGER PRIMARY KEY, main BLOB, rest BLOB NOT NULL, body BLOB NOT NULL, entry BLOB, card BLOB, leaf BLOB,
  story BLOB, rows BLOB, outside BLOB, feed BLOB);
-- names that must agree between files: ids, addresses, claims, one-off sources, days of notes
CREATE TABLE names (name TEXT NOT NULL, num INTEGER NOT NULL, PRIMARY KEY (name, num)) WITHOUT ROWID;
CREATE INDEX names_by_num ON names (num);
-- what is filed: articles that are out; `alone` where nothing in other files changes what pages show of one, else
-- `card` is its entry in lists; `changed` is when its page last did
CREATE TABLE articles (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, address TEXT NOT NULL, sha BLOB NOT NULL,
  groups TEXT NOT NULL, claims TEXT NOT NULL, outside BLOB NOT NULL, alone INTEGER NOT NULL, card BLOB,
  changed TEXT NOT NULL);
CREATE INDEX articles_by_change ON articles (substr(sort, 1, 7), changed);
CREATE TABLE groups (
  gid INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, members INTEGER NOT NULL, UNIQUE (kind, key));
CREATE TABLE members (
  gid INTEGER NOT NULL, sort TEXT NOT NULL, num INTEGER NOT NULL, PRIMARY KEY (gid, sort, num)) WITHOUT ROWID;
CREATE TABLE claims (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, since TEXT NOT NULL, course BLOB NOT NULL, depends_on TEXT NOT NULL,
  warning BLOB, article TEXT NOT NULL, recorded TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX claims_by_label ON claims (label, since, id);
CREATE INDEX claims_by_dependence ON claims (depends_on) WHERE depends_on <> '';
CREATE TABLE article_claims (num INTEGER NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (num, claim)) WITHOUT ROWID;
CREATE INDEX article_claims_by_claim ON article_claims (claim);
CREATE TABLE said (
  source TEXT NOT NULL, carried INTEGER NOT NULL, recorded TEXT NOT NULL, claim TEXT NOT NULL, num INTEGER NOT NULL,
  place INTEGER NOT NULL, says TEXT NOT NULL, PRIMARY KEY (source, carried, recorded, claim, num, place)) WITHOUT ROWID;
CREATE INDEX said_by_article ON said (num);
CREATE TABLE notes (day TEXT PRIMARY KEY, num INTEGER NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
-- what was written: stale until its bytes stand in the output
CREATE TABLE pages (
  address TEXT PRIMARY KEY, family TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, stale TEXT,
  view BLOB, sha BLOB) WITHOUT ROWID;
CREATE UNIQUE INDEX pages_by_key ON pages (family, key);
CREATE INDEX pages_by_owner ON pages (owner);
CREATE INDEX pages_stale ON pages (address) WHERE stale IS NOT NULL;
-- pictures beside articles by their files, and those that pages show by the size that they know of
CREATE TABLE pictures (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha BLOB NOT NULL, sized BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE sized (
  address TEXT NOT NULL, src TEXT NOT NULL, sized BLOB NOT NULL, PRIMARY KEY (address, src)) WITHOUT ROWID;
-- the parts of the search index: stale until their files stand in the output
CREATE TABLE search (part TEXT PRIMARY KEY, stale INTEGER NOT NULL, seen BLOB, files TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE copies (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
"""
_FORM = 12
"""Of the tables and of what is packed in them."""


_NO_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""What SQLite says of the disk and of others that use it, not of the store."""


DAMAGE = (sqlite3.DatabaseError, DamagedError)
"""What is raised where a store does not hold what was put into it."""


class Store:
    """One connection to the store. `is_new` where it was begun anew; `said_new` tells why, "" where there was none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.said_new = ""
        self.is_new = False
        try:
            self.db = _open(path)
        except (sqlite3.DatabaseError, ValueError) as error:
            if of_the_disk(error):
                raise
            self.said_new = str(error) if path.exists() or path.is_symlink() else ""
            erase(path)
            self.db = _create(path)
            self.is_new = True

    def meta(self, name: str) -> bytes | None:
        """A value kept under a name."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: bytes) -> None:
        """Keep a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def tidy(self) -> None:
        """Bring into the file itself what was committed beside it, which waits for the disk; from now on no commit does
        so of itself."""
        with suppress(sqlite3.OperationalError):  # a disk that is full now may have room the next time
            self.db.execute("PRAGMA wal_autocheckpoint = 0")
            self.db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def transaction(self) -> Iterator[Callable[[], None]]:
        """Everything inside happens, or nothing of it: also where what it gives was called, or an error left it."""
        undone: list[bool] = []
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield lambda: undone.append(True)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("ROLLBACK" if undone else "COMMIT")

    @contextmanager
    def closed(self) -> Iterator[None]:
        """No connection is open inside."""
        self.db.close()
        try:
            yield
        finally:
            self.db = _connect(self.path)

    def close(self) -> None:
        """Close the connection."""
        self.db.close()


def of_the_disk(error: Exception) -> bool:
    """Whether the disk is at fault and not the store."""
    code = getattr(error, "sqlite_errorcode", None)  # an extended one, whose last byte is the primary one
    return code is not None and code & 0xFF in _NO_DAMAGE


def erase(path: Path) -> None:
    """Remove a store, and what SQLite keeps beside it; or whatever stands in their places."""
    for part in _parts(path):
        remove(part)


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]


def remove(path: Path) -> None:
    """Remove what stands at a place in the work folder, a folder with all that is in it; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection for a worker, which only reads."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    db.execute("PRAGMA query_only = 1")
    db.execute("PRAGMA mmap_size = 268435456")  # what is mapped counts as memory of whoever reads it
    return db


def _version() -> bytes:
    return " ".join((str(_FORM), __version__, *versions(sys.path))).encode()


def _open(path: Path) -> sqlite3.Connection:
    if path.is_symlink():
        raise ValueError("it was a link")
    if not path.exists():
        raise ValueError("there is none yet")
    if any(part.exists() and not part.is_file() for part in _parts(path)):
        raise ValueError("it was no file")
    db = _connect(path)
    try:
        row = db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    except sqlite3.DatabaseError:
        db.close()
        raise
    if row is None or row[0] != _version():
        db.close()
        raise ValueError("it was made by another version of digest or of a library")
    return db


def _create(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = _connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(SCHEMA)
    db.execute("INSERT INTO meta VALUES ('version', ?)", (_version(),))
    return db


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA temp_store = MEMORY")
    return db
