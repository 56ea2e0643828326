"""What the commands that look at a target share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from digest.cli.common import report
from digest.content.read import read, read_context
from digest.model import Article, Settings
from digest.publish.refused import RefusedError


def target_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """A target's address or name, which may be left out."""
    return click.argument("target", default="", metavar="[TARGET]")(command)


@contextmanager
def reporting(*, as_json: bool) -> Iterator[None]:
    """Show why publishing stopped, with exit status 1."""
    try:
        yield
    except RefusedError as error:
        report([error.problem], as_json=as_json, more={"ok": False})
        sys.exit(1)


def settings_of(folder: Path, *, as_json: bool) -> Settings:
    """What digest.yaml says."""
    context, problems = read_context(folder)
    if context is None:
        report(problems, as_json=as_json, more={"ok": False})
        sys.exit(1)
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
        report(reading.problems, as_json=as_json, more={"ok": False})
        sys.exit(1)
    return reading.digest.articles
