"""One connection of ssh for all that a command does on another machine, instead of a handshake for each step."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from digest.publish.program import environment, last_words, tried
from digest.publish.refused import refused

_NO_CONNECTION = 255  # ssh's own status
_LONGEST = 60
"""Characters of a folder in which a socket still fits into the 104 that systems allow, with what ssh adds."""


class Connection:
    """What reaches a machine: `shell` is ssh, or a command like it, with its options."""

    def __init__(self, shell: Sequence[str], host: str, shown: str) -> None:
        self._plain = list(shell)
        self.host = host
        self._shown = shown

    def command(self, *words: str) -> list[str]:
        """The command that runs a command of these words there. Raises RefusedError as `shell` does."""
        return [*self.shell, self.host, shlex.join(words)]

    @cached_property
    def shell(self) -> list[str]:
        """The command up to the machine's name. The first time, it connects; RefusedError where that fails."""
        there = tempfile.gettempdir()
        folder = tempfile.mkdtemp(prefix="digest-", dir=there if len(there) < _LONGEST else "/tmp")  # noqa: S108 (one of our own in it)
        shared = [*self._plain, "-o", f"ControlPath={folder.replace('%', '%%')}/s"]
        # it ends by itself after a minute without work, also when this process is killed
        first = [*shared, "-M", "-N", "-f", "-o", "ControlPersist=60", self.host]
        with tempfile.TemporaryFile() as said:  # no pipe, which what stays in the background would hold open
            try:
                code = subprocess.run(  # noqa: S603 (no shell here)
                    first, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, env=environment()
                ).returncode
            except FileNotFoundError:
                code = _NO_CONNECTION
                said.write(f"the program {first[0]} is not there".encode())
            said.seek(0)
            done = subprocess.CompletedProcess(first, code, b"", said.read())
        if code == _NO_CONNECTION:
            shutil.rmtree(folder, ignore_errors=True)
            raise refused("D914", f"ssh failed: {last_words(done)}", self._shown, "try the same by hand")
        if code or not Path(folder, "s").exists():
            shutil.rmtree(folder, ignore_errors=True)
            return self._plain  # a command that shares nothing
        weakref.finalize(self, _end, [*shared, "-O", "exit", self.host], folder)
        return shared


def _end(command: list[str], folder: str) -> None:
    tried(command)
    shutil.rmtree(folder, ignore_errors=True)
