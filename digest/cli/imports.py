"""`digest import`: raw text, feeds, pages, mails and other generators' content become drafts."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from digest.cli.common import clock, find_root, now_option, number, progress_bar, report, root_option
from digest.cli.turn import turn
from digest.content import read
from digest.content.articles import has_errors
from digest.content.dates import NotADate, read_date
from digest.content.files import CONTENT
from digest.content.read import read_context

if TYPE_CHECKING:
    from digest.importing.filing import Filed
    from digest.importing.run import Result

_FORMS = ("text", "html", "feed", "eml", "opml", "hugo", "jekyll", "pelican", "wordpress")
_SHOWN = 30


@click.command("import")
@click.argument("inputs", metavar="FILE…", nargs=-1)
@root_option
@click.option("--date", "day", metavar="DATE", default="", help="The articles’ date, whatever the input says.")
@click.option("--from", "form", type=click.Choice(_FORMS), help="What the input is (default: look at it).")
@click.option("--to", "folder", metavar="DIR", default="", help="Folder below content/ (default: by date).")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@now_option
@click.option("--json", "as_json", is_flag=True, help="Everything that is proposed as JSON, for programs.")
def import_command(
    inputs: tuple[str, ...],
    root: Path | None,
    *,
    day: str,
    form: str | None,
    folder: str,
    dry_run: bool,
    now: date | datetime | None,
    as_json: bool,
) -> None:
    """Turn raw news into drafts with proposed claims and statements.

    FILE is a text, an HTML page, a feed (RSS, Atom, JSON Feed), a mail (.eml), a list of feeds (OPML), a WordPress
    export, a folder of such files or of a Hugo, Jekyll or Pelican site, or an http(s) address. Without FILE, or with -,
    standard input is read.

    Every article is a draft, and its review notes say what each proposal rests on. What a person has edited, moved or
    deleted is never written again.

    \b
    Examples:
      digest import story.txt                          several stories, split at their headlines
      pbpaste | digest import --date 2025-07-01        what you have copied
      digest import https://example.org/feed.xml       one draft an item; again: only what is new
      digest import --dry-run --json page.html         look at the proposals
      digest import ~/old-site --from hugo             a whole site
    """
    from digest.importing.as_data import item_data  # noqa: PLC0415
    from digest.importing.filing import Where  # noqa: PLC0415 (costs start-up time that other commands need not pay)
    from digest.importing.inputs import Form, Input  # noqa: PLC0415
    from digest.importing.run import import_inputs  # noqa: PLC0415

    place = find_root(root)
    context, problems = read_context(place)
    if context is None:
        report(problems)
        sys.exit(1)
    settings = context.settings
    moment = read_date(day, settings) if day else None
    if isinstance(moment, NotADate):
        raise click.UsageError(f"{moment.message} ({moment.hint})" if moment.hint else moment.message)
    today = settings.day_of(clock(now))
    where = Where(day, str(today), _below_content(folder), dry_run)
    named = [
        Input(name, _standard_input() if name == "-" else None, Form(form) if form else None)
        for name in inputs or ("-",)
    ]
    items: list[dict[str, object]] = []
    with nullcontext() if dry_run else turn(place, as_json=as_json), progress_bar(shown=not as_json) as progress:
        result = import_inputs(
            place,
            read(place),
            named,
            where,
            today,
            progress=progress,
            told=lambda filed, item: items.append(item_data(filed, item)) if as_json else None,
        )
    failed = has_errors(list(result.problems))
    more = {"ok": not failed, "dry_run": dry_run, "items": items} if as_json else None
    report(result.problems, as_json=as_json, more=more)
    if not as_json:
        _tell(result, dry_run=dry_run)
    if failed:
        sys.exit(1)


def _standard_input() -> bytes:
    from digest.importing.inputs import MOST  # noqa: PLC0415

    if sys.stdin.isatty():
        click.echo("reading from the terminal; end with Ctrl-D", err=True)
    return sys.stdin.buffer.read(MOST + 1)


def _below_content(folder: str) -> str:
    if not folder:
        return ""
    path = PurePosixPath(folder.replace("\\", "/"))
    path = path if path.parts[:1] == (CONTENT,) else PurePosixPath(CONTENT) / path
    if path.is_absolute() or any(part == ".." or part.startswith((".", "_")) for part in path.parts):
        raise click.UsageError(f"--to {folder} is no folder below {CONTENT}/ that articles are read from")
    return path.as_posix()


def _tell(result: Result, *, dry_run: bool) -> None:
    from digest.importing.filing import Fate, counts  # noqa: PLC0415

    news = [one for one in result.filed if one.fate is not Fate.UNCHANGED]
    for one in news[:_SHOWN]:
        click.echo(_line(one, dry_run=dry_run))
    if len(news) > _SHOWN:
        click.echo(f"… and {len(news) - _SHOWN:,} more")
    homeless = _homeless(result)
    if homeless:
        click.echo(f"no place, see the review notes: {homeless}")
    if result.filed:
        words = {
            Fate.WRITTEN: "to write" if dry_run else "written",
            Fate.UPDATED: "to update" if dry_run else "updated",
            Fate.UNCHANGED: "unchanged",
            Fate.EDITED: "left alone, since somebody has edited them",
            Fate.GONE: "left out, since somebody has deleted or moved them",
            Fate.DUPLICATE: "skipped as duplicates",
        }
        found = ", ".join(f"{n:,} {words[fate]}" for fate, n in counts(result.filed).items())
        claims = sum(one.claims for one in result.filed if one.fate in {Fate.WRITTEN, Fate.UPDATED})
        sources = {p.id for one in result.filed for p in one.proposed if one.fate in {Fate.WRITTEN, Fate.UPDATED}}
        more = f"; {number(claims, 'claim')} and {number(len(sources), 'new source')} to check" if claims else ""
        click.echo(
            f"{number(len(result.filed), 'draft')}: {found}{more}"
            + (" (dry run: nothing was written)" if dry_run else "")
        )


def _homeless(result: Result) -> str:
    """What of other generators' posts had no place, in how many of the drafts."""
    from digest.importing.filing import Fate  # noqa: PLC0415

    new = (filed for filed in result.filed if filed.fate in {Fate.WRITTEN, Fate.UPDATED})
    found = Counter(what for filed in new for what in {note.partition(":")[0] for note in filed.notes})
    return "; ".join(f"{what} ({n:,})" for what, n in found.most_common())


def _line(one: Filed, *, dry_run: bool) -> str:
    from digest.importing.filing import Fate  # noqa: PLC0415

    if one.why:
        more = f"; not there: “{one.new}”" if one.new else ""
        return f"{one.fate}: “{one.title}” ({one.why} as {one.path}{more})"
    claims = f"  {number(one.claims, 'claim')}" if one.claims else ""
    would = {Fate.WRITTEN: "to write", Fate.UPDATED: "to update"} if dry_run else {}
    return f"{would.get(one.fate, one.fate)}: {one.path}{claims}"
