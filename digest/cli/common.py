"""What all commands share: the digest's root, times, and how problems are shown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn, TypeVar

import click

from digest.problems import Problem, Severity, in_order, show
from digest.progress import Progress, quiet

F = TypeVar("F", bound=Callable[..., Any])

CONFIG = "digest.yaml"
_LONG = 400
"""Steps from which on a progress bar is worth its lines."""
_PATIENCE = 2.0
"""Seconds after which it is worth them for fewer steps too: each is slow."""


def find_root(given: Path | None) -> Path:
    """The digest's folder: the one given, or the nearest parent of the working folder with digest.yaml.

    Raises click.UsageError (exit status 2) where there is none.
    """
    if given is not None:
        if not (given / CONFIG).is_file():
            raise click.UsageError(f"{given} is not a digest: it holds no {CONFIG}. `digest init {given}` makes one.")
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise click.UsageError(
        f"neither this folder nor one above it holds {CONFIG}. `digest init DIR` makes a new digest, "
        "--root DIR names one."
    )


def root_option(command: F) -> F:
    """The option --root, passed to the command as `root: Path | None`."""
    option = click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The digest’s folder (default: the nearest one upwards that holds digest.yaml).",
    )
    return option(command)


def shown(file: Path) -> str:
    """A path as short as it can be typed from here: relative where the file is below the working folder."""
    here = Path.cwd()
    return os.path.relpath(file, here) if file.is_relative_to(here) else str(file)


def report(problems: Iterable[Problem], *, as_json: bool = False, more: dict[str, object] | None = None) -> None:
    """Show problems on stderr, sorted, with a last line that counts them; as JSON on stdout together with `more`."""
    found = in_order(problems)
    if as_json:
        click.echo(json.dumps({**(more or {}), "problems": [p.as_dict() for p in found]}, ensure_ascii=False, indent=2))
        return
    for problem in found:
        click.echo(_coloured(problem), err=True)
    if found:
        click.echo(count(found), err=True)


def stop(problems: Iterable[Problem], *, as_json: bool = False) -> NoReturn:
    """Show the problems that nothing can go on with, and end the program with exit status 1."""
    report(problems, as_json=as_json, more={"ok": False})
    sys.exit(1)


def _coloured(problem: Problem) -> str:
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    word = str(problem.severity)
    head, *rest = show(problem).split("\n")
    return "\n".join([head.replace(f" {word} ", f" {click.style(word, fg=colour, bold=True)} ", 1), *rest])


def count(problems: Iterable[Problem]) -> str:
    """ "2 errors, 1 warning"."""
    found = list(problems)
    errors = sum(p.severity is Severity.ERROR for p in found)
    parts = [(errors, "error"), (len(found) - errors, "warning")]
    return ", ".join(number(n, word) for n, word in parts if n)


def number(count: int, what: str) -> str:
    """ "1 article", "1,200 articles": how every command writes a count."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


class Moment(click.ParamType[date]):
    """A moment given as a date (meaning its end) or as a date and time with an offset."""

    name = "date or time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        """A date stays one, since only the digest knows its timezone; a time becomes an aware datetime."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is no date; write 2025-07-01 or 2025-07-01T12:00Z", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"“{value}” needs an offset; write {value}Z or {value}+01:00", param, ctx)
        return moment.astimezone(UTC)


def clock(given: date | datetime | None) -> datetime:
    """The wall-clock moment that decides what is out: --now, else SOURCE_DATE_EPOCH, else the real one."""
    if isinstance(given, datetime):
        return given
    if given is not None:
        return datetime(given.year, given.month, given.day, tzinfo=UTC) + timedelta(days=1, microseconds=-1)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not epoch.isascii() or not epoch.isdigit():
            raise click.UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”, but should be a number of seconds")
        try:
            return datetime.fromtimestamp(int(epoch), tz=UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise click.UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”, which is no moment that a calendar has") from error
    return datetime.now(UTC)


def now_option(command: F) -> F:
    """The option --now, passed as `now: date | datetime | None`."""
    return click.option(
        "--now",
        type=Moment(),
        metavar="TIME",
        help="Decide by this moment which embargoed, future and expired articles are out (default: the clock).",
    )(command)


def as_of_option(command: F) -> F:
    """The option --as-of, passed as `as_of: date | datetime | None`."""
    return click.option(
        "--as-of",
        type=Moment(),
        metavar="TIME",
        help="Show labels as they were: only what was recorded by the end of this day, or by this time, counts.",
    )(command)


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Progress]:
    """A progress bar on stderr, if that is a terminal and the work is long."""
    if not shown or not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console  # noqa: PLC0415 (costs start-up time that short builds need not pay)
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, object] = {}
    begin = monotonic()

    def advance(step: str, done: int, total: int) -> None:
        many = total >= _LONG
        if not many and (total < 2 or monotonic() - begin < _PATIENCE):
            return
        if step not in tasks:
            bar.start()
            tasks[step] = bar.add_task(step, total=total)
        if not many or done % 50 == 0 or done == total:
            bar.update(tasks[step], completed=done)  # type: ignore[arg-type] # a TaskID

    try:
        yield advance
    finally:
        bar.stop()
