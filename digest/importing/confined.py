"""Reading what others have written in a process of its own, with bounds: a page made to keep its reader busy, to fill
the memory or to crash a parser ends that process and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from digest.problems import Location, Problem

SECONDS = 20
"""Of processor time; real pages and feeds need less than one."""
MEMORY = 2 * 1024**3
MISSING = 3
"""Exit status of a worker that lacks a package, whose name it has written."""
REFUSED = 4
"""Exit status of a worker that cannot make anything of the input, and has written why."""


class RefusedError(Exception):
    """Raised by a reader for data that it cannot make anything of; the message is for the user."""


def confined(
    reader: str, origin: str, data: bytes, *, seconds: int = SECONDS
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What a reader makes of some bytes, as plain data; a problem where it refuses them or does not come to an end."""
    # -P: modules that lie in the working folder are not taken for the library's.
    command = [sys.executable, "-P", "-m", "digest.importing.worker", reader, str(seconds)]
    at = Location(origin)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds * 6, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return [], [_endless(at)]
    if done.returncode == 0:
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found, []
    words = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode == MISSING:
        return [], [missing(words, at)]
    if done.returncode == REFUSED:
        return [], [Problem("D959", words, at, hint="is it the right file, and whole?")]
    return [], [_endless(at)]


def missing(package: str | None, at: Location) -> Problem:
    """The problem of a package that is not installed."""
    hint = "install it: pip install 'digest-news[import]'"
    return Problem("D956", f"this needs the package {package}, which is not installed", at, hint=hint)


def _endless(at: Location) -> Problem:
    message = "reading it takes more time or memory than any real page needs"
    return Problem("D954", message, at, hint="if it is sound, save its text and import that")
