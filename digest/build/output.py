"""The output folder: pages are staged beside it, then moved in; only files that the tool wrote are ever removed."""

from __future__ import annotations

import errno
import filecmp
import os
import secrets
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digest.index.store import remove
from digest.problems import Location, Problem

MANIFEST = ".digest-site"
WORK = ".digest"
_HEAD = "digest-site 1"
_SOURCES = ("content", "templates", "static", ".git", WORK)
OWN_FOLDERS = (*_SOURCES, "site")
"""Folders in a digest that hold its sources, its index or its site."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a commit did to the output folder."""

    added: int
    changed: int
    removed: int

    @property
    def total(self) -> int:
        """Files written."""
        return self.added + self.changed


def file_of(address: str) -> str:
    """The file behind an address, relative to the output folder."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def place_in(root: Path, path: Path) -> Location:
    """A path as it is shown: relative to the digest's root where it lies in there."""
    return Location(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))


def refusal(root: Path, output: Path) -> Problem | None:
    """Why a folder must not be written to; None if it may."""
    place = place_in(root, output)
    root, target = root.resolve(), output.resolve()
    if target == root or not target.is_relative_to(root):
        return Problem("D801", "the output folder must lie inside the digest", place, hint="use site/")
    relative = target.relative_to(root)
    if relative.parts[0] in _SOURCES:
        message = f"the output folder must not lie in {relative.parts[0]}/, which is not output"
        return Problem("D802", message, place, hint="use site/")
    if not target.exists():
        return None
    if not target.is_dir():
        return Problem("D803", "the output is not a folder", place, hint="move the file away")
    if not is_ours(target) and any(target.iterdir()):
        hint = f"move them away, or choose another folder (digest knows its own by {MANIFEST})"
        return Problem("D804", "the output folder holds files that digest did not write", place, hint=hint)
    return None


def work_refusal(root: Path) -> Problem | None:
    """Why the tool must not keep its index in the digest; None if it may."""
    if (root / WORK).resolve().is_relative_to(root.resolve()):
        return None
    hint = "remove the link; digest keeps its index there"
    return Problem("D801", f"{WORK} leads out of the digest", Location(WORK), hint=hint)


def is_ours(folder: Path) -> bool:
    """Whether the tool wrote this folder."""
    try:
        with (folder / MANIFEST).open(encoding="utf-8", errors="replace") as file:
            return file.readline().rstrip("\n") == _HEAD
    except OSError:
        return False


def manifest(folder: Path) -> set[str] | None:
    """The files that the tool wrote into a folder; None where it never did."""
    try:
        head, *names = (folder / MANIFEST).read_bytes().decode().split("\n")
    except (OSError, ValueError):
        return None
    return {n for n in names if _inside(n)} if head == _HEAD else None


