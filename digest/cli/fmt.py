"""`digest fmt`."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from digest.cli.common import find_root, number, report, root_option, shown
from digest.cli.completion import article_paths
from digest.cli.files import inside
from digest.cli.turn import turn
from digest.content.files import Tree
from digest.problems import Problem
from digest.writing import formatted, replaced


@click.command("fmt")
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=article_paths)
@root_option
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, with exit status 1.")
def fmt_command(files: tuple[str, ...], root: Path | None, *, check: bool) -> None:
    """Bring the front matter of articles and notes into its normal form.

    Keys stand in the order of the guide, quotes where YAML needs them and nowhere else. What the front matter says,
    its comments and the text below it stay as they are. Without a FILE, all of content/ is looked at.

    \b
    Examples:
      digest fmt
      digest fmt content/2025/07/01/talks.md
      digest fmt --check                     for CI
    """
    folder = find_root(root)
    tree = Tree(folder)
    paths, problems = ([inside(folder, file) for file in files], list[Problem]()) if files else tree.articles()
    changed = []
    with nullcontext() if check else turn(folder):
        for path in paths:
            was, more = tree.read(path)
            problems += more
            if was is None:
                continue
            made, more = formatted(path, was)
            problems += more
            if made == was:
                continue
            problem = None if check else replaced(folder, path, made, was)
            if problem:
                problems.append(problem)
            else:
                changed.append(path)
    for path in changed:
        click.echo(shown(folder / path))
    report(problems)
    what = f"{len(changed):,} of {number(len(paths), 'file')}"
    click.echo(f"{what} are not in normal form" if check and changed else f"{what} changed", err=not changed)
    if problems or (check and changed):
        sys.exit(1)
