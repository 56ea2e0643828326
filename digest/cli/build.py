"""`digest build`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from digest.build.build import Options, Outcome, build
from digest.build.work import seldom_collect
from digest.cli.common import as_of_option, clock, find_root, now_option, number, progress_bar, report, root_option


@click.command("build")
@root_option
@click.option("--output", type=click.Path(path_type=Path), help="Where to write, inside the digest (default: site).")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--eml", is_flag=True, help="Write each edition as a letter too, email.eml, that mail programs can send.")
@click.option("--clean", is_flag=True, help="Forget what is remembered of earlier builds.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use (default: one for each core).")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Let the Dask cluster at this address do the work (tcp://host:port)."
)
@click.option("--search/--no-search", default=True, help="Make the search index now, or leave it to a later build.")
@click.option("--explain-stale", is_flag=True, help="Say for each page that was rendered why.")
@click.option("--allow", multiple=True, metavar="ADDRESS", help="Let a published address go, this time; * for many.")
@now_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON, for programs.")
def build_command(
    root: Path | None,
    output: Path | None,
    *,
    strict: bool,
    eml: bool,
    clean: bool,
    jobs: int | None,
    scheduler: str | None,
    search: bool,
    explain_stale: bool,
    allow: tuple[str, ...],
    now: date | datetime | None,
    as_of: date | datetime | None,
    as_json: bool,
) -> None:
    """Build the site.

    Reads what changed in content/, works out the labels of its claims, and writes the pages that differ to site/. While
    there is any error nothing is written: the last good site stays as it is.

    \b
    Examples:
      digest build                         build the digest that you stand in
      digest build --root ~/my-digest      build another one
      digest build --strict                let warnings stop it too (for CI)
      digest build --as-of 2025-07-02      with the labels of that day
      digest build --explain-stale         and say why each page was rendered
    """
    folder = find_root(root)
    seldom_collect()
    options = Options(
        clock(now),
        folder / (output or "site"),
        as_of,
        strict,
        clean,
        jobs or 0,
        eml=eml,
        search=search,
        allowed=allow,
    )
    with progress_bar(shown=not as_json) as progress, _cluster(scheduler) as executor:
        outcome = build(folder, replace(options, executor=executor), progress)
    report(outcome.problems, as_json=as_json, more=summary(outcome))
    if outcome.note:
        click.echo(outcome.note, err=True)
    if explain_stale and not as_json:
        for (address, _), why in zip(outcome.rendered, outcome.reasons, strict=True):
            click.echo(f"/{address}  {why}")
    if outcome.failed:
        if not as_json:
            click.echo("nothing was written", err=True)
        sys.exit(1)
    if not as_json:
        click.echo(_result(outcome))


def counts(outcome: Outcome) -> str:
    """How many articles, claims and pages, in words."""
    found = ((outcome.articles, "article"), (outcome.claims, "claim"), (outcome.pages, "page"))
    return ", ".join(number(*pair) for pair in found)


def _result(outcome: Outcome) -> str:
    done = outcome.written
    parts = [f"{number(done.total, 'file')} written" if done else "nothing written"]
    if done and done.removed:
        parts.append(f"{done.removed:,} removed")
    return f"{counts(outcome)}: {', '.join(parts)} in {outcome.seconds:.2f} s"


def summary(outcome: Outcome) -> dict[str, object]:
    """What was done, for programs."""
    done = outcome.written
    return {
        "ok": not outcome.failed,
        "articles": outcome.articles,
        "claims": outcome.claims,
        "pages": outcome.pages,
        "added": done.added if done else 0,
        "changed": done.changed if done else 0,
        "removed": done.removed if done else 0,
        "rendered": [{"address": f"/{address}", "why": why} for address, why in outcome.rendered],
        "seconds": round(outcome.seconds, 3),
    }


@contextmanager
def _cluster(address: str | None) -> Iterator[Executor | None]:
    """The executor of a Dask cluster; None where none is asked for."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError as error:
        message = "--scheduler needs the extra: pip install 'digest-news[dask]'"
        raise click.UsageError(message) from error
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call] # ships no types
    except (OSError, ValueError) as error:
        raise click.UsageError(f"there is no Dask scheduler at {address}: {error}") from error
    with client:
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call] # likewise
