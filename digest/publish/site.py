"""The built site as publishing sees it: its files by hash, and what it tells, from the index of the last build."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from digest.build.build import STORE
from digest.build.gone import expired, gone_of
from digest.build.output import MANIFEST, WORK, manifest
from digest.build.permalinks import dropped
from digest.index.packing import Codec, DamagedError
from digest.index.store import read_only
from digest.problems import Problem
from digest.publish.host import Moves
from digest.publish.manifest import Entry, Manifest, hash_of, make_manifest
from digest.publish.refused import RefusedError, refused
from digest.publish.told import told
from digest.render.stamps import moment, stamp_of
from digest.replacing import replace_bytes

_HASHES = "publish-hashes"
_KNOWN = Codec(dict[str, tuple[str, str, int]])


def local_manifest(root: Path, output: Path, now: datetime) -> Manifest:
    """What stands in the output, as a release made now. No build may run meanwhile.

    Raises RefusedError where nothing was built, or files of the site are missing or cannot be read.
    """
    work = root / WORK
    work.mkdir(exist_ok=True)
    with FileLock(work / "lock"):
        try:
            names = manifest(output)
        except OSError as error:
            raise _unreadable(_shown(root, output / MANIFEST), error) from error
        if names is None:
            raise refused("D911", "there is no built site", _shown(root, output), "run `digest build` first")
        return make_manifest(_entries(root, output, names), told(root), now.astimezone(UTC))


_AWAY = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
"""How reading a file ends that is not there any more, or whose place something else has taken."""


def _unreadable(place: str, error: OSError) -> RefusedError:
    hint = "look at its owner and mode, and at the disk; then publish again"
    return refused("D911", f"the built site cannot be read: {error.strerror or error}", place, hint)


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _entries(root: Path, output: Path, names: set[str]) -> dict[str, Entry]:
    """Hash and size of each file; only files that changed since they were last seen are read."""
    cache = root / WORK / _HASHES
    known = _known(cache)
    seen: dict[str, tuple[str, str, int]] = {}
    missing: list[str] = []
    now = moment()
    for name in sorted(names - {MANIFEST}):
        path = f"{output}/{name}"
        try:
            stamp = stamp_of(os.stat(path), now)  # noqa: PTH116 (one of many)
            before = known.get(name)
            if before is not None and stamp and before[0] == stamp:
                seen[name] = before
                continue
            data = Path(path).read_bytes()
        except _AWAY:
            missing.append(name)
            continue
        except OSError as error:
            raise _unreadable(_shown(root, Path(path)), error) from error
        seen[name] = (stamp, hash_of(data), len(data))
    if missing:
        what = f"{len(missing):,} files of the site are missing, {missing[0]} among them"
        raise refused("D911", what, _shown(root, output), "run `digest build --clean`")
    if seen != known:
        replace_bytes(cache, _KNOWN.pack(seen))
    return {name: Entry(hash_, size) for name, (_, hash_, size) in seen.items()}


def _known(cache: Path) -> dict[str, tuple[str, str, int]]:
    try:
        return _KNOWN.unpack(cache.read_bytes())
    except (OSError, DamagedError):
        return {}


def published_addresses(root: Path) -> dict[str, str]:
    """The addresses of the last build that must work for ever, each with the id of the article that it belongs to, or
    "": not those of what only lists the others for machines, such as a month's sitemap."""
    with closing(read_only(root / WORK / STORE)) as db:
        rows = db.execute("SELECT address, family, key FROM pages").fetchall()
    return {
        f"/{address}": key.partition(":")[0] if family in _OF_ARTICLES else ""
        for address, family, key in rows
        if family not in _NO_PROMISE
    }


def dropped_problems(
    root: Path, going: Collection[str], allowed: Collection[str], clock: datetime, listed: Mapping[str, str]
) -> list[Problem]:
    """What is wrong with taking published pages away: none of them may go but those that are `allowed` to (patterns),
    that went with an article whose time is over, or that are gone by `listed` (digest.yaml) and by articles."""
    with closing(read_only(root / WORK / STORE)) as db:
        return list(dropped(root, going, (*allowed, *expired(db, clock)), gone_of(db, listed)))


def moves_of(root: Path, base: str) -> Moves:
    """The redirects of the last build, and the addresses that are gone; `base` is the site's base path."""
    query = """SELECT p.address, a.address FROM pages p
    JOIN articles a ON a.id = substr(p.key, 1, instr(p.key, ':') - 1) WHERE p.family = 'redirect'
    UNION ALL SELECT address, substr(key, 1, instr(key, ':') - 1) FROM pages WHERE family = 'moved'"""
    with closing(read_only(root / WORK / STORE)) as db:
        moved = {base + source: base + target for source, target in db.execute(query)}
        gone = [base + address for (address,) in db.execute("SELECT address FROM pages WHERE family = 'tombstone'")]
    return Moves(moved, tuple(gone), base)


_OF_ARTICLES = ("article", "redirect")
_NO_PROMISE = ("gone", "notfound", "sitemap", "news", "robots")


def read_file(output: Path, name: str, entry: Entry) -> bytes:
    """A file's bytes, which are those that the plan was made of; RefusedError where they have changed since."""
    try:
        data = (output / name).read_bytes()
    except _AWAY:
        data = b""
    except OSError as error:
        raise _unreadable(name, error) from error
    if hash_of(data) != entry.hash:
        hint = "publish again; what is at the target is whole"
        raise refused("D911", "the site was built anew while it was being published", name, hint)
    return data
