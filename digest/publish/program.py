"""Running the programs that publishing leans on (git, ssh, rsync, rclone)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from digest.publish.refused import RefusedError, refused
from digest.publish.secret import scrub

_OF_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment, without what a git hook sets, with messages in English and nothing asked on the terminal."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(more or {})}


def tried(
    command: Sequence[str | Path], *, data: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end. Raises RefusedError where there is no such program."""
    try:
        return subprocess.run(command, input=data, capture_output=True, check=False, env=environment(more))  # noqa: S603 (no shell)
    except FileNotFoundError as error:
        raise _missing(command) from error


def _missing(command: Sequence[str | Path]) -> RefusedError:
    return refused("D914", f"the program {command[0]} is not there", str(command[0]), f"install {command[0]}")


def fed(
    command: Sequence[str | Path], place: str, data: Iterable[bytes], *, more: Mapping[str, str] | None = None
) -> None:
    """Run a program that reads much, piece by piece. Raises RefusedError, with its last words, where it fails."""
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 (no shell)
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=environment(more)
            )
        except FileNotFoundError as error:
            raise _missing(command) from error
        with process:
            try:
                assert process.stdin is not None  # noqa: S101 (a pipe)
                with suppress(BrokenPipeError), process.stdin as pipe:  # it says why, when it ends
                    pipe.writelines(data)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            done = subprocess.CompletedProcess(command, process.returncode, b"", said.read())
            raise refused("D914", f"{command[0]} failed: {last_words(done)}", place, "try the same by hand")


def answer(
    command: Sequence[str | Path], place: str, *, data: bytes = b"", more: Mapping[str, str] | None = None
) -> bytes:
    """What a program prints. Raises RefusedError, with its last words, where it fails."""
    done = tried(command, data=data, more=more)
    if done.returncode:
        raise refused("D914", f"{command[0]} failed: {last_words(done)}", place, "try the same by hand")
    return done.stdout


def last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a program said when it failed, on one line, without secrets."""
    lines = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    return scrub("; ".join(lines[-3:]))[:400] or f"status {done.returncode}"
