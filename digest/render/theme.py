"""The theme: templates and assets, each from the digest's own folder or else from the default theme."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.render.stamps import moment, stamp_of

ASSETS = "assets"
_FINGERPRINTED = frozenset({".css", ".svg", ".js"})


def default_theme() -> Path:
    """The folder of the default theme: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "theme"
    return inside if inside.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme that goes into the site as it is; `address` carries a fingerprint of its bytes."""

    name: str
    address: str
    path: Path


@dataclass(frozen=True, slots=True)
class Theme:
    """Where templates are looked for, first folder first, and the assets found there."""

    folders: tuple[Path, ...]
    assets: tuple[Asset, ...]

    def holds(self, template: Path) -> bool:
        """Whether a template found in a folder of the theme is no link that leads out of the digest."""
        home = default_theme()
        owns = (folder for folder in self.folders if folder != home and template.is_relative_to(folder))
        return all(template.resolve().is_relative_to(folder.parent.resolve()) for folder in owns)

    def asset(self, name: str) -> str:
        """The address of an asset; "" if the theme has none of that name."""
        return next((a.address for a in self.assets if a.name == name), "")


def theme(root: Path) -> Theme:
    """The theme of the digest at `root`. A link that leads out of a theme folder is not followed, nor
    is a folder of templates that leads out of the digest."""
    own = root / "templates"
    inside = own.is_dir() and own.resolve().is_relative_to(root.resolve())
    folders = (own, default_theme()) if inside else (default_theme(),)
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update(_assets(folder))
    return Theme(folders, tuple(Asset(name, _address(name, path), path) for name, path in sorted(found.items())))


def _assets(folder: Path) -> Iterator[tuple[str, Path]]:
    home = folder.resolve()
    for path in sorted((folder / ASSETS).rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(home) and not path.name.startswith("."):
            yield path.relative_to(folder / ASSETS).as_posix(), path


def _address(name: str, path: Path) -> str:
    if path.suffix not in _FINGERPRINTED:
        return f"{ASSETS}/{name}"
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return f"{ASSETS}/{name.removesuffix(path.suffix)}-{fingerprint}{path.suffix}"


def stamps_of(look: Theme) -> Iterator[str]:
    """What tells cheaply that a file of the theme may have changed."""
    now = moment()
    for folder in look.folders:
        for path in sorted(folder.rglob("*")):
            found = path.stat() if path.exists() else None
            if found is not None and not path.is_dir():
                yield f"{path} {stamp_of(found, now) or now}"
