"""The preview's own store: beside the build's, which it never touches."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from digest.build.build import STORE
from digest.build.output import WORK
from digest.index.store import Store, erase
from digest.preview.apply import take_stale

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


def borrow(root: Path, path: Path) -> None:
    """Begin a store that is not there yet with a copy of the build's, which stays untouched: what a build has read need
    not be read again. Does nothing where there is none, or while a build uses it."""
    index = root / WORK / STORE
    lock, copy = FileLock(root / WORK / "lock", thread_local=False), path.with_suffix(".copy")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return
    with lock:
        apart = index.with_name(f"{index.name}-wal")  # left behind by a build that was killed
        if path.exists() or index.is_symlink() or not index.is_file() or apart.exists():
            return
        try:
            shutil.copyfile(index, copy)
            erase(path)  # what SQLite kept beside one that was removed would be taken for the copy's
            copy.replace(path)
        except OSError:  # of room on the disk there may be too little for both
            copy.unlink(missing_ok=True)
            return
    store = open_store(path)
    with store.transaction():
        take_stale(store.db)
    store.close()


def open_store(path: Path) -> Store:
    """The store in that file, for the thread that opens it; one that cannot be used is begun anew."""
    store = Store(path)
    for index in _INDEXES:
        store.db.execute(index)
    return store
