"""Files that go into the site as they are: the theme's assets, `static/`, and pictures beside articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.problems import Location, Problem
from digest.render.theme import Theme

_LITTER = frozenset({".DS_Store", "Thumbs.db", ".gitkeep"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to copy: from where, to which name in the site; `shown` is how problems call it, `stamp` tells whether it
    may have changed."""

    source: Path
    name: str
    shown: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that shows pictures: its file, its address, and the pictures relative to its folder."""

    path: str
    address: str
    pictures: tuple[str, ...]


def copies(root: Path, theme: Theme, shown: Iterable[Shown]) -> tuple[list[Copy], list[Problem]]:
    """All files to copy, and what is wrong with them: links that lead out of the digest, pictures that are missing."""
    problems: list[Problem] = []
    found = [_copy(asset.path, asset.address, f"templates/assets/{asset.name}") for asset in theme.assets]
    found += _static(root, problems)
    found += _pictures(root, shown, problems)
    return found, problems


def _copy(source: Path, name: str, shown: str) -> Copy:
    found = os.stat(source)  # noqa: PTH116 (one of many)
    return Copy(source, name, shown, f"{source} {found.st_mtime_ns} {found.st_size} {found.st_ino}")


def _static(root: Path, problems: list[Problem]) -> Iterator[Copy]:
    folder = root / "static"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name in _LITTER or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            hint = "copy the file instead"
            problems.append(Problem("D805", "the link leads out of the digest", Location(f"static/{name}"), hint=hint))
        else:
            yield _copy(path, name, f"static/{name}")


def _pictures(root: Path, shown: Iterable[Shown], problems: list[Problem]) -> Iterator[Copy]:
    for article in shown:
        folder = (root / article.path).parent
        place = Location(article.path, 1, 1)
        for src in article.pictures:
            path = folder / src
            if not path.resolve().is_relative_to(root.resolve()) or ".." in Path(src).parts:
                problems.append(Problem("D806", f"the picture “{src}” lies outside the article’s folder", place))
            elif not path.is_file():
                hint = f"expected {path.name}"
                problems.append(Problem("D807", f"there is no picture “{src}” beside the article", place, hint=hint))
            else:
                yield _copy(path, article.address + src, place.path)
