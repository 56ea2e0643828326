"""What a changed path means for the preview, and which articles stand below it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from pathlib import Path, PurePosixPath

from digest.content.files import CONTENT, NOTE

SETTINGS = "digest.yaml"
TEMPLATES, STATIC = "templates", "static"
WELL_KNOWN = ".well-known"
"""The one folder beginning with a dot that sites have (RFC 8615)."""

DEFAULT_THEME = "(default theme)"
"""Stands before paths of the theme that comes with digest."""

_GROUNDS = frozenset({SETTINGS, *(f"{CONTENT}/{name}.yaml" for name in ("sources", "regions", "topics"))})


class Kind(Enum):
    """What a change to a path can change."""

    GROUND = auto()
    """Settings and registries: all articles are read against them."""
    THEME = auto()
    CONTENT = auto()
    """An article, an editor's note, a picture, or a folder of such."""
    FILE = auto()
    """A file that goes into the site as it is."""
    NOTHING = auto()


def kind_of(path: str) -> Kind:
    """The kind of a path, which is relative to the digest's root."""
    parts = PurePosixPath(path).parts
    if path in _GROUNDS:
        return Kind.GROUND
    known = (STATIC, WELL_KNOWN)
    if not parts or any(_hidden(part) for part in (parts[2:] if parts[:2] == known else parts)):
        return Kind.NOTHING
    room = {TEMPLATES: Kind.THEME, DEFAULT_THEME: Kind.THEME, STATIC: Kind.FILE, CONTENT: Kind.CONTENT}
    return room.get(parts[0], Kind.NOTHING)


def _hidden(name: str) -> bool:
    """Editors' swap files and backups, and what digest never reads."""
    return name.startswith(".") or name.endswith("~")


def articles_below(root: Path, db: sqlite3.Connection, paths: Iterable[str]) -> Iterator[str]:
    """The articles and notes at or below some paths in content/, those that the store knows and those that are there
    now."""
    for path in paths:
        if path.endswith(".md"):
            yield path
        query = "SELECT path FROM inputs WHERE path > ? AND path < ?"
        yield from (known for (known,) in db.execute(query, (f"{path}/", f"{path}0")))
        if (root / path).is_dir():
            yield from _walk(root, path, _is_entered, _is_article)


def files_below(root: Path, path: str) -> Iterator[str]:
    """The files at or below a path that go into the site as they are; of a folder that has just come, only the folder
    is told."""
    if (root / path).is_file():
        yield path
    yield from _walk(root, path, _is_copied, _is_copied)


def _walk(root: Path, path: str, enters: Callable[[str], bool], takes: Callable[[str], bool]) -> Iterator[str]:
    for folder, folders, files in os.walk(root / path):
        here = Path(folder).relative_to(root).as_posix()
        folders[:] = [name for name in folders if enters(f"{here}/{name}")]
        yield from (inside for name in files if takes(inside := f"{here}/{name}"))


def _is_copied(path: str) -> bool:
    return kind_of(path) is Kind.FILE


def _is_entered(path: str) -> bool:
    return not path.rpartition("/")[2].startswith((".", "_"))


def _is_article(path: str) -> bool:
    return path.endswith(".md") and is_read(path.rpartition("/")[2])


def is_read(name: str) -> bool:
    """Whether a file of that name in content/ is an article or a note."""
    return name == NOTE or not name.startswith((".", "_"))
