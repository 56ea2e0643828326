"""Paths that changed, gathered until it is quiet: one save is one change, however many events it makes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable

QUIET = 0.025
"""Seconds without an event after which a save counts as finished."""
MOST = 0.2
"""Seconds after which changes are handed over even if more arrive."""


class Changes:
    """What changed and was not taken yet; filled by a watcher, taken by one other thread."""

    def __init__(self, quiet: float = QUIET, most: float = MOST) -> None:
        self._quiet = quiet
        self._most = most
        self._news = threading.Condition()
        self._paths: set[str] = set()
        self._first = 0.0
        self._last = 0.0
        self._closed = False

    def add(self, paths: Iterable[str]) -> None:
        """Something happened to these paths."""
        with self._news:
            before = bool(self._paths)
            self._paths.update(paths)
            self._last = time.monotonic()
            if not before:
                self._first = self._last
            self._news.notify()

    def close(self) -> None:
        """Nothing more will come: `take` gives None."""
        with self._news:
            self._closed = True
            self._news.notify()

    def take(self, patience: float | None = None) -> set[str] | None:
        """Wait for changes, then until it is quiet; the paths. An empty set where nothing happens for `patience`
        seconds, None once closed."""
        with self._news:
            while not self._closed:
                if not self._paths:
                    if not self._news.wait(patience):
                        return set()
                    continue
                left = min(self._last + self._quiet, self._first + self._most) - time.monotonic()
                if left <= 0:
                    taken, self._paths = self._paths, set()
                    return taken
                self._news.wait(left)
            return None
