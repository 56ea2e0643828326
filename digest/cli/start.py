"""`digest init` and `digest new`: the beginnings of a digest and of an article."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from slugify import slugify

from digest.cli.common import clock, find_root, now_option, number, report, root_option, shown
from digest.cli.completion import region_words, source_ids, thread_ids, topic_words
from digest.content.context import Context
from digest.content.read import read_context
from digest.content.settings import SETTINGS_FILE
from digest.problems import Problem
from digest.starter import (
    HOSTS,
    Choices,
    Host,
    Request,
    add,
    drafted,
    filed,
    headline,
    host_files,
    host_settings,
    host_words,
    not_a_title,
    plant,
    seed,
    with_host,
)

_LONGEST_ID = 60
_MADE = (
    ("digest.yaml", "title, address, timezone, language"),
    ("content/sources.yaml", "parties and sources, to check and to add to"),
    ("content/2025/01/", "two invented example articles, with comments on each key"),
    ("schemas/", "what editors complete and check these files by"),
    ("README.md", "what is where, and the commands"),
)


class Title(click.ParamType[str]):
    """A text that can be a title, on one line."""

    name = "title"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The title without line breaks and without blanks around it."""
        wrong = not_a_title(value)
        if wrong:
            self.fail(wrong, param, ctx)
        return headline(value)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--title", type=Title(), metavar="TEXT", default="News digest", show_default=True, help="The digest’s name."
)
@click.option("--url", metavar="URL", default="", help="Where the site will stand, e.g. https://example.org/digest/.")
@click.option(
    "--timezone",
    metavar="NAME",
    default="UTC",
    show_default=True,
    help="Decides which day is which; an IANA name such as Europe/Kyiv.",
)
@click.option("--language", metavar="TAG", default="en", show_default=True, help="The pages’ language: en, uk, pt-BR …")
@click.option(
    "--host",
    type=click.Choice(HOSTS),
    help="Add the workflow that builds and publishes from a repository, also when an embargo ends.",
)
def init(folder: Path, title: str, url: str, timezone: str, language: str, host: Host | None) -> None:
    """Make a new digest in the folder DIR.

    It builds at once: it holds settings, a registry of well-known sources, and two short invented articles whose
    comments explain each key. DIR must not exist yet, or be empty (a .git folder may be in it). With --host it may be a
    digest: then only what that host needs is added.

    \b
    Examples:
      digest init morning-news
      digest init morning-news --title "Morning news" --timezone Europe/Kyiv
      digest init . --url https://example.org/news/
      digest init morning-news --host github-pages
    """
    if host and (folder / SETTINGS_FILE).exists():
        _add_host(folder, host)
        return
    files, wrong = seed(Choices(title, url, timezone, language))
    if wrong:
        raise click.UsageError(_in_words(wrong))
    files = with_host(files, host) if host else files
    problem = plant(folder, files)
    if problem:
        report([problem])
        sys.exit(1)
    width = max(len(path) for path, _ in _MADE)
    click.echo(f"A new digest, {number(len(files), 'file')} in {folder}:")
    for path, holds in _MADE:
        click.echo(f"  {path:{width}}  {holds}")
    if host:
        _tell_where_workflows_lie(folder)
        click.echo(f"  {'.gitlab-ci.yml' if host == 'gitlab' else '.github/':{width}}  publishing: see README.md")
    root = "" if folder.resolve() == Path.cwd() else f" --root {shlex.quote(str(folder))}"
    click.echo(f'\nNext:\n  digest build{root}\n  digest new "The first headline"{root}')


def _tell_where_workflows_lie(folder: Path) -> None:
    above = next((parent for parent in folder.resolve().parents if (parent / ".git").exists()), None)
    if above is not None and not (folder / ".git").exists():
        click.echo(
            f"hosts look for workflows at the top of a repository only, which is {above}: move them there", err=True
        )