def mark_of(folder: Path) -> int:
    """When a commit last touched the list of a site's files (nanoseconds): another site, or another state of this one,
    has another mark. 0 where there is no list."""
    try:
        return (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


def _inside(name: str) -> bool:
    return bool(name) and not name.startswith("/") and (".." not in name or ".." not in name.split("/"))


class TakenError(Exception):
    """Files that others put into the output stand where files of the site should be."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(", ".join(places))
        self.places = places


class Stage:
    """New files on their way into the output folder, where nothing changes before `commit`."""

    def __init__(self, root: Path, output: Path) -> None:
        self._place = root / WORK / "stage"
        self.folder = self._place / secrets.token_hex(4)  # whoever still works for a build that was stopped has another
        self._output = output
        try:
            remove(self._place)
            self.folder.mkdir(parents=True)
        except BaseException:  # Ctrl-C comes between any two steps
            self.discard()
            raise

    def holds(self, source: Path, name: str) -> bool:
        """Whether the output has the bytes of a file already."""
        try:
            return filecmp.cmp(source, self._output / name, shallow=False)
        except OSError:
            return False

    def copy(self, source: Path, name: str) -> None:
        """Stage a file as it is."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

    def discard(self) -> None:
        """Forget everything that was staged."""
        shutil.rmtree(self._place, ignore_errors=True)

    def mark(self) -> int:
        """Touch the list of the site's files: its new mark, which `commit` keeps."""
        if mark_of(self._output):
            os.utime(self._output / MANIFEST)
        return mark_of(self._output)

    def commit(self, staged: Collection[str], names: Collection[str]) -> Written:
        """Move the staged files into the output: new ones first, then changed ones; what is not among `names`, the
        files of the whole site, goes last.

        The manifest names old and new files while this goes on, so that a later build can finish what a crash cut off.
        Raises OSError where the disk takes no more, or a link in the output would lead a file elsewhere; TakenError,
        before anything is moved, where a file of others is in the way.
        """
        known = manifest(self._output)
        if known is None and not self._output.exists():
            return self._commit_whole(staged, names)
        before = known or set()
        gone = sorted(before - set(names))
        folders = {PurePosixPath(name).parent for name in (*staged, *gone)}
        self._refuse_links(folders)
        if known is not None:
            self._refuse_taken(staged, folders, known)
        if before != set(names):
            self._record(before | set(names))
        new = [name for name in staged if not os.path.lexists(self._output / name)]
        fresh = set(new)
        for name in (*new, *(name for name in staged if name not in fresh)):
            self._move(name, before)
        removed = sum(self._remove(name) for name in gone)
        if gone:
            self._record(names)
        return Written(len(new), len(staged) - len(new), removed)

    def _commit_whole(self, staged: Collection[str], names: Iterable[str]) -> Written:
        """Where there is no output yet, the stage becomes the output in one step."""
        (self.folder / MANIFEST).write_bytes(_listed(names))
        self._output.parent.mkdir(parents=True, exist_ok=True)
        self.folder.replace(self._output)
        return Written(len(staged), 0, 0)

    def _refuse_links(self, folders: Iterable[PurePosixPath]) -> None:
        for folder in sorted({part for f in folders for part in (f, *f.parents)}):
            place = self._output / folder
            if folder.parts and place.is_symlink():
                raise OSError(errno.ELOOP, "a link stands where a folder of the site should be", str(place))

    def _refuse_taken(self, staged: Iterable[str], folders: Iterable[PurePosixPath], known: set[str]) -> None:
        names = [name for name in staged if name not in known]
        found = {name for name in names if os.path.lexists(self._output / name)}
        names = [str(part) for f in folders for part in (f, *f.parents) if part.parts]
        found |= {name for name in {*names} - known if (self._output / name).is_file()}
        taken = {place for name in found for place in self._strangers(name, known)}
        if taken:
            raise TakenError(sorted(taken))

    def _strangers(self, name: str, known: set[str]) -> Iterable[str]:
        """What is not ours at a place: the file that stands there, or the files in the folder that does."""
        place = self._output / name
        if not place.is_dir() or place.is_symlink():
            return [name]
        inside = (p.relative_to(self._output).as_posix() for p in place.rglob("*") if p.is_symlink() or not p.is_dir())
        return [file for file in inside if file not in known]

    def _move(self, name: str, known: set[str]) -> None:
        target = self._output / name
        for parent in reversed(PurePosixPath(name).parents[:-1]):
            if str(parent) in known and (self._output / parent).is_file():
                (self._output / parent).unlink()
        if target.is_dir() and not target.is_symlink():
            for inside in [n for n in known if (self._output / n).is_relative_to(target)]:
                self._remove(inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).replace(target)

    def _remove(self, name: str) -> bool:
        path = self._output / name
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False
        for parent in path.parents:
            if parent == self._output or not _remove_empty(parent):
                break
        return True

    def _record(self, names: Iterable[str]) -> None:
        temporary = self.folder / MANIFEST
        temporary.write_bytes(_listed(names))
        if mark := mark_of(self._output):
            os.utime(temporary, ns=(mark, mark))
        temporary.replace(self._output / MANIFEST)


def _listed(names: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (_HEAD, *sorted(names))).encode()


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
