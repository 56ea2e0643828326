"""Watching a digest's files: by the system's events, or by looking at them again and again where there are none."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from digest.content.files import CONTENT
from digest.preview.links import folder_of, links_below, through
from digest.preview.paths import DEFAULT_THEME, STATIC, TEMPLATES
from digest.render.theme import default_theme

Report = Callable[[Iterable[str]], None]

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_FOLDERS = (CONTENT, TEMPLATES, STATIC)
_POLL = 0.5
"""Seconds between two looks at all files."""


class Watch(FileSystemEventHandler):
    """Reports paths below the digest's root that changed; those of the default theme begin with "(default theme)/".

    Belongs to one thread, which is not the one that reports: watchdog holds a lock of its own while it tells of an
    event, and wants it again for each folder to watch.
    """

    def __init__(self, root: Path, report: Report) -> None:
        self._root = str(root)
        self._report = report
        self._theme = str(default_theme())
        self._observer: BaseObserver | None = None
        self._watched: dict[str, ObservedWatch] = {}
        self._links: dict[str, str] = {}
        self._again = threading.Timer(0, report, [[]])
        self.polls = False

    def start(self, *, poll: bool) -> None:
        """Begin, or begin again in another way; where the system has no events left, files are looked at instead."""
        self.stop()
        try:
            self._start(PollingObserver(timeout=_POLL) if poll else Observer())
            self.polls = poll
            if poll:  # what came and went between two looks, and was read meanwhile, is told by no look
                self._again = threading.Timer(2 * _POLL, self._report, [[CONTENT]])
                self._again.daemon = True
                self._again.start()
        except OSError:
            if poll:
                raise
            self.start(poll=True)

    def _start(self, observer: BaseObserver) -> None:
        self._observer, self._watched = observer, {}
        observer.start()
        self._add(self._root, recursive=False)
        for folder in (*(f"{self._root}/{name}" for name in _FOLDERS), self._theme):
            self._add(folder, recursive=True)
        self._follow_links(CONTENT)

    def renew(self, changed: Iterable[str]) -> None:
        """Watch what reported changes have brought: folders that came later, and what new links lead to. To be done
        before the changes are read, so that nothing is missed between."""
        for path in changed:
            with suppress(OSError):
                if path in _FOLDERS:
                    self._add(f"{self._root}/{path}", recursive=True)
                if path == CONTENT or path.startswith(f"{CONTENT}/"):
                    self._follow_links(path)

    def _follow_links(self, path: str) -> None:
        """Watch what the links at or below a path lead to."""
        found = dict(links_below(self._root, path))
        self._links = self._links | found  # a new one: the thread that reports may be reading the old one
        for folder, recursive in {folder_of(target) for target in found.values()}:
            if folder not in self._watched and not self._is_watched(folder):
                self._add(folder, recursive=recursive)

    def _is_watched(self, folder: str) -> bool:
        return any(f"{folder}/".startswith(f"{os.path.realpath(f'{self._root}/{name}')}/") for name in _FOLDERS)

    def _add(self, folder: str, *, recursive: bool) -> None:
        if self._observer is None or not os.path.isdir(folder):  # noqa: PTH112 (watchdog speaks text)
            return
        old = self._watched.pop(folder, None)
        if old is not None:
            with suppress(KeyError):  # it ended together with its folder
                self._observer.unschedule(old)
        self._watched[folder] = self._observer.schedule(self, folder, recursive=recursive, event_filter=_EVENTS)

    def stop(self) -> None:
        """End; nothing is reported afterwards."""
        observer, self._observer = self._observer, None
        self._again.cancel()
        if observer is not None:
            observer.stop()
            observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Report what an event is about."""
        named = [os.fsdecode(p) for p in (event.src_path, event.dest_path) if p]
        paths = [path for name in named for path in self._below(name)]
        if paths:
            self._report(paths)

    def _below(self, path: str) -> Iterator[str]:
        if path.startswith(f"{self._root}/"):
            yield path.removeprefix(f"{self._root}/")
        elif path.startswith(f"{self._theme}/"):
            yield f"{DEFAULT_THEME}/{path.removeprefix(f'{self._theme}/')}"
        yield from through(self._links, path)


def events_come(folder: Path, seconds: float = 3.0) -> bool:
    """Whether the system tells of changes in a folder, which is tried with a file of our own; only where it does not,
    as few systems do, it takes that long: a busy one must not be taken for one of them."""
    told = threading.Event()

    class _Listener(FileSystemEventHandler):
        def on_any_event(self, _: FileSystemEvent) -> None:
            told.set()

    observer = Observer()
    probe = folder / "probe"
    try:
        observer.schedule(_Listener(), str(folder), event_filter=_EVENTS)
        observer.start()
        probe.write_bytes(b"")
        return told.wait(seconds)
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
        if observer.is_alive():
            observer.stop()
            observer.join()
