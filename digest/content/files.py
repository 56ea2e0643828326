"""Finding and reading a digest's files, never outside its root and never without bounds."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from digest.content.document import MAX_FILE, too_big
from digest.problems import Location, Problem

CONTENT = "content"
NOTE = "_edition.md"


class Tree:
    """The files below a digest's root."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folders: dict[str, Path] = {}

    def read(self, path: str) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file; None, and no problem, where there is none."""
        try:
            return self._read(path)
        except FileNotFoundError as error:
            if not (self.root / path).is_symlink():
                return None, []
            return None, [_unreadable(path, error)]
        except (OSError, RuntimeError) as error:
            return None, [_unreadable(path, error)]

    def _read(self, path: str) -> tuple[bytes | None, list[Problem]]:
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = (self.root / folder).resolve(strict=True)
        real = os.path.join(self._folders[folder], name)  # noqa: PTH118 - one of ten thousand, and Path is slow
        information = os.lstat(real)
        if stat.S_ISLNK(information.st_mode):
            real = os.path.realpath(real, strict=True)
            information = os.stat(real)  # noqa: PTH116 - as above
        if not real.startswith(f"{str(self.root).rstrip(os.sep)}{os.sep}"):
            return None, [_outside(path)]
        if not stat.S_ISREG(information.st_mode):
            return None, [Problem("D117", "this is not a file", Location(path))]
        if information.st_size > MAX_FILE:
            return None, [too_big(path, information.st_size)]
        with open(real, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
            return stream.read(information.st_size + 1), []

    def holds(self, path: str) -> bool:
        """Whether there is such a file below the root."""
        try:
            real = (self.root / path).resolve(strict=True)
            return real.is_relative_to(self.root) and real.is_file()
        except (OSError, RuntimeError, ValueError):  # a ValueError for a NUL in the name
            return False

    def articles(self) -> tuple[list[str], list[Problem]]:
        """Paths of all articles and editions' notes below content/, sorted."""
        problems: list[Problem] = []
        if not (self.root / CONTENT).is_dir():
            hint = f"articles stand in a folder {CONTENT} beside digest.yaml"
            return [], [Problem("D703", f"there is no folder {CONTENT}", Location(CONTENT), hint=hint)]
        content = (self.root / CONTENT).resolve()
        if not content.is_relative_to(self.root):
            return [], [_outside(CONTENT)]
        return sorted(self._walk(CONTENT, str(content), (str(content),), problems)), problems

    def _walk(self, path: str, real: str, above: tuple[str, ...], problems: list[Problem]) -> Iterator[str]:
        try:
            with os.scandir(real) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_unreadable(path, error))
            return
        for entry in found:
            below = f"{path}/{entry.name}"
            if _hidden(entry.name):
                continue
            if not _is_text(entry.name):
                shown = below.encode("utf-8", "replace").decode()
                problems.append(Problem("D705", "the file's name is not UTF-8", Location(shown), hint="rename it"))
            elif entry.is_symlink():
                yield from self._linked(below, Path(entry.path), above, problems)
            elif entry.is_dir():
                yield from self._walk(below, entry.path, (*above, entry.path), problems)
            elif entry.name.endswith(".md"):
                yield below

    def _linked(self, path: str, link: Path, above: tuple[str, ...], problems: list[Problem]) -> Iterator[str]:
        """What a symbolic link adds: nothing if it leads to a folder that is read in its own place."""
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            problems.append(_unreadable(path, error))
            return
        if not real.is_relative_to(self.root):
            problems.append(_outside(path))
        elif not real.is_dir():
            if path.endswith(".md"):
                yield path
        elif any(Path(folder).is_relative_to(real) for folder in above):
            problems.append(_loop(path))
        elif not real.is_relative_to(above[0]):
            yield from self._walk(path, str(real), (*above, str(real)), problems)


def edition_day(path: str) -> str:
    """The date that the folders of a path name as YYYY/MM/DD; "" if they do not."""
    parts = PurePosixPath(path).parent.parts[-3:]
    if len(parts) == 3 and [len(part) for part in parts] == [4, 2, 2] and all(part.isdecimal() for part in parts):
        return "-".join(parts)
    return ""


def _hidden(name: str) -> bool:
    return name.startswith((".", "_")) and name != NOTE


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _outside(path: str) -> Problem:
    hint = "put a copy of it into the digest"
    return Problem("D704", "the symbolic link leads out of the digest", Location(path), hint=hint)


def _loop(path: str) -> Problem:
    return Problem("D706", "the symbolic link leads back to a folder above it", Location(path), hint="delete the link")


def _unreadable(path: str, error: OSError | RuntimeError) -> Problem:
    if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:
        return _loop(path)
    return Problem("D117", f"this cannot be read: {error.strerror}", Location(path))
