"""Putting a new digest's files into its folder: all of them or none."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from digest.content.settings import SETTINGS_FILE
from digest.content.suggest import among
from digest.problems import Location, Problem


def plant(folder: Path, files: Mapping[str, bytes]) -> Problem | None:
    """Write the files (by path) into a folder that does not exist yet, or is empty but for .git.

    The problem, if they cannot be written; then the folder is as it was before.
    """
    try:
        if not folder.is_dir():
            _make(folder, files)
            return None
        held = sorted(entry.name for entry in folder.iterdir() if entry.name != ".git")
        if held:
            hint = "choose a folder that does not exist yet, or one that holds nothing but .git"
            return Problem("D901", f"the folder is not empty: {among(held, 3)}", Location(str(folder)), hint=hint)
        _fill(folder, files)
    except OSError as error:
        return cannot_write(error, str(folder))
    return None


def add(folder: Path, files: Mapping[str, bytes]) -> Problem | None:
    """Write files into a digest that there is. The problem, if one is there already; then nothing is written."""
    there = [path for path in files if (folder / path).exists()]
    if there:
        hint = "move it away to have it made anew"
        return Problem("D901", f"there is such a file already: {among(there, 3)}", Location(str(folder)), hint=hint)
    try:
        _write(folder, files)
    except OSError as error:
        return cannot_write(error, str(folder))
    return None


def cannot_write(error: OSError, path: str) -> Problem:
    """The problem of a file or folder that the system does not let us write."""
    return Problem("D809", f"cannot write: {error.strerror or error}", Location(path), hint="nothing was written")


def _make(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    with ExitStack() as undo:
        undo.callback(_remove, stage)
        _write(stage, files)
        stage.rename(folder)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """The folder itself stays: it may be the one that a shell stands in."""
    stage = folder / f".digest-{secrets.token_hex(4)}"
    with ExitStack() as cleaning, ExitStack() as undo:
        cleaning.callback(_remove, stage)
        _write(stage, files)
        # What makes the folder a digest comes last.
        for entry in sorted(stage.iterdir(), key=lambda entry: (entry.name == SETTINGS_FILE, entry.name)):
            target = folder / entry.name
            entry.rename(target)
            undo.callback(_remove, target)
        undo.pop_all()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
