"""Doubt whether the system tells of every change: on some network and virtual file systems it never does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class Doubt:
    """Compares the few files that somebody looks at with what was told of them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, str] = {}
        self._suspected: set[str] = set()

    def told(self, paths: Iterable[str]) -> None:
        """These files were reported as changed: nothing was missed."""
        for path in paths:
            self._known.pop(path, None)
            self._suspected.discard(path)

    def missed(self, paths: Iterable[str]) -> set[str]:
        """Files that have differed for two looks in a row without being reported."""
        now = {path: self._stamp(path) for path in paths}
        differ = {path for path, stamp in now.items() if self._known.get(path, stamp) != stamp}
        missed, self._suspected = differ & self._suspected, differ
        self._known = {path: self._known[path] if path in differ else stamp for path, stamp in now.items()}
        return missed

    def _stamp(self, path: str) -> str:
        try:
            found = (self._root / path).stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
