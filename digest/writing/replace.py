"""Putting a changed file into the place of the old one: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from digest.problems import Location, Problem
from digest.replacing import replace_bytes
from digest.starter.plant import cannot_write


def replaced(root: Path, path: str, data: bytes, was: bytes | None = None) -> Problem | None:
    """Write the file at a path below the root, so that a reader finds the old bytes or the new ones.

    The problem, if that cannot be done; also where the file no longer holds what it `was`. A symbolic link stays one,
    and what it leads to is written; nothing outside the root is.
    """
    try:
        file = (root / path).resolve()
        if not file.is_relative_to(root.resolve()):
            hint = "put a copy of the file into the digest"
            return Problem("D704", "the symbolic link leads out of the digest", Location(path), hint=hint)
        if was is not None and file.read_bytes() != was:
            hint = "nothing was written; try again"
            return Problem("D809", "the file was changed by others at the same time", Location(path), hint=hint)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(file, data, sync=True)
    except OSError as error:
        return cannot_write(error, path)
    return None
