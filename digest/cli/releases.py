"""`digest rollback`, `digest releases` and `digest schedule`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click
from msgspec import to_builtins

from digest.cli.common import clock, find_root, now_option, progress_bar, root_option
from digest.cli.target import articles_of, confirmed, reporting, settings_of, stoppable, target_argument
from digest.index.filing import in_utc
from digest.publish.schedule import next_change
from digest.publish.send import forget, look_back, rollback
from digest.publish.targets import make_target, target_settings
from digest.publish.words import in_words


@click.command("rollback")
@target_argument
@click.argument("release", default="", metavar="[RELEASE]")
@root_option
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="What is served now as JSON, for programs.")
def rollback_command(target: str, release: str, root: Path | None, *, yes: bool, as_json: bool) -> None:
    """Take a publish back: serve the release before the current one, or RELEASE.

    It says first what would change for readers, and asks.

    \b
    Examples:
      digest rollback live
      digest rollback live 20250701T093000123Z-1f2e3d4c    one that `digest releases` lists
    """
    folder = find_root(root)
    with reporting(folder, as_json=as_json):
        place = make_target(target_settings(target, settings_of(folder, as_json=as_json).publish), folder)
        if as_json and not yes:
            raise click.UsageError("--json cannot ask; add --yes to take it back")
        if not yes:
            back, plan = look_back(place, release)
            release = back.id
            click.echo(in_words(plan, place.shown))
            if not confirmed(f"\nServe the release of {back.at} again?"):
                sys.exit(1)
        with stoppable(), progress_bar(shown=not as_json) as progress:
            done = rollback(place, release, datetime.now(UTC), progress)
        if as_json:
            ids = {"release": done.release.id, "at": done.release.at, "from": done.before, "to": done.now}
            click.echo(json.dumps({"ok": True, "target": place.shown, **ids, "problems": []}, ensure_ascii=False))
        else:
            click.echo(f"{place.shown} serves {done.release.id}, of {done.release.at}")


@click.command("releases")
@target_argument
@root_option
@click.option(
    "--forget", "forgetting", is_flag=True, help="Remove all but what readers see; nothing can be taken back."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def releases_command(target: str, root: Path | None, *, forgetting: bool, yes: bool, as_json: bool) -> None:
    """List the releases that a target keeps, newest first; a star marks what readers see.

    What was taken down stands in the earlier ones. --forget removes those.
    """
    folder = find_root(root)
    with reporting(folder, as_json=as_json):
        place = make_target(target_settings(target, settings_of(folder, as_json=as_json).publish), folder)
        if forgetting:
            if as_json and not yes:
                raise click.UsageError("--json cannot ask; add --yes to forget")
            if not yes and not confirmed(f"Remove all earlier releases at {place.shown}, for good?"):
                sys.exit(1)
            forget(place)
        found = place.releases()
    if as_json:
        click.echo(json.dumps(to_builtins(found), indent=2))
        return
    for one in found:
        back = f"  brings back {one.restores}" if one.restores else ""
        click.echo(f"{'*' if one.current else ' '} {one.id}  {one.at}  {one.files:,} files{back}")


@click.command("schedule")
@root_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def schedule_command(root: Path | None, *, now: date | datetime | None, as_json: bool) -> None:
    """Say when the site would change by itself: the next embargo that ends, future article or expiry.

    It prints the moment in UTC, and which articles it is about; nothing if none waits.
    """
    found = next_change(articles_of(find_root(root), as_json=as_json), clock(now))
    if as_json:
        at, ids = (in_utc(found[0]), list(found[1])) if found else (None, [])
        click.echo(json.dumps({"at": at, "articles": ids}))
    elif found:
        click.echo(f"{in_utc(found[0])}  {', '.join(found[1])}")
