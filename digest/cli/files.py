"""Articles that are named on the command line."""

from __future__ import annotations

from pathlib import Path

import click


def inside(root: Path, file: str) -> str:
    """The path below the root of a file that is given from the working folder or from the root.

    Raises click.UsageError where there is no such file in the digest.
    """
    for place in (Path.cwd() / file, root / file):
        if place.is_file() and place.resolve().is_relative_to(root.resolve()):
            return place.resolve().relative_to(root.resolve()).as_posix()
    raise click.UsageError(f"there is no file {file} in the digest")
