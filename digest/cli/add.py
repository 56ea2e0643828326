"""`digest add-source` and `digest add-statement`: new entries in files that stay as they are besides."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import click

from digest.cli.common import clock, find_root, now_option, report, root_option, shown
from digest.cli.completion import article_paths, claim_ids, party_ids, source_ids
from digest.cli.files import inside
from digest.cli.turn import turn
from digest.content.article_schema import StatementEntry
from digest.content.context import Context
from digest.content.files import Tree
from digest.content.read import read_context
from digest.content.registry import SOURCES_FILE
from digest.content.schema import SourceEntry, Strict
from digest.model import Basis, SourceKind, Stance
from digest.problems import Location, Problem
from digest.writing import holders, keys, replaced, with_source, with_statement

Given: TypeAlias = dict[str, str | list[str]]


@click.command("add-source")
@click.argument("id_", metavar="ID")
@root_option
@click.option("--name", required=True, help="Its name as readers see it.")
@click.option("--kind", required=True, type=click.Choice([str(kind) for kind in SourceKind]), help="What it is.")
@click.option("--speaks-for", metavar="PARTY", multiple=True, shell_complete=party_ids, help="Repeatable.")
@click.option("--controlled-by", metavar="PARTY", multiple=True, shell_complete=party_ids, help="Repeatable.")
@click.option("--aligned-with", metavar="PARTY", multiple=True, shell_complete=party_ids, help="Repeatable.")
@click.option("--owner", metavar="SOURCE", shell_complete=source_ids, help="Sources with one owner count as one.")
@click.option("--url", metavar="URL", help="Its home page.")
@click.option("--country", metavar="TEXT", help="The country that it belongs to.")
@click.option("--alias", "aliases", metavar="NAME", multiple=True, help="Another name; repeatable.")
@click.option("--evidence", metavar="TEXT", help="An address or a text that shows what it is or whom it speaks for.")
def add_source(id_: str, root: Path | None, **given: Any) -> None:
    """Add the source ID to content/sources.yaml, and print the place.

    It becomes the last entry; comments, order and all other bytes of the file stay. Nothing is written where the
    registry would have errors.

    \b
    Examples:
      digest add-source ria --name "RIA Novosti" --kind agency --controlled-by russia-gov
      digest add-source csis --name "Center for Strategic and International Studies" --kind research --alias CSIS
    """
    folder = find_root(root)
    with turn(folder):
        context = _context(folder)
        was, problems = Tree(folder).read(SOURCES_FILE)
        if problems:
            _end(problems)
        made, problems = with_source(was, id_, _entry(SourceEntry, given), context.settings)
        _put(folder, SOURCES_FILE, was, made, problems)


@click.command("add-statement")
@click.argument("claim", shell_complete=claim_ids)
@root_option
@click.option("--by", required=True, metavar="SOURCE", shell_complete=source_ids, help="Who says it.")
@click.option("--says", type=click.Choice([str(stance) for stance in Stance]), help="Default: asserts.")
@click.option("--basis", type=click.Choice([str(basis) for basis in Basis]), help="How the speaker knows.")
@click.option(
    "--via",
    metavar="SOURCE",
    multiple=True,
    shell_complete=source_ids,
    help="A carrier, the nearest to the speaker first.",
)
@click.option(
    "--derived-from",
    metavar="SOURCE",
    multiple=True,
    shell_complete=source_ids,
    help="On whose word it rests; repeatable.",
)
@click.option("--recorded", metavar="DATE", help="When you learned of it (default: today).")
@click.option("--said", metavar="DATE", help="When it was said.")
@click.option("--url", metavar="URL", help="Where it can be read.")
@click.option("--archive", metavar="URL", help="An archived copy.")
@click.option("--quote", metavar="TEXT", help="The words themselves.")
@click.option("--note", metavar="TEXT", help="A note for readers.")
@click.option("--value", metavar="TEXT", help="The figure that it gives.")
@click.option("--unit", metavar="TEXT", help="The figure’s unit.")
@click.option(
    "--in", "article", metavar="FILE", shell_complete=article_paths,
    help="The article that shall hold it (default: the one that defines the claim).",
)  # fmt: skip
@now_option
def add_statement(
    claim: str,
    root: Path | None,
    *,
    recorded: str | None,
    article: str | None,
    now: date | datetime | None,
    **given: Any,
) -> None:
    """Add what a source says about CLAIM to an article, and print the place.

    It becomes the claim’s last statement; comments, order and all other bytes of the file stay. An article that does
    not hold the claim yet (--in) mentions it from then on. Nothing is written where the article would have errors.

    \b
    Examples:
      digest add-statement bridge-cracks --by council --says denies --via gazette --url https://example.org/2
      digest add-statement bridge-cracks --by bridge-union --in content/2025/07/04/report.md
    """
    folder = find_root(root)
    with turn(folder):
        context = _context(folder)
        path = inside(folder, article) if article else _holder(folder, claim, context)
        was, problems = Tree(folder).read(path)
        if was is None:
            _end(problems or [Problem("D117", "there is no such file", Location(path))])
        today = str(context.settings.day_of(clock(now)))
        made, problems = with_statement(
            path, was, claim, _entry(StatementEntry, {**given, "recorded": recorded or today}), context
        )
        _put(folder, path, was, made, problems)


def _entry(kind: type[Strict], given: Mapping[str, str | Sequence[str] | None]) -> Given:
    """The options that were given, as keys of the file in the order of its schema. A source's ties may be one word."""
    made: Given = {}
    for key in keys(kind):
        value = given.get(key)
        if isinstance(value, str):
            made[key] = " ".join(value.split()) if key == "name" else value
        elif value:
            made[key] = value[0] if len(value) == 1 and key in _TIES else list(value)
    return made


_TIES = frozenset({"speaks_for", "controlled_by", "aligned_with"})


def _context(root: Path) -> Context:
    context, problems = read_context(root)
    if context is None:
        _end(problems)
    return context


def _holder(root: Path, claim: str, context: Context) -> str:
    found = holders(root, claim, context)
    if not found:
        raise click.UsageError(f"no article holds the claim “{claim}”; --in FILE names the one that shall mention it")
    defining = [one.path for one in found if any(held.id == claim and held.defines for held in one.claims)]
    if len(defining) > 1:
        listed = " and ".join(defining)
        raise click.UsageError(
            f"several articles define the claim “{claim}”: {listed}; --in FILE says which one is meant"
        )
    return found[0].path


def _put(root: Path, path: str, was: bytes | None, made: bytes, problems: Sequence[Problem]) -> None:
    problem = None if problems else replaced(root, path, made, was)
    if problems or problem:
        _end([*problems, *([problem] if problem else [])])
    click.echo(f"{shown(root / path)}:{_line_of_change(was or b'', made)}")


def _line_of_change(was: bytes, made: bytes) -> int:
    if not was.strip():
        return len(made.splitlines())
    same = next((i for i, (one, two) in enumerate(zip(was, made, strict=False)) if one != two), len(was))
    return len(made[:same].splitlines()) + made[:same].endswith((b"\n", b"\r"))


def _end(problems: Sequence[Problem]) -> NoReturn:
    report(problems)
    click.echo("nothing was written", err=True)
    sys.exit(1)
