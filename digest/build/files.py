"""Files that go into the site as they are: the theme's assets, `static/`, and pictures beside articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.index.index import Index
from digest.problems import Location, Problem
from digest.render.markdown import pictures
from digest.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to copy: from where, to which name in the site; `shown` is how problems call it."""

    source: Path
    name: str
    shown: str


def copies(root: Path, theme: Theme, index: Index) -> tuple[list[Copy], list[Problem]]:
    """All files to copy, and what is wrong with them: links that lead out of the digest, pictures that are missing."""
    problems: list[Problem] = []
    found = [Copy(asset.path, asset.address, f"templates/assets/{asset.name}") for asset in theme.assets]
    found += _static(root, problems)
    found += _pictures(root, index, problems)
    return found, problems


def _static(root: Path, problems: list[Problem]) -> Iterator[Copy]:
    folder = root / "static"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name in _LITTER or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            problems.append(
                Problem(
                    "D805", "the link leads out of the digest", Location(f"static/{name}"), hint="copy the file instead"
                )
            )
        else:
            yield Copy(path, name, f"static/{name}")


_LITTER = frozenset({".DS_Store", "Thumbs.db", ".gitkeep"})


def _pictures(root: Path, index: Index, problems: list[Problem]) -> Iterator[Copy]:
    for article in (index.article(id_) for id_, _ in index.addresses()):
        folder = (root / article.path).parent
        wanted = [article.image.src] if article.image else []
        for src in dict.fromkeys([*wanted, *pictures(index.body(article.id))]):
            path = folder / src
            place = Location(article.path, article.at.line, article.at.column)
            if not path.resolve().is_relative_to(root.resolve()) or ".." in Path(src).parts:
                problems.append(Problem("D806", f"the picture “{src}” lies outside the article’s folder", place))
            elif not path.is_file():
                problems.append(
                    Problem(
                        "D807", f"there is no picture “{src}” beside the article", place, hint=f"expected {path.name}"
                    )
                )
            else:
                yield Copy(path, article.address + src, place.path)


def collisions(names: Iterable[tuple[str, Location]]) -> Iterator[Problem]:
    """Two things that want one name in the site: `names` are (name, where what wants it comes from)."""
    owners: dict[str, Location] = {}
    for name, owner in names:
        if name in owners:
            address = name.removesuffix("index.html")
            message = f"two things want the address /{address}: {owners[name]} and {owner}"
            yield Problem("D808", message, owner, also=(owners[name],), hint="rename one of them")
        owners.setdefault(name, owner)
