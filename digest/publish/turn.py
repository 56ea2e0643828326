"""One publisher after another, where a file on this machine can say whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import BaseFileLock, Timeout

from digest.publish.refused import refused


@contextmanager
def turn(lock: BaseFileLock, where: str, shown: str) -> Iterator[None]:
    """Inside, the lock is ours; the system frees it when its holder ends in any way. Raises RefusedError, at the target
    that is `shown`, where somebody else has held it for as long as it waits; `where` says where they are at work."""
    try:
        held = lock.acquire()
    except Timeout as error:
        hint = "wait until it is done"
        raise refused("D916", f"somebody else is publishing {where}", shown, hint) from error
    with held:
        yield
