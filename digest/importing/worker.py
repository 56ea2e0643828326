"""The process that a confined reader runs in: one input after the other on standard input, plain data as JSON on
standard output."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any

from digest.importing.confined import FOUND, MEMORY, MISSING, REFUSED, RefusedError, parcel

try:
    import resource
except ImportError:  # not on every system: there the parent's patience is the only bound
    resource = None  # type: ignore[assignment]

_READERS = {
    "page": "digest.importing.pages:read_page",
    "plain": "digest.importing.markup:read_plain",
    "feed": "digest.importing.feeds:read_feed",
    "wordpress": "digest.importing.generators.wordpress:read_export",
    "html": "digest.importing.generators.html:read_html",
    "pelican": "digest.importing.generators.html:read_pelican",
    "rst": "digest.importing.generators.rst:read_rst",
}


def main(reader: str) -> int:
    """Read inputs until there are no more. The exit status is 1 where one was more than this process can bear."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints is no answer
    _bound_memory()
    while asked := parcel(sys.stdin.buffer):
        seconds, data = asked
        _bound_time(seconds)
        try:
            answer = _answer(reader, data)
        except (MemoryError, RecursionError):
            return 1
        answers.write(len(answer).to_bytes(8) + answer)
        answers.flush()
    return 0


def _answer(reader: str, data: bytes) -> bytes:
    try:
        read: Callable[[bytes], list[dict[str, Any]]] = resolve_name(_READERS[reader])
        return bytes([FOUND]) + json.dumps(read(data)).encode()
    except ModuleNotFoundError as error:
        return bytes([MISSING]) + str(error.name).encode()
    except RefusedError as error:
        return bytes([REFUSED]) + str(error).encode("utf-8", "replace")
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 (other people's parsers, on what others have written)
        return bytes([REFUSED]) + f"its reader fails: {type(error).__name__}: {error}".encode("utf-8", "replace")


def _bound_time(seconds: int) -> None:
    """From here on this process may use so many seconds; it is ended when they are over."""
    if resource:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def _bound_memory() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
