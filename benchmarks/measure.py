"""What a program costs: wall time, CPU time and memory of all its processes together (Linux only).

python -m benchmarks.measure PROGRAM ARGUMENT…
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Self

_PERIOD = 0.05  # seconds between two looks at the memory
_CALM = 20  # and at least this many times as long as a look takes, so that looking costs at most 5 % of one core
_TAIL = 2000  # characters of a failed program's output


class BenchmarkError(Exception):
    """A program failed, or what it made is not what was asked for: there is no result."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: `wall` and `cpu` (user and system, all processes) in seconds; `peak` the largest sum of all
    processes' memory and `largest` the largest of one process, in bytes."""

    wall: float
    cpu: float
    peak: int
    largest: int


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run a program to its end with its output in `log`. BenchmarkError where its exit status is not 0."""
    os.sync()  # what an earlier run wrote must not be written to the disk at this one's expense
    opened = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], list(command), os.environ, file_actions=[opened, (os.POSIX_SPAWN_DUP2, 1, 2)])
    with _Watch(child) as watch:
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        said = log.read_text(encoding="utf-8", errors="replace")[-_TAIL:]
        raise BenchmarkError(f"{' '.join(command)}\nended with status {os.waitstatus_to_exitcode(status)}:\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(watch.peak, watch.largest), watch.largest)


class _Watch:
    """Looks at the memory of a process and all below it until the context ends."""

    def __init__(self, process: int) -> None:
        self.peak = 0
        self.largest = 0
        self._process = process
        self._ended = Event()
        self._thread = Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look_on(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            began = time.perf_counter()
            now, largest = look_at(self._process)
            self.peak, self.largest = max(self.peak, now), max(self.largest, largest)
            pause = max(_PERIOD, _CALM * (time.perf_counter() - began))


def memory_of(process: int) -> int:
    """The memory now of a process and all below it, in bytes."""
    return look_at(process)[0]


def look_at(process: int) -> tuple[int, int]:
    """The memory now of a process and all below it, and the most that one of them had so far, in bytes.

    The sum divides what they share among them (PSS). What `wait4` tells of the largest one counts what the process that
    started it had, too.
    """
    family = _family(process)
    now = sum(_field(f"/proc/{one}/smaps_rollup", "Pss:") for one in family)
    return now, max(_field(f"/proc/{one}/status", "VmHWM:") for one in family)


def _family(process: int) -> list[int]:
    """A process and all that it started, directly or not."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                children.setdefault(_parent(entry), []).append(int(entry.name))
    found = [process]
    for one in found:
        found += children.get(one, ())
    return found


def _parent(entry: Path) -> int:
    """The parent of a process: the second field after its name, which may hold spaces and brackets (proc(5))."""
    return int((entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])


def _field(file: str, name: str) -> int:
    """A field in KiB of a process's file, in bytes; 0 once the process has ended."""
    with suppress(OSError):
        for line in Path(file).read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0


def main() -> int:
    """Run the program that the command line names, then print what it said and what it cost."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        try:
            cost = measure(sys.argv[1:], log)
        except BenchmarkError as error:
            print(error, file=sys.stderr)
            return 1
        print(log.read_text(encoding="utf-8", errors="replace").rstrip())
    print(
        f"wall {cost.wall:.2f} s, CPU {cost.cpu:.2f} s, memory of all processes {cost.peak / 1e6:,.0f} MB at most, "
        f"of the largest one {cost.largest / 1e6:,.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
