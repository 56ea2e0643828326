"""Putting bytes into the place of a file's: a reader finds the old ones or the new ones, whole."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path


def replace_bytes(file: Path, data: bytes, *, sync: bool = False) -> None:
    """Write a file anew, or for the first time; it keeps its mode. With `sync` it is on the disk when this returns.
    Raises OSError, and then leaves the old file and no other. The folder must be there."""
    # A name with a dot in front is neither read as an article nor watched.
    temporary = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            if sync:
                stream.flush()
                os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(file.stat().st_mode))
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def create_bytes(file: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises OSError (FileExistsError where it is), and then leaves nothing of
    its own. The folder must be there."""
    with file.open("xb") as stream:
        try:
            stream.write(data)
            stream.close()  # what a full disk refuses may show only now
        except BaseException:
            file.unlink(missing_ok=True)
            raise
