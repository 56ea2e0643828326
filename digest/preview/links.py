"""Links in content/ that lead elsewhere in the digest: what changes behind them changes what is read through them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from digest.build.output import WORK
from digest.content.files import CONTENT


def links_below(root: str, path: str) -> Iterator[tuple[str, str]]:
    """The links at or below a path in content/, relative to the root, each with the real path that it leads to. Those
    that lead out of the digest, to a folder above them, or into the work folder are not among them."""
    full = f"{root}/{path}"
    home = os.path.realpath(root)
    for link in [full] if os.path.islink(full) else _links_in(full):  # noqa: PTH114 (watchdog speaks text)
        target = os.path.realpath(link)
        inside = target.startswith(f"{home}/") and not f"{target}/".startswith(f"{home}/{WORK}/")
        if inside and not f"{os.path.realpath(f'{root}/{CONTENT}')}/".startswith(f"{target}/"):
            yield link.removeprefix(f"{root}/"), target


def _links_in(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:  # a file, or gone already
        return
    for entry in found:
        if entry.is_symlink():
            yield entry.path
        elif entry.is_dir():
            yield from _links_in(entry.path)


def through(links: dict[str, str], path: str) -> Iterator[str]:
    """The paths by which a real path is read through links, given by what each leads to."""
    for link, target in links.items():
        if path == target:
            yield link
        elif path.startswith(f"{target}/"):
            yield f"{link}{path.removeprefix(target)}"


def folder_of(target: str) -> tuple[str, bool]:
    """The folder to watch for what a link leads to, and whether all below it counts."""
    return (target, True) if Path(target).is_dir() else (str(Path(target).parent), False)
