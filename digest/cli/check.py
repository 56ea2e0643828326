"""`digest check`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.build.build import Options, Outcome
from digest.build.checking import check
from digest.build.output import WORK
from digest.build.planning import failing
from digest.build.work import seldom_collect
from digest.cli.build import counts, summary
from digest.cli.common import clock, find_root, now_option, number, progress_bar, report, root_option
from digest.cli.turn import turn

if TYPE_CHECKING:
    from digest.problems import Problem
    from digest.writing import Repair


@click.command("check")
@root_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fix", is_flag=True, help="Repair first what can only have been meant in one way, and say what.")
@click.option("--external", is_flag=True, help="Ask other sites’ servers whether links to them still lead somewhere.")
@click.option(
    "--max-age",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="How old an answer of theirs may be (default: 7, where a link was dead 1).",
)
@now_option
@click.option("--json", "as_json", is_flag=True, help="Report as JSON, for programs.")
def check_command(
    root: Path | None,
    *,
    strict: bool,
    fix: bool,
    external: bool,
    max_age: float | None,
    now: date | datetime | None,
    as_json: bool,
) -> None:
    """Report every problem in the content, the templates, and the site that a build would make; write nothing there,
    nor in the content, unless --fix is given.

    The site is built in a temporary folder, and looked at: links, anchors, pictures, ids, feeds, data for search
    engines. With --external the servers of other sites are asked too, slowly, and their answers are kept in .digest/.

    \b
    Each problem names its file, line and column, shows the line, and says what to do where it can:
      content/2025/07/01/talks.md:9:11: error D302: there is no source “reuter”
      | by: reuter
      |     ^
      hint: did you mean reuters?
    """
    folder = find_root(root)
    seldom_collect()
    options = Options(clock(now), folder / "site", strict=strict)
    repairs: list[Repair] = []
    unwritten: list[Problem] = []
    with progress_bar(shown=not as_json) as progress:
        if fix:
            from digest.cli.fix import fixed  # noqa: PLC0415 (most checks need none of it)

            with turn(folder, as_json=as_json):
                outcome, repairs, unwritten = fixed(folder, options, progress)
        else:
            outcome = check(folder, options, progress)
    if external and not outcome.failed:
        outcome = _asked(folder, outcome, max_age, strict=strict)
    more = {"repaired": [repair.as_dict() for repair in repairs]} if fix else {}
    report([*outcome.problems, *unwritten], as_json=as_json, more=summary(outcome) | more)
    if not as_json:
        for repair in repairs:
            click.echo(f"{repair.at}: repaired {repair.code}: {repair.was} → {repair.now}")
        if not outcome.problems and not unwritten:
            click.echo(f"no problems: {counts(outcome)}" + (f", {_links(outcome)}" if external else ""))
    if outcome.failed or unwritten:
        sys.exit(1)


def _asked(root: Path, outcome: Outcome, max_age: float | None, *, strict: bool) -> Outcome:
    """The outcome with what other sites' servers say of the links to them."""
    from digest.check.asking import Asker  # noqa: PLC0415 (what asks servers takes long to load)
    from digest.check.links import Memory, ask_all, link_problems  # noqa: PLC0415 (likewise)

    now = datetime.now(UTC)
    with Asker() as asker:
        answers = ask_all(outcome.external, Memory(root / WORK / "links.json"), asker, now, max_age)
    problems = (*outcome.problems, *link_problems(answers, outcome.external, now))
    return replace(outcome, problems=problems, failed=failing(problems, strict=strict))


def _links(outcome: Outcome) -> str:
    return f"{number(len(outcome.external), 'link')} to other sites"
