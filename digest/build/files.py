"""Files that go into the site as they are: the theme's assets, `static/`, and pictures beside articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.problems import Location, Problem
from digest.render.stamps import moment, stamp_of
from digest.render.theme import Theme

LITTER = frozenset({".DS_Store", "Thumbs.db", ".gitkeep"})
"""Names of files in static/ that no build copies."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to copy: from where, to which name in the site; `shown` is how problems call it, `stamp` tells whether it
    may have changed ("" if that cannot be told)."""

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
    found += pictures(root, shown, problems)
    problems += [_unfit(copy) for copy in found if not _fits(copy.name)]
    return [copy for copy in found if _fits(copy.name)], problems


def _fits(name: str) -> bool:
    """Whether a name can stand in an address and in a list of files: in UTF-8, on one line."""
    return not any(character < " " or "\ud800" <= character <= "\udfff" for character in name)


def _unfit(copy: Copy) -> Problem:
    shown = "".join(c if _fits(c) else "�" for c in copy.shown)
    return Problem("D810", "the file’s name is not UTF-8, or holds a control character", Location(shown))


def _copy(source: Path, name: str, shown: str) -> Copy:
    stamp = stamp_of(os.stat(source), moment())  # noqa: PTH116 (one of many)
    return Copy(source, name, shown, f"{source} {stamp}" if stamp else "")


def _static(root: Path, problems: list[Problem]) -> Iterator[Copy]:
    folder = root / "static"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name in LITTER or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            hint = "copy the file instead"
            problems.append(Problem("D805", "the link leads out of the digest", Location(f"static/{name}"), hint=hint))
        else:
            yield _copy(path, name, f"static/{name}")


def theme_problems(root: Path) -> Iterator[Problem]:
    """Templates and assets of the digest's own that lead out of it."""
    home, folder = root.resolve(), root / "templates"
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            place = Location(path.relative_to(root).as_posix())
            yield Problem("D805", "the link leads out of the digest", place, hint="copy the file instead")


def pictures(root: Path, shown: Iterable[Shown], problems: list[Problem]) -> Iterator[Copy]:
    """The pictures beside articles; what is wrong with some is added to `problems`."""
    for article in shown:
        folder = (root / article.path).parent
        for src in article.pictures:
            path = folder / src
            if not path.resolve().is_relative_to(root.resolve()) or ".." in Path(src).parts:
                beside = "put the picture into the article's folder"
                problems.append(
                    Problem(
                        "D806",
                        f"the picture “{src}” lies outside the article’s folder",
                        _where(root / article.path, article.path, src),
                        hint=beside,
                    )
                )
            elif not path.is_file():
                hint = f"expected {path.name}"
                problems.append(
                    Problem(
                        "D807",
                        f"there is no picture “{src}” beside the article",
                        _where(root / article.path, article.path, src),
                        hint=hint,
                    )
                )
            else:
                yield _copy(path, article.address + src, article.path)


def _where(file: Path, path: str, src: str) -> Location:
    """Where an article names a picture; its first line, if the name stands there in another spelling."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return Location(path)
    index = max(text.find(src), 0)
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
