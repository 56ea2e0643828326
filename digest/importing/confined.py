"""Reading what others have written in a process of its own, with bounds: a page made to keep its reader busy, to fill
the memory or to crash a parser ends that process and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from types import TracebackType
from typing import IO, Any, Protocol, Self

from digest.problems import Location, Problem

SECONDS = 20
"""Of processor time; real pages and feeds need less than one."""
MEMORY = 2 * 1024**3
FOUND, MISSING, REFUSED = b"fmr"
"""How a worker's answer begins: what it has found as JSON, the name of a package that it lacks, or why it cannot make
anything of the input."""
_MOST = 500
"""Inputs for one process: parsers keep some of the memory that they took."""


class RefusedError(Exception):
    """Raised by a reader for data that it cannot make anything of; the message is for the user."""


class Confined(Protocol):
    """Reads some bytes in a process of its own: what `Workers.read` does."""

    def __call__(
        self, reader: str, origin: str, data: bytes, *, seconds: int = SECONDS
    ) -> tuple[list[dict[str, Any]], list[Problem]]: ...


@dataclass(slots=True)
class Workers:
    """The processes that inputs are read in: one for each reader, which goes on to the next input, for it takes longer
    to start one than to read a page. It ends them when it is left."""

    running: dict[str, tuple[subprocess.Popen[bytes], int]] = field(default_factory=dict)
    """By reader, each with how many inputs it has read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        for reader in list(self.running):
            self._end(reader)

    def read(
        self, reader: str, origin: str, data: bytes, *, seconds: int = SECONDS
    ) -> tuple[list[dict[str, Any]], list[Problem]]:
        """What a reader makes of some bytes, as plain data; a problem where it refuses them or does not come to an
        end within `seconds` of processor time."""
        at = Location(origin)
        worker, count = self.running.get(reader) or (_started(reader), 0)
        self.running[reader] = worker, count + 1
        patience = Timer(seconds * 6, worker.kill)
        patience.start()
        try:
            answer = _asked(worker, data, seconds)
        finally:
            patience.cancel()
        if not answer or count + 1 >= _MOST:
            self._end(reader)
        if answer[:1] == bytes([FOUND]):
            return json.loads(answer[1:]), []
        words = answer[1:].decode("utf-8", "replace").strip()
        if answer[:1] == bytes([MISSING]):
            return [], [missing(words, at)]
        if answer[:1] == bytes([REFUSED]):
            return [], [Problem("D959", words, at, hint="is it the right file, and whole?")]
        message = "reading it takes more time or memory than any real page needs"
        return [], [Problem("D954", message, at, hint="if it is sound, save its text and import that")]

    def _end(self, reader: str) -> None:
        worker, _ = self.running.pop(reader)
        with worker:  # waits for it, and closes the pipes
            worker.kill()


def confined(
    reader: str, origin: str, data: bytes, *, seconds: int = SECONDS
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What a reader makes of a single input."""
    with Workers() as workers:
        return workers.read(reader, origin, data, seconds=seconds)


def _started(reader: str) -> subprocess.Popen[bytes]:
    # -P: modules that lie in the working folder are not taken for the library's.
    command = [sys.executable, "-P", "-m", "digest.importing.worker", reader]
    return subprocess.Popen(  # noqa: S603 - ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _asked(worker: subprocess.Popen[bytes], data: bytes, seconds: int) -> bytes:
    """A worker's answer; empty where it has come to an end."""
    if worker.stdin is None or worker.stdout is None:
        return b""
    with suppress(OSError, ValueError):
        worker.stdin.write(seconds.to_bytes(8) + len(data).to_bytes(8) + data)
        worker.stdin.flush()
        length = worker.stdout.read(8)
        answer = worker.stdout.read(int.from_bytes(length)) if len(length) == 8 else b""
        return answer if len(answer) == int.from_bytes(length) else b""
    return b""


def parcel(stream: IO[bytes]) -> tuple[int, bytes] | None:
    """What a worker is asked next: how many seconds it has, and for what; None where there is nothing more."""
    head = stream.read(16)
    if len(head) < 16:
        return None
    return int.from_bytes(head[:8]), stream.read(int.from_bytes(head[8:]))


def missing(package: str | None, at: Location) -> Problem:
    """The problem of a package that is not installed."""
    hint = "install it: pip install 'digest-news[import]'"
    return Problem("D956", f"this needs the package {package}, which is not installed", at, hint=hint)
