"""`digest publish`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from digest.build.build import Options, build
from digest.build.lost import PERMALINKS
from digest.build.permalinks import add_permalinks, unrecorded
from digest.cli.common import clock, find_root, now_option, number, progress_bar, report, root_option, stop
from digest.cli.target import articles_of, confirmed, reporting, settings_of, stoppable, target_argument
from digest.model import Settings
from digest.publish.beside import dress
from digest.publish.plan import Plan, as_data
from digest.publish.refused import refused
from digest.publish.schedule import is_due
from digest.publish.send import Request, look, publish
from digest.publish.site import dropped_problems, local_manifest, moves_of, published_addresses
from digest.publish.targets import Named, Target, make_target, target_settings
from digest.publish.words import files_in_words, in_words


class Deletes(click.ParamType[Any]):
    """A number of files."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        if isinstance(value, int):
            return value
        if not value.isascii() or not value.isdigit():
            self.fail(f"“{value}” is no number of files", param, ctx)
        return int(value)


@click.command("publish")
@target_argument
@root_option
@click.option("--output", type=click.Path(path_type=Path), help="The built site, inside the digest (default: site).")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing at the target.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--check", "only_check", is_flag=True, help="Try credentials and rights; write nothing.")
@click.option("--if-due", is_flag=True, help="Only if an article's time has come since the last release (for CI).")
@click.option("--compare", is_flag=True, help="Look at each file of the target, also of a large site in a store.")
@click.option("--no-build", is_flag=True, help="Take the site as it stands; default: build it first.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--max-deletes",
    type=Deletes(),
    metavar="N",
    help="How many files may be removed (default: 50, or 10 % of a larger site; never more than half of it).",
)
@click.option(
    "--allow",
    multiple=True,
    metavar="ADDRESS",
    help="Let a published address stop working, for good; * stands for anything. Repeatable.",
)
@now_option
@click.option("--json", "as_json", is_flag=True, help="The plan as JSON, for programs.")
def publish_command(
    target: str,
    root: Path | None,
    output: Path | None,
    *,
    dry_run: bool,
    yes: bool,
    only_check: bool,
    if_due: bool,
    compare: bool,
    no_build: bool,
    strict: bool,
    max_deletes: int | None,
    allow: tuple[str, ...],
    now: date | datetime | None,
    as_json: bool,
) -> None:
    """Bring the site to static hosting: see what would change for readers, then send exactly that.

    TARGET is an address, or a name under `publish:` in digest.yaml; it can be left out where that has only one.

    \b
    Examples:
      digest publish --dry-run                       what would change
      digest publish live                            build, show the plan, ask, send
      digest publish file:///srv/www/digest --yes    without a question (for CI)
      digest rollback live                           take it back
    """
    folder = find_root(root)
    with reporting(folder, as_json=as_json):
        settings = settings_of(folder, as_json=as_json)
        named = target_settings(target, settings.publish)
        named = replace(named, compare=named.compare or compare)
        place = make_target(named, folder)
        if only_check:
            found = place.check()
            told = {"ok": True, "target": place.shown, "found": found}
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(found))
            return
        site, by = folder / (output or "site"), clock(now)
        options = Options(by, site, strict=strict, allowed=allow)
        asked = _Asked(folder, settings, named, place, options, max_deletes, no_build, yes=yes, as_json=as_json)
        if if_due and not is_due(articles_of(folder, as_json=as_json), place.manifest(), by):
            words = "no article’s time has come since the last release"
            click.echo(json.dumps({"ok": True, "target": place.shown, "sent": False}) if as_json else words)
            return
        if dry_run:
            seen = look(place, _request(asked))
            _say(seen, place, as_json=as_json, sent=False)
            _tell(_forgotten(asked, seen), "which publishing puts right first")
            return
        plan = _send(asked)
        if plan is None:
            click.echo("nothing was sent", err=True)
            sys.exit(1)
        new = _recorded(folder, allow) if named.record else 0
        if new:
            click.echo(
                f"{number(new, 'new line')} in {PERMALINKS}: put {'it' if new == 1 else 'them'} into git", err=True
            )
        if as_json:
            _say(plan, place, as_json=True, sent=True)
        elif plan.is_empty:
            click.echo(f"nothing to send: {place.shown} has all of it")
        else:
            click.echo(f"published to {place.shown}. {files_in_words(plan).replace('to send', 'sent')}")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for; `options` are those of the build before it, and say where the site is and what
    may go with `no_build` too."""

    folder: Path
    settings: Settings
    named: Named
    place: Target
    options: Options
    max_deletes: int | None
    no_build: bool
    yes: bool
    as_json: bool


def _request(asked: _Asked) -> Request:
    if not asked.no_build:
        _build(asked.folder, asked.options, as_json=asked.as_json)
    manifest = local_manifest(asked.folder, asked.options.output, datetime.now(UTC))
    if not asked.no_build:
        manifest = replace(manifest, clock=asked.options.clock.astimezone(UTC).isoformat())
    dressed = dress(
        asked.folder, asked.options.output, manifest, asked.named, moves_of(asked.folder, asked.settings.base_path)
    )
    return Request(asked.options.output, dressed.manifest, asked.max_deletes, dressed.folder)


def _send(asked: _Asked) -> Plan | None:
    """Build and send. Where a page that would go was published and no line says so, as after a publish whose new lines
    never got into git, it is recorded first: then the build leads on from it, or asks what becomes of it."""
    forgotten: dict[str, str] = {}

    def agreed(plan: Plan) -> bool:
        forgotten.update(_forgotten(asked, plan))
        if plan.lost and not forgotten and asked.no_build and asked.named.record:
            _refuse_dropped(asked, plan)
        return not forgotten and _agreed(plan, asked.place, yes=asked.yes, as_json=asked.as_json)

    request = _request(asked)
    with stoppable(), progress_bar(shown=not asked.as_json) as progress:
        plan = publish(asked.place, request, agreed, progress)
    if not forgotten:
        return plan
    add_permalinks(asked.folder, forgotten)
    _tell(forgotten, "and are in it now")
    return _send(asked)


def _refuse_dropped(asked: _Asked, plan: Plan) -> None:
    """A site that is taken as it stands drops no published page either: its build may have known of fewer."""
    problems = dropped_problems(
        asked.folder, plan.lost, asked.options.allowed, asked.options.clock, asked.settings.gone
    )
    if problems:
        stop(problems, as_json=asked.as_json)


def _forgotten(asked: _Asked, plan: Plan) -> Mapping[str, str]:
    return unrecorded(asked.folder, plan.lost) if asked.named.record else {}


def _tell(forgotten: Mapping[str, str], what: str) -> None:
    if forgotten:
        click.echo(f"{number(len(forgotten), 'published page')} had no line in {PERMALINKS}, {what}", err=True)


def _build(folder: Path, options: Options, *, as_json: bool) -> None:
    with progress_bar(shown=not as_json) as progress:
        outcome = build(folder, options, progress)
    if outcome.failed or not as_json:
        report(outcome.problems, as_json=as_json, more={"ok": False})
    if outcome.failed:
        sys.exit(1)


def _recorded(folder: Path, allow: tuple[str, ...]) -> int:
    """Record the addresses that are published now; how many lines are new."""
    try:
        return add_permalinks(folder, published_addresses(folder), allow)
    except OSError as error:
        what = f"the site is published, but its addresses are not recorded: {error.strerror or error}"
        hint = "look at the room on that disk, and at the file's owner and mode; then publish again"
        raise refused("D809", what, PERMALINKS, hint) from error


def _agreed(plan: Plan, place: Target, *, yes: bool, as_json: bool) -> bool:
    if yes:
        return True
    if as_json:
        raise click.UsageError("--json cannot ask; add --dry-run to look, or --yes to send")
    click.echo(in_words(plan, place.shown))
    return confirmed("\nSend this?")


def _say(plan: Plan, place: Target, *, as_json: bool, sent: bool) -> None:
    if as_json:
        data = {"ok": True, "target": place.shown, "sent": sent and not plan.is_empty, **as_data(plan)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(in_words(plan, place.shown))
