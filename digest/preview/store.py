"""The preview's own store: beside the build's, which it never touches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from digest.build.output import WORK
from digest.index.store import Store

_INDEXES = (
    "CREATE INDEX IF NOT EXISTS preview_drafts ON inputs (num) WHERE draft",
    "CREATE INDEX IF NOT EXISTS preview_begins ON inputs (begins)",
)
"""What is not out must be found without a look at everything that is."""


@contextmanager
def store_path(root: Path, *, as_of: bool) -> Iterator[Path]:
    """The file of a store that no other preview of this digest uses meanwhile; labels of another moment have their own.

    Raises OSError where .digest/ cannot be written.
    """
    work = root / WORK
    work.mkdir(exist_ok=True)
    name = "preview-as-of" if as_of else "preview"
    for number in count(1):
        path = work / f"{name}{f'-{number}' if number > 1 else ''}.sqlite"
        lock = FileLock(path.with_suffix(".lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        with lock:
            yield path
        return


def open_store(path: Path) -> Store:
    """The store in that file, for the thread that opens it; one that cannot be used is begun anew."""
    store = Store(path)
    for index in _INDEXES:
        store.db.execute(index)
    return store


def remove_store(path: Path) -> None:
    """Remove a store that is damaged, with what SQLite keeps beside it."""
    for old in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        old.unlink(missing_ok=True)
