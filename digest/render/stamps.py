"""What tells cheaply that a file may have changed since it was read."""

from __future__ import annotations

import os
import time

_RACE = 2_000_000_000
"""Nanoseconds: a file that changed this shortly before it was read may change again without a new time."""


def stamp_of(found: os.stat_result, now: int) -> str:
    """A file's times, size and number; "" for one that changed a moment before `now` (nanoseconds, see `moment`).

    The time of the last change to the file's record (ctime) is among them, which programs cannot set back.
    """
    fresh = found.st_mtime_ns > now - _RACE
    return "" if fresh else f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def moment() -> int:
    """Now, to be taken before files are looked at."""
    return time.time_ns()
