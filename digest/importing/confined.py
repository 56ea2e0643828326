"""Reading what others have written in a process of its own, with bounds: a page made to keep its reader busy, to fill
the memory or to crash a parser ends that process and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from digest.problems import Location, Problem

SECONDS = 20
"""Of processor time; real pages and feeds need less than one."""
MEMORY = 2 * 1024**3
_READERS = {
    "page": "digest.importing.pages:read_page",
    "feed": "digest.importing.feeds:read_feed",
    "wordpress": "digest.importing.generators.wordpress:read_export",
    "rst": "digest.importing.generators.rst:read_rst",
}
_MISSING = 3
_REFUSED = 4


def confined(
    reader: str, origin: str, data: bytes, *, seconds: int = SECONDS
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What a reader makes of some bytes, as plain data; a problem where it refuses them or does not come to an end."""
    command = [sys.executable, "-m", "digest.importing.confined", reader, str(seconds)]
    at = Location(origin)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds * 6, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return [], [_endless(at)]
    if done.returncode == 0:
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found, []
    words = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode == _MISSING:
        hint = "install it: pip install 'digest-news[import]'"
        return [], [Problem("D956", f"this needs the package {words}, which is not installed", at, hint=hint)]
    if done.returncode == _REFUSED:
        return [], [Problem("D959", words, at, hint="is it the right file, and whole?")]
    return [], [_endless(at)]


def _endless(at: Location) -> Problem:
    message = "reading it takes more time or memory than any real page needs"
    return Problem("D954", message, at, hint="if it is sound, save its text and import that")


class RefusedError(Exception):
    """Raised by a reader for data that it cannot make anything of; the message is for the user."""


def main(reader: str, seconds: int) -> int:
    """Read standard input and write what was found to standard output, as JSON. The exit status says how it went."""
    _bound(seconds)
    module, _, name = _READERS[reader].partition(":")
    try:
        read: Callable[[bytes], list[dict[str, Any]]] = getattr(import_module(module), name)
        found = json.dumps(read(sys.stdin.buffer.read()))
    except ModuleNotFoundError as error:
        sys.stdout.write(str(error.name))
        return _MISSING
    except RefusedError as error:
        sys.stdout.write(str(error))
        return _REFUSED
    except (MemoryError, RecursionError):
        return 1
    sys.stdout.write(found)
    return 0


def _bound(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on every system)
    except ImportError:
        return  # there the parent's patience is the only bound
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
