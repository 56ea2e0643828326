"""A preview that runs as users run it: the command line in a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds after which a test gives up waiting; no test measures time."""
_SEEN = re.compile(r'data-page="([^"]*)" data-seen="([^"]*)"')


@dataclass
class Running:
    """A running preview: its digest, its address, and what it says in the terminal."""

    root: Path
    url: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def ask(self, address: str = "", **headers: str) -> tuple[int, str]:
        """Status and text of an answer; redirects are followed."""
        try:
            with urlopen(Request(self.url + address, headers=headers), timeout=PATIENCE) as answer:  # noqa: S310 (ours)
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def page(self, address: str = "") -> str:
        """The text of an answer."""
        return self.ask(address)[1]

    def wait_for(self, address: str, words: str) -> str:
        """The page once it holds some words."""
        return until(lambda: page if words in (page := self.page(address)) else None, f"{words!r} at /{address}")

    @contextmanager
    def news(self, address: str) -> Iterator[list[str]]:
        """The names of the events that a tab on that page gets from now on."""
        found = _SEEN.search(self.page(address))
        assert found
        query = f".preview/events?page={quote(found[1])}&seen={found[2]}"
        base = self.url[: self.url.index("/", 8) + 1]
        stream = urlopen(base + query, timeout=PATIENCE)  # noqa: S310 (ours)
        events: list[str] = []

        def listen() -> None:
            with suppress(OSError, AttributeError, ValueError):  # closed at the end of the test
                events.extend(line[7:].decode().strip() for line in stream if line.startswith(b"event: "))

        until(lambda: stream.readline() == b"retry: 500\n" or None, "the stream's begin")
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield events
        finally:
            with socket.socket(fileno=os.dup(stream.fileno())) as connection:
                connection.shutdown(socket.SHUT_RDWR)  # else closing it waits for what the other thread reads
            thread.join()
            stream.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the preview still, so that it sees all that happens meanwhile together, however slow the machine."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def until(find: Callable[[], T | None], what: str) -> T:
    """What `find` gives once that is not None."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = find()
        if found is not None:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


@contextmanager
def running(root: Path, *arguments: str, port: int = 0) -> Iterator[Running]:
    """`digest serve` on a free port, ready to answer and following its files."""
    command = [sys.executable, "-m", "digest", "serve", "--root", str(root), "--port", str(port), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=root)
    assert process.stdout
    preview = Running(root, "", process)

    def read() -> None:
        assert process.stdout
        preview.said.extend(iter(process.stdout.readline, ""))

    threading.Thread(target=read, daemon=True).start()
    try:
        line = until(lambda: next((s for s in preview.said if s.startswith("preview at")), None), "the first line")
        preview.url = line.split()[2]
        yield preview
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def settle(preview: Running, address: str) -> None:
    """Wait until the preview follows its files: a first edit was seen."""
    path = preview.root / "content" / "settled.md"
    path.write_text("---\ntitle: Settled\ndate: 2025-06-01\n---\nSettled.\n", encoding="utf-8")
    preview.wait_for("2025/06/01/settled/", "Settled")
    path.unlink()
    until(lambda: True if preview.ask("2025/06/01/settled/")[0] == 404 else None, "the file's end")
    preview.page(address)
