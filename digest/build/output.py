"""The output folder: pages are staged beside it, then moved in; only files that the tool wrote are ever removed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digest.problems import Location, Problem

MANIFEST = ".digest-site.json"
WORK = ".digest"
_SOURCES = ("content", "templates", "static", ".git", WORK)


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


def refusal(root: Path, output: Path) -> Problem | None:
    """Why a folder must not be written to; None if it may."""
    place = Location(output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output))
    root, target = root.resolve(), output.resolve()
    if target == root or not target.is_relative_to(root):
        return Problem("D801", "the output folder must lie inside the digest", place, hint="use site/")
    relative = target.relative_to(root)
    if relative.parts[0] in _SOURCES:
        return Problem(
            "D802",
            f"the output folder must not lie in {relative.parts[0]}/, which is not output",
            place,
            hint="use site/",
        )
    if not target.exists():
        return None
    if not target.is_dir():
        return Problem("D803", "the output is not a folder", place, hint="move the file away")
    if _manifest(target) is None and any(target.iterdir()):
        return Problem(
            "D804",
            "the output folder holds files that digest did not write",
            place,
            hint=f"move them away, or choose another folder (digest knows its own by {MANIFEST})",
        )
    return None


def _manifest(folder: Path) -> dict[str, str] | None:
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    files = data.get("files") if isinstance(data, dict) and data.get("tool") == "digest" else None
    return dict(files) if isinstance(files, dict) else None


class Stage:
    """New files on their way into the output folder. Nothing there changes before `commit`.

    A file goes into the stage only if its bytes differ from what stands in the output.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self._output = output
        self._folder = root / WORK / "stage"
        self._known = _manifest(output) or {}
        self._files: dict[str, str] = {}
        self._staged: list[str] = []
        self._real_folders: set[PurePosixPath] = set()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, name: str, data: bytes) -> None:
        """Put a file of the site in place for the commit; `name` is relative to the output folder.

        Raises OSError where a link in the output folder would lead the file elsewhere, or the disk takes no more.
        """
        self._refuse_links(PurePosixPath(name).parent)
        self._files[name] = hashlib.sha256(data).hexdigest()
        if self._stands(name, data):
            return
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._staged.append(name)

    def _refuse_links(self, folder: PurePosixPath) -> None:
        if folder in self._real_folders:
            return
        for part in (folder, *folder.parents):
            if (self._output / part).is_symlink():
                raise OSError(
                    errno.ELOOP, "a link stands where a folder of the site should be", str(self._output / part)
                )
        self._real_folders.add(folder)

    def _stands(self, name: str, data: bytes) -> bool:
        try:
            with (self._output / name).open("rb") as file:
                return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
        except OSError:
            return False

    def discard(self) -> None:
        """Forget everything that was staged."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def commit(self) -> Written:
        """Move the staged files into the output folder: new ones first, then changed ones; removals come last.

        The manifest names old and new files while this goes on, so that a later build can finish what a crash cut off.
        """
        self._output.mkdir(parents=True, exist_ok=True)
        gone = [name for name in self._known if name not in self._files]
        new = [name for name in self._staged if not (self._output / name).exists()]
        changed = [name for name in self._staged if name not in set(new)]
        if self._staged or gone:
            self._record(self._known | self._files)
        for name in (*new, *changed):
            self._move(name)
        removed = sum(self._remove(name) for name in gone)
        if self._known != self._files or self._staged or gone:
            self._record(self._files)
        self.discard()
        return Written(len(new), len(changed), removed)

    def _move(self, name: str) -> None:
        target = self._output / name
        for parent in reversed(PurePosixPath(name).parents[:-1]):
            place = self._output / parent
            if place.is_file() and str(parent) in self._known:
                place.unlink()
        if target.is_dir() and not target.is_symlink():
            self._clear(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        (self._folder / name).replace(target)

    def _clear(self, folder: Path) -> None:
        """Make way for a file where a folder of the tool's own files stood."""
        for name in [n for n in self._known if (self._output / n).is_relative_to(folder)]:
            self._remove(name)

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

    def _record(self, files: dict[str, str]) -> None:
        data = {"tool": "digest", "version": 1, "files": dict(sorted(files.items()))}
        temporary = self._folder.parent / "manifest.new"
        temporary.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
        temporary.replace(self._output / MANIFEST)


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
