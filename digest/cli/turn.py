"""Commands that write into content/ take turns: two at once would each write what the other does not know of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.cli.common import stop
from digest.problems import Location, Problem
from digest.starter.plant import cannot_write

_PATIENCE = 60
"""Seconds to wait for another command."""


@contextmanager
def turn(root: Path, *, as_json: bool = False) -> Iterator[None]:
    """Inside, no other command of digest writes into that digest's content. Waits for up to a minute, and then ends the
    program with exit status 1; the system frees the turn when its holder ends in any way."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 (costs start-up time that other commands need not pay)

    from digest.build.output import WORK  # noqa: PLC0415

    lock = FileLock(root / WORK / "content.lock", timeout=_PATIENCE)
    try:
        (root / WORK).mkdir(exist_ok=True)
        held = lock.acquire()
    except Timeout:
        hint = "wait until it is done; nothing was written"
        busy = Problem("D815", "another command is writing into this digest", Location("content"), hint=hint)
        stop([busy], as_json=as_json)
    except OSError as error:
        stop([cannot_write(error, WORK)], as_json=as_json)
    with held:
        yield
