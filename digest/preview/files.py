"""Files that a page shows as they are: assets of the theme, static/, pictures beside articles; never one from outside
the digest and its theme."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.build.files import LITTER
from digest.preview.paths import STATIC
from digest.render.theme import Theme


def file_at(root: Path, look: Theme, db: sqlite3.Connection, address: str) -> Path | None:
    """The file behind an address below the base path; None if there is none that a build would copy."""
    asset = next((a.path for a in look.assets if a.address == address), None)
    if asset is not None:
        return asset if asset.is_file() else None
    return _static(root, address) or _picture(root, db, address)


def _static(root: Path, name: str) -> Path | None:
    """A file in static/; as in a build, links to folders are not followed."""
    folders = name.split("/")[:-1]
    above = (root / STATIC / "/".join(folders[:depth]) for depth in range(1, len(folders) + 1))
    found = _inside(root, root / STATIC, name)
    if found is None or name.rpartition("/")[2] in LITTER or any(folder.is_symlink() for folder in above):
        return None
    return found


def _inside(root: Path, folder: Path, name: str) -> Path | None:
    """A file of a folder, wherever links lead, as long as that is inside the digest."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts):
        return None
    path = folder / name
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return real if real.is_file() and real.is_relative_to(root.resolve()) else None


def _picture(root: Path, db: sqlite3.Connection, address: str) -> Path | None:
    """A picture that stands beside the article whose address begins that way."""
    for at in (i + 1 for i, character in enumerate(address) if character == "/"):
        query = """SELECT path, pictures FROM pages JOIN articles ON articles.id = pages.key JOIN inputs USING (num)
        WHERE pages.address = ? AND family = 'article'"""
        for path, names in db.execute(query, (address[:at],)):
            if address[at:] in names.split("\n"):
                return _inside(root, (root / path).parent, address[at:])
    return None
