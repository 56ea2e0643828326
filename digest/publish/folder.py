"""A folder of releases on this machine (`file://`): the web server's root is the link `current` in it, which changes
from one release to the next in a single step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from filelock import FileLock

from digest.publish.bucket import Seen
from digest.publish.manifest import (
    Manifest,
    Release,
    UnreadableManifestError,
    as_release,
    is_release,
    pack,
    served_again,
    unpack,
)
from digest.publish.refused import RefusedError, refused
from digest.publish.targets import SETTINGS, Named, Progress, Sending
from digest.publish.turn import turn
from digest.publish.unfinished import as_found
from digest.replacing import replace_bytes

CURRENT = "current"
RELEASES = "releases"
MANIFESTS = "manifests"
OWN = (CURRENT, RELEASES, MANIFESTS, ".digest-lock", f"{CURRENT}.new")
_PATIENCE = 60
"""Seconds to wait for another publisher."""


class FolderTarget:
    """Releases in a folder: `releases/ID/` with the site's files, `manifests/ID`, and `current`, a link."""

    def __init__(self, named: Named, root: Path) -> None:
        self.shown = named.to
        self._keep = max(1, named.keep)
        parts = urlsplit(named.to)
        folder = Path(unquote(parts.path))
        if parts.netloc not in ("", "localhost") or not folder.is_absolute():
            raise refused("D912", f"“{named.to}” names no folder", SETTINGS, "write file:///srv/www/digest")
        self._folder = folder.resolve()
        if self._folder == root or self._folder.is_relative_to(root) or root.is_relative_to(self._folder):
            raise refused("D912", "a target must lie outside the digest", self.shown, "choose another folder")

    def check(self) -> list[str]:
        """Whether the folder is ours, or free, and may be written to."""
        self._refuse_strangers()
        place = next(p for p in (self._folder, *self._folder.parents) if p.exists())
        if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
            raise refused("D914", f"{place} may not be written to", self.shown, "look at its owner and mode")
        return [f"{place} is there and may be written to"]

    def manifest(self) -> Manifest | None:
        """The manifest of the release that `current` leads to."""
        self._refuse_strangers()
        now = self._current()
        if not now:
            return None
        manifest = self.kept(now)
        release, written = self._folder / RELEASES / now, _seen(self._folder / MANIFESTS / now)
        there = {name: seen for name in manifest.files if (seen := _seen(release / name)) is not None}
        return as_found(manifest, there, written.modified) if written else manifest

    def _current(self) -> str:
        try:
            return Path((self._folder / CURRENT).readlink()).name
        except OSError:
            return ""

    def kept(self, release: str) -> Manifest:
        """The manifest of a release that stands in the folder."""
        path = self._folder / MANIFESTS / release
        try:
            return unpack(path.read_bytes())
        except (OSError, UnreadableManifestError) as error:
            hint = f"move {self._folder / CURRENT} away; the next publish sends the whole site"
            raise refused("D915", f"the manifest of {release} cannot be read: {error}", self.shown, hint) from error

    def _refuse_strangers(self) -> None:
        with self._answering():
            if self._folder.exists() and not self._folder.is_dir():
                raise refused("D914", "the target is not a folder", self.shown, "choose another place")
            found = sorted(path.name for path in self._folder.iterdir()) if self._folder.exists() else []
        ours = (self._folder / CURRENT).is_symlink()
        others = [name for name in found if name == CURRENT or name not in OWN]
        if others and not ours:
            hint = "choose an empty folder, or a new one"
            raise refused("D914", f"the folder holds files of others, {others[0]} among them", self.shown, hint)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What the system refuses is a problem, not a bug: a full disk, a folder that may not be written to."""
        try:
            yield
        except OSError as error:
            hint = "look at the room on that disk, and at the folder's owner and mode; what is served is as it was"
            message = f"the folder cannot be used: {error.strerror or error}"
            raise refused("D914", message, self.shown, hint) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Other publishers wait for up to a minute; the system frees the lock when its holder ends in any way."""
        with self._answering():
            if not self._folder.exists():
                self._folder.mkdir(parents=True)
                self._folder.chmod(0o755)
            with turn(FileLock(self._folder / ".digest-lock", timeout=_PATIENCE), "there", self.shown):
                yield

    def send(self, sending: Sending, progress: Progress) -> None:
        """Make the release beside the others, with what has not changed as links to the same bytes; then switch."""
        after = sending.after
        new = self._folder / RELEASES / f"{after.release}.new"
        self._tidy()
        before = self._folder / RELEASES / sending.before.release if sending.before else None
        same = sending.before.files if sending.before else {}
        folders = {new.parent}
        for done, (name, entry) in enumerate(sorted(after.files.items()), 1):
            path = new / name
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders |= {above for above in path.parents if above.is_relative_to(new)}
            if before is None or same.get(name) != entry or not _linked(before / name, path, entry.size):
                path.write_bytes(sending.read(name))
                path.chmod(0o644)  # whatever the umask: a web server is another user
            progress("files", done, len(after.files))
        for folder in folders:
            folder.chmod(0o755)
        (self._folder / MANIFESTS).mkdir(exist_ok=True)
        (self._folder / MANIFESTS / after.release).write_bytes(pack(after))
        new.replace(self._folder / RELEASES / after.release)
        self._lead_to(after.release)
        self._prune()

    def _tidy(self) -> None:
        """Remove what a publish left that was cut off."""
        for left in (self._folder / RELEASES).glob("*.new"):
            shutil.rmtree(left)

    def _lead_to(self, release: str) -> None:
        link = self._folder / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{RELEASES}/{release}")
        link.replace(self._folder / CURRENT)

    def _prune(self) -> None:
        found = self.releases()
        self._remove_but({release.id for release in found[: self._keep]} | {self._current()})

    def forget(self) -> int:
        """Remove all releases but the one that is served."""
        return self._remove_but({self._current()})

    def _remove_but(self, kept: set[str]) -> int:
        old = [id_ for id_ in self._ids() if id_ not in kept]
        for id_ in old:
            shutil.rmtree(self._folder / RELEASES / id_)
            (self._folder / MANIFESTS / id_).unlink(missing_ok=True)
        return len(old)

    def _ids(self) -> list[str]:
        found = (path.name for path in (self._folder / RELEASES).glob("*"))
        return sorted((name for name in found if is_release(name)), reverse=True)

    def releases(self) -> list[Release]:
        """The releases that stand in the folder with a manifest that can be read, newest first."""
        now = self._current()
        found = []
        for id_ in self._ids():
            with suppress(RefusedError):
                found.append(as_release(self.kept(id_), current=id_ == now))
        return found

    def switch(self, release: str, at: datetime, progress: Progress) -> str:
        """Have `current` lead to a release."""
        path = self._folder / MANIFESTS / release
        written = path.stat()
        replace_bytes(path, pack(served_again(self.kept(release), at)))
        os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))  # by it, changed files are told
        self._lead_to(release)
        progress("files", 1, 1)
        return release


def _seen(path: Path) -> Seen | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return Seen(found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


def _linked(source: Path, path: Path, size: int) -> bool:
    """Whether a file of the release before could be taken over as it is."""
    try:
        if source.lstat().st_size != size:
            return False
        os.link(source, path)
    except OSError:
        return False
    return True
