"""The process that a confined reader runs in: bytes on standard input, plain data as JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from digest.importing.confined import MEMORY, MISSING, REFUSED, RefusedError

_READERS = {
    "page": "digest.importing.pages:read_page",
    "plain": "digest.importing.markup:read_plain",
    "feed": "digest.importing.feeds:read_feed",
    "wordpress": "digest.importing.generators.wordpress:read_export",
    "rst": "digest.importing.generators.rst:read_rst",
}


def main(reader: str, seconds: int) -> int:
    """Read standard input and write what was found to standard output. The exit status says how it went."""
    _bound(seconds)
    module, _, name = _READERS[reader].partition(":")
    try:
        read: Callable[[bytes], list[dict[str, Any]]] = getattr(import_module(module), name)
        found = json.dumps(read(sys.stdin.buffer.read()))
    except ModuleNotFoundError as error:
        sys.stdout.write(str(error.name))
        return MISSING
    except RefusedError as error:
        sys.stdout.write(str(error))
        return REFUSED
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
