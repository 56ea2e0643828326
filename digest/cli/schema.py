"""`digest schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli.common import find_root, number, report, root_option
from digest.content.json_schema import schema_files, schema_text
from digest.content.kinds import KINDS, SCHEMA_FOLDER
from digest.writing import replaced


@click.command("schema")
@click.argument("name", type=click.Choice(list(KINDS)), required=False)
@root_option
@click.option("--write", is_flag=True, help="Write all schemas to the digest’s folder schemas/.")
def schema_command(name: str | None, root: Path | None, *, write: bool) -> None:
    """Print the JSON Schema of a kind of file, for editors and other programs.

    Article and note are front matter; sources, regions, topics and digest are the YAML files of these names. `digest
    init` puts all schemas into schemas/ and tells editors about them; `--write` does the first again, after an update.

    \b
    Examples:
      digest schema article > article.schema.json
      digest schema --write
    """
    if (name is None) != write:
        raise click.UsageError("give either a NAME or --write: " + ", ".join(KINDS))
    if name is not None:
        click.echo(schema_text(name), nl=False)
        return
    folder = find_root(root)
    wanted = schema_files()
    problems = [problem for path, text in wanted.items() if (problem := replaced(folder, path, text.encode()))]
    report(problems)
    if problems:
        sys.exit(1)
    click.echo(f"{number(len(wanted), 'schema')} in {SCHEMA_FOLDER}/")