def _add_host(folder: Path, host: Host) -> None:
    files = host_files(host)
    there = {path for path in files if (folder / path).exists()}
    problem = add(folder, {path: data for path, data in files.items() if path not in there})
    if problem:
        report([problem])
        sys.exit(1)
    click.echo("\n".join(["Made:", *(f"  {path}" for path in sorted(files.keys() - there) or ["nothing"])]))
    for path in sorted(there):
        if (folder / path).read_bytes() != files[path]:
            click.echo(f"\n{path} was there and is kept; what it would hold:")
            click.echo("".join(f"  {line}\n" for line in files[path].decode().splitlines()), nl=False)
    _tell_where_workflows_lie(folder)
    click.echo(f"\nPut into digest.yaml:\n{host_settings(host)}\n{host_words(host)}", nl=False)


@click.command()
@click.argument("title", type=Title(), required=False)
@root_option
@click.option("--date", "day", metavar="DATE", help="The article’s date, as in 2025-07-01 (default: today).")
@click.option(
    "--region",
    "regions",
    metavar="WORD",
    multiple=True,
    shell_complete=region_words,
    help="A region’s code, name or slug; repeatable.",
)
@click.option(
    "--topic",
    "topics",
    metavar="WORD",
    multiple=True,
    shell_complete=topic_words,
    help="A topic’s name, id or slug; repeatable.",
)
@click.option(
    "--thread", metavar="ID", default="", shell_complete=thread_ids, help="The story that the article continues."
)
@click.option(
    "--source",
    "sources",
    metavar="ID",
    multiple=True,
    shell_complete=source_ids,
    help="Who reports it, where nothing is in dispute; repeatable.",
)
@click.option("--summary", metavar="TEXT", default="", help="One sentence for lists, feeds and cards.")
@click.option("--id", "id_", metavar="ID", help="Names the file and the address (default: from the title).")
@click.option("--draft/--no-draft", default=True, show_default=True, help="Drafts are in no output.")
@click.option("--edit", is_flag=True, help="Open the file in $VISUAL or $EDITOR.")
@now_option
def new(
    title: str | None,
    root: Path | None,
    *,
    day: str | None,
    regions: tuple[str, ...],
    topics: tuple[str, ...],
    thread: str,
    sources: tuple[str, ...],
    summary: str,
    id_: str | None,
    draft: bool,
    edit: bool,
    now: date | datetime | None,
) -> None:
    """Start an article with the headline TITLE, and print the path of its file.

    The file stands in content/YYYY/MM/DD/, named after the title. Its front matter is filled in as far as it is known
    here, with hints for the rest. No existing file is ever overwritten. Without a TITLE, on a terminal, all that no
    option gives is asked for; the digest’s regions, topics, threads and sources are completed as you type.

    \b
    Examples:
      digest new
      digest new "Talks resume in Geneva"
      digest new "Talks resume in Geneva" --region CH --topic diplomacy --edit
      digest new "Flood warning for the Elbe" --date 2025-07-01 --id elbe-flood --no-draft
    """
    folder = find_root(root)
    context, problems = read_context(folder)
    if context is None:
        report(problems)
        sys.exit(1)
    today = str(context.settings.day_of(clock(now)))
    request = Request(title or "", day or "", id_ or "", regions, topics, thread, draft, headline(summary), sources)
    if title is None:
        request = _asked(request, context, folder, today)
    name = slugify(request.title, max_length=_LONGEST_ID, word_boundary=True, save_order=True) if id_ is None else id_
    if not name:
        raise click.UsageError("no id can be made of this title; give one with --id, in letters a to z and digits")
    request = replace(request, id=name, date=request.date or today)
    path, text, wrong = drafted(request, context)
    if wrong:
        raise click.UsageError(_in_words(wrong))
    problem = filed(folder, path, text, name, context)
    if problem:
        report([problem])
        sys.exit(1)
    file = folder / path
    click.echo(shown(file))
    if edit:
        click.edit(filename=str(file))


def _asked(request: Request, context: Context, root: Path, today: str) -> Request:
    from digest.cli.asking import asked, on_a_terminal  # noqa: PLC0415 (costs start-up time, and few need it)

    if not on_a_terminal():
        raise click.UsageError("a TITLE is missing; on a terminal it would be asked for")
    return asked(request, context, root, today)


def _in_words(problems: Iterable[Problem]) -> str:
    """Problems with what the user typed, which stands in no file."""
    return "\n".join(f"{p.message}" + (f" ({p.hint})" if p.hint else "") for p in problems)
