"""Everything that the program rclone reaches (`rclone:remote:path`), as a bucket: SFTP, WebDAV, FTP, B2 and many more.

Remotes and their secrets are rclone's own: `rclone config`, or RCLONE_CONFIG_… in the environment.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from msgspec import Struct, json

from digest.publish.bucket import Headers, Seen, Upload
from digest.publish.inplace import BucketTarget
from digest.publish.program import answer, last_words, tried
from digest.publish.refused import refused
from digest.publish.targets import SETTINGS, Named

_NO_FOLDER, _NO_FILE = 3, 4  # rclone's own statuses
_TRIES = ("--retries", "3", "--low-level-retries", "3")
_TRIES_ONCE = ("--retries", "1", "--low-level-retries", "1")
_ONE_BY_ONE = 20
"""So many folders are looked at one by one; for more, all of the remote is."""


class _Listed(Struct, frozen=True, rename="pascal"):
    """A file as `rclone lsjson` lists it."""

    path: str
    size: int
    mod_time: datetime


def rclone_target(named: Named, _root: Path) -> BucketTarget:
    """The target of a remote and a path on it. Raises RefusedError where the address is none."""
    remote = named.to.removeprefix("rclone:")
    if ":" not in remote or remote.startswith("-"):
        raise refused("D912", f"“{named.to}” names no remote of rclone", SETTINGS, "write rclone:remote:path")
    return BucketTarget(RcloneBucket(remote, named.to), named)


class RcloneBucket:
    """A folder on a remote."""

    def __init__(self, remote: str, shown: str) -> None:
        self._remote = remote if remote.endswith(":") else remote.rstrip("/") + "/"
        self.shown = shown

    def _run(self, *arguments: str, data: bytes = b"") -> bytes:
        return answer(["rclone", *arguments, *_TRIES], self.shown, data=data)

    def get(self, name: str) -> tuple[bytes, datetime] | None:
        """A file's bytes, and when it was written."""
        folder, _, base = name.rpartition("/")
        seen = self._listing(folder, ("--include", f"/{base}", "--max-depth", "1"))
        return (self._run("cat", self._remote + name), seen[name].modified) if name in seen else None

    def _listing(self, folder: str, more: Collection[str]) -> dict[str, Seen]:
        command = ["rclone", "lsjson", "--files-only", "--no-mimetype", *more, self._remote + folder, *_TRIES]
        done = tried(command)
        if done.returncode == _NO_FOLDER:
            return {}
        if done.returncode:
            raise refused("D914", f"rclone failed: {last_words(done)}", self.shown, "look at `rclone config`")
        before = f"{folder}/" if folder else ""
        found = json.decode(done.stdout, type=list[_Listed])
        return {before + one.path: Seen(one.size, one.mod_time) for one in found}

    def put(self, name: str, data: bytes, headers: Headers) -> None:  # noqa: ARG002 (a remote has its own)
        """Write a file."""
        self._run("rcat", self._remote + name, data=data)

    def create(self, name: str, data: bytes, headers: Headers) -> bool:
        """Write a file; rclone has no condition, so that the lock is read again before it counts."""
        self.put(name, data, headers)
        return True

    def upload(self, files: Collection[Upload], done: Callable[[], None]) -> None:
        """Write files, many at a time."""
        if not files:
            return
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                path = Path(folder) / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data())
            self._run("copy", "--ignore-times", "--no-traverse", "--transfers", "16", folder, self._remote)
        for _ in files:
            done()

    def copy(self, pairs: Collection[tuple[str, str]], done: Callable[[], None]) -> None:
        """Copy files within the remote, on its side where it can; together where only the folder differs."""
        together: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source, target in pairs:
            short, long = sorted((source, target), key=len)
            before = long.removesuffix(short)
            together[(before, "") if long == source else ("", before)].append(short)
        for (source, target), names in together.items():
            with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listed:
                listed.write("".join(f"{name}\n" for name in names))
                listed.flush()
                given = ["--files-from-raw", listed.name, self._remote + source, self._remote + target]
                self._run("copy", "--ignore-times", "--no-traverse", "--transfers", "16", *given)
            for _ in names:
                done()

    def delete(self, names: Collection[str]) -> None:
        """Remove files, and folders that hold none any more: a web server would answer 403 there, not 404."""
        if not names:
            return
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listed:
            listed.write("".join(f"{name}\n" for name in names))
            listed.flush()
            self._run("delete", "--files-from-raw", listed.name, self._remote)
        above = {folder.as_posix() for name in names for folder in PurePosixPath(name).parents[:-1]}
        if len(above) > _ONE_BY_ONE:
            self._run("rmdirs", "--leave-root", self._remote)
            return
        for folder in sorted(above, key=lambda one: one.count("/"), reverse=True):
            tried(["rclone", "rmdir", self._remote + folder, *_TRIES_ONCE])  # refused where something is in it

    def listed(self, below: str = "", *, most: int = 0) -> dict[str, Seen]:  # noqa: ARG002 (rclone lists all)
        """The files whose names begin with `below`."""
        return self._listing(below.rstrip("/"), ("--recursive",))

    def rights(self) -> Iterator[str]:
        """What was found to work, without writing."""
        self._listing("", ("--max-depth", "1"))
        yield f"rclone reaches {self.shown}"
