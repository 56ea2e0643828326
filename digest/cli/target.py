"""What the commands that look at a target share."""

from __future__ import annotations

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

import click

from digest.build.build import STORE
from digest.build.output import WORK, place_in
from digest.cli.common import stop
from digest.content.read import read, read_context
from digest.index.packing import DamagedError
from digest.model import Article, Settings
from digest.problems import Location, Problem
from digest.publish.refused import RefusedError


def target_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """A target's address or name, which may be left out."""
    return click.argument("target", default="", metavar="[TARGET]")(command)


@contextmanager
def reporting(root: Path, *, as_json: bool) -> Iterator[None]:
    """Show why publishing stopped, with exit status 1."""
    try:
        yield
    except RefusedError as error:
        problem = error.problem
    except BrokenPipeError:  # whoever read what we print is gone, which is no trouble of the disk
        raise
    except OSError as error:
        problem = _of_the_disk(root, error)
    except (sqlite3.Error, DamagedError) as error:
        what, place = f"the index of the last build cannot be read: {error}", Location(f"{WORK}/{STORE}")
        problem = Problem("D911", what, place, hint="run `digest build`, which makes it anew or says what is wrong")
    else:
        return
    stop([problem], as_json=as_json)


def _of_the_disk(root: Path, error: OSError) -> Problem:
    """What the system refuses on this machine."""
    place = place_in(root, Path(str(error.filename or root / WORK)))
    hint = "look at the room on that disk, and at the owner and mode of the place; what is at the target is whole"
    return Problem("D809", f"cannot read or write there: {error.strerror or error}", place, hint=hint)


def settings_of(folder: Path, *, as_json: bool) -> Settings:
    """What digest.yaml says."""
    context, problems = read_context(folder)
    if context is None:
        stop(problems, as_json=as_json)
    return context.settings


def confirmed(question: str) -> bool:
    """Yes; where nobody can answer, as in CI, no."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        click.echo("nobody answered; --yes goes without a question", err=True)
        return False


def articles_of(folder: Path, *, as_json: bool) -> Sequence[Article]:
    """All articles of the digest, those that are not out among them."""
    reading = read(folder)
    if reading.digest is None:
        stop(reading.problems, as_json=as_json)
    return reading.digest.articles


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, the end that a system or a CI service asks for comes as Ctrl-C does: programs that are at work are
    stopped, and what is temporary goes. The exit status is 128 and the signal's number."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers} if current_thread() is main_thread() else {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
