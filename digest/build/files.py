"""Files that go into the site as they are: the theme's assets, `static/`, and pictures beside articles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rcssmin import cssmin

from digest.content.addresses import inside
from digest.problems import Location, Problem
from digest.render.stamps import moment, stamp_of
from digest.render.theme import Asset, Theme

LITTER = frozenset({".DS_Store", "Thumbs.db", ".gitkeep"})
"""Names of files in static/ that no build copies."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to copy: from where, to which name in the site; `shown` is how problems call it, `stamp` tells whether it
    may have changed ("" if that cannot be told).

    `width` is None for what is copied as it is, 0 for a picture, else the width of a smaller copy of one; `squeezed` is
    a style sheet of the theme.
    """

    source: Path
    name: str
    shown: str
    stamp: str
    width: int | None = None
    squeezed: bool = False

    @property
    def data(self) -> bytes | None:
        """What goes into the site, where that is not the file as it is; None too for what is not UTF-8."""
        if not self.squeezed:
            return None
        try:
            return str(cssmin(self.source.read_text(encoding="utf-8"), keep_bang_comments=True)).encode()
        except UnicodeDecodeError:
            return None


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that shows pictures: its file, its address, and the pictures relative to its folder."""

    path: str
    address: str
    pictures: tuple[str, ...]


def copies(root: Path, theme: Theme, beside: Iterable[Copy], problems: list[Problem]) -> list[Copy]:
    """All files to copy, those `beside` articles among them; what is wrong with some is added to `problems`: links that
    lead out of the digest."""
    found = [_asset(asset) for asset in theme.assets]
    found += _static(root, problems)
    found += beside
    problems += [_unfit(copy) for copy in found if not _fits(copy.name)]
    return [copy for copy in found if _fits(copy.name)]


def _asset(asset: Asset) -> Copy:
    made = _copy(asset.path, asset.address, f"templates/assets/{asset.name}")
    squeezed = asset.name.endswith(".css")
    return replace(made, squeezed=True, stamp=made.stamp and f"{made.stamp} squeezed") if squeezed else made


_UNSHOWN = re.compile("[\x00-\x1f\ud800-\udfff]")


def _fits(name: str) -> bool:
    """Whether a name can stand in an address and in a list of files: in UTF-8, on one line, below the site."""
    return inside(name) and not _UNSHOWN.search(name)


def _unfit(copy: Copy) -> Problem:
    what = "the file’s name is not UTF-8, holds a backslash or a control character, or begins with .digest/"
    return Problem("D810", what, Location(_UNSHOWN.sub("�", copy.shown)), hint="give it another name")


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
                        where(root / article.path, article.path, src),
                        hint=beside,
                    )
                )
            elif not path.is_file():
                hint = f"expected {path.name}"
                problems.append(
                    Problem(
                        "D807",
                        f"there is no picture “{src}” beside the article",
                        where(root / article.path, article.path, src),
                        hint=hint,
                    )
                )
            else:
                yield _copy(path, article.address + src, article.path)


def where(file: Path, path: str, src: str) -> Location:
    """Where an article names a picture; its first line, if the name stands there in another spelling."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return Location(path)
    index = max(text.find(src), 0)
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
