"""Doing batches of work in this process, in a pool of processes or on a cluster, with the same results."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from digest.index.store import Store

J = TypeVar("J")
T = TypeVar("T")
R = TypeVar("R")

SMALL = 150
"""Items below which starting processes costs more than it saves."""

BATCH = 100
"""Items in a batch: large enough that sending it is cheap, small enough that memory stays small."""


class LostError(Exception):
    """A process that did a part of the work is gone."""


class Workers:
    """Runs batches on `jobs` processes, or through the executor given; small work stays in this process.

    `threaded` where other threads run in this process: a fork would take their locks along.
    """

    def __init__(
        self, jobs: int = 0, executor: Executor | None = None, width: int = 0, *, threaded: bool = False
    ) -> None:
        self._jobs = jobs or os.cpu_count() or 1
        self._given = executor
        self._own: ProcessPoolExecutor | None = None
        self._width = width or self._jobs
        self._way = "fork" if sys.platform == "linux" and not threaded else "spawn"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if self._own is not None:
            self._own.shutdown(cancel_futures=kind is not None)

    def map(self, do: Callable[[J, Sequence[T]], R], job: J, items: Sequence[T]) -> Iterator[R]:
        """What `do` makes of the job and each batch, in order; at most a few batches are under way at once."""
        batches = [items[i : i + BATCH] for i in range(0, len(items), BATCH)]
        executor = self._executor(len(items))
        if executor is None:
            for batch in batches:
                yield do(job, batch)
            return
        running: deque[Future[R]] = deque()
        for batch in batches:
            running.append(executor.submit(do, job, batch))
            if len(running) >= 2 * self._width:
                yield _result(running.popleft())
        while running:
            yield _result(running.popleft())

    def _executor(self, items: int) -> Executor | None:
        return self._given or self._own if items >= SMALL else None

    def start(self, items: int, store: Store) -> None:
        """Have processes ready where there are that many items to do.

        A process must not inherit an open store, so that it is closed meanwhile.
        """
        if self._given is not None or self._own is not None or self._jobs == 1 or items < SMALL:
            return
        with store.closed(), _unstopped():
            self._own = ProcessPoolExecutor(self._jobs, multiprocessing.get_context(self._way), _begin)
            _result(self._own.submit(os.getpid))


def _result(future: Future[R]) -> R:
    """What came of a batch. Raises LostError where whoever did it is gone, and otherwise what doing it raised."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError) as error:
        raise LostError("a process that did a part of the work was ended from outside") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "distributed":
            raise
        raise LostError(f"the cluster lost a part of the work ({type(error).__name__})") from error


@contextmanager
def _unstopped() -> Iterator[None]:
    """Hold Ctrl-C back until processes have begun, so that it reaches none of them."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent, and ends where that is gone."""
    seldom_collect()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A build that is killed leaves nobody behind who holds memory, and writes what nobody asks for any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def seldom_collect() -> None:
    """Let this process look for garbage seldom, and never in what it holds already: a build makes few circles."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
