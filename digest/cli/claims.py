"""`digest explain` and `digest export claims`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import click

from digest.build.memory import make_index
from digest.build.output import OWN_FOLDERS
from digest.build.planning import failing
from digest.cli.common import CONFIG, as_of_option, clock, find_root, now_option, number, report, root_option
from digest.cli.completion import claim_ids
from digest.content import read
from digest.export.claims import FORMATS, rows, write
from digest.export.explain import explain, explain_text
from digest.index.index import Index
from digest.pages.tongue import Tongue
from digest.replacing import replace_bytes


def _index(root: Path, now: date | datetime | None, as_of: date | datetime | None) -> Index:
    """The digest's index; problems are shown, and errors end the command."""
    reading = read(root)
    if reading.digest is None or failing(reading.problems, strict=False):
        report(reading.problems)
        sys.exit(1)
    return make_index(reading.digest, clock(now), as_of)


@click.command("explain")
@click.argument("claim", shell_complete=claim_ids)
@root_option
@now_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, for programs.")
def explain_command(
    claim: str, root: Path | None, *, now: date | datetime | None, as_of: date | datetime | None, as_json: bool
) -> None:
    """Say why a claim has its label: the rule, the independent roots, what each statement is worth, the history.

    \b
    Examples:
      digest explain russian-losses-million
      digest explain russian-losses-million --as-of 2025-07-01
      digest explain russian-losses-million --json
    """
    index = _index(find_root(root), now, as_of)
    if index.course(claim) is None:
        near = get_close_matches(claim, list(index.claims()), 3, 0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else " `digest export claims` lists all."
        raise click.UsageError(f"there is no claim “{claim}”.{hint}")
    found = explain(index, claim, Tongue(index.settings.language))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else explain_text(found))


@click.group("export")
def export_group() -> None:
    """Give out the digest’s data for other programs."""


@export_group.command("claims")
@root_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="The file to write (default: stdout)."
)
@now_option
@as_of_option
def claims_command(
    root: Path | None,
    *,
    format_: str,
    output: Path | None,
    now: date | datetime | None,
    as_of: date | datetime | None,
) -> None:
    """One row per claim: its label, why, since when, its history, the articles it stands in; sorted by id.

    \b
    Examples:
      digest export claims > claims.jsonl
      digest export claims --format csv --as-of 2025-07-01 -o claims.csv
      digest export claims --format sqlite -o claims.sqlite
    """
    if format_ == "sqlite" and output is None:
        raise click.UsageError("a SQLite database needs a file: add --output claims.sqlite")
    folder = find_root(root)
    if output is not None and _belongs_to(folder, output.resolve()):
        raise click.UsageError(f"{output} is a place for the digest’s own files; choose another")
    index = _index(folder, now, as_of)
    made = rows(index, Tongue(index.settings.language))
    data = write(made, format_)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    replace_bytes(output, data)
    click.echo(f"{number(len(made), 'claim')} written to {output}", err=True)


def _belongs_to(root: Path, file: Path) -> bool:
    """Whether a file is, or stands among, the digest's sources, its output or its index."""
    if not file.is_relative_to(root):
        return False
    return file.name == CONFIG or file.relative_to(root).parts[0] in OWN_FOLDERS
