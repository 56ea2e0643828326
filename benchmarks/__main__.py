"""Measure builds of large digests, and their previews, against Hugo's of the same pages: `make bench`, or python -m
benchmarks."""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks.corpus import Plan
from benchmarks.latency import Latency, latencies, latency_table
from benchmarks.machine import load, machine, versions
from benchmarks.measure import BenchmarkError
from benchmarks.report import Table, commands, tables
from benchmarks.rounds import Case, Result, Step, measured
from benchmarks.sites import HERE, HUGO, REPOSITORY, THEMES, digest_site, example_site, hugo, hugo_site

RESULTS = HERE / "RESULTS.md"
MANY = 10
NOTES = """\
- A cold build begins without output, `.digest/` and Hugo's `public/` and `resources/`; the files of the corpus are in
  the system's cache for all. The sites take turns; a run counts only if it ended well and its pages are the expected
  ones, the edited article's words among them.
- Wall and CPU time are of the whole command with all its processes. Peak memory is the largest sum over all processes
  at one moment, shared memory divided among those that share it (PSS, looked at every 50 ms or less often); the
  largest process is the most that the system counted for one of them (VmHWM).
- The plain theme has Hugo's pages in templates of Hugo's size. What the two cannot have alike stands in the tables of
  pages: digest rolls regions and topics up and gives busy ones a page for each year; Hugo lists the days and all
  posts. Hugo's home page lists the 20 newest articles, digest's those of the newest day, which are 8.
- The default theme shows claims, sources, labels and a calendar as well; Hugo has no counterpart, the ratio says how
  much longer the richer site takes.
- digest is as pip installs it: its modules are compiled before the first run, whatever the environment says of that.
- Hugo's command line builds the whole site each time; an edit costs it what a full build costs.
- Previews (`--serve`): the newest article's file is saved, then its page is asked for every 2 ms until it shows the
  change; after a change of title the home page, the edition and a region's page must show it too. Both servers inject
  their scripts; digest's index is warm.
"""


def main() -> int:
    """Measure as the command line says; the exit status."""
    given = _arguments()
    _as_installed()
    sizes = sorted({*given.sizes, *([1000] if given.save else [])})
    console, began, before = Console(width=None if sys.stdout.isatty() else 200), datetime.now(UTC), load()
    try:
        hugo()
        with tempfile.TemporaryDirectory(prefix="digest-bench-") as scratch:
            cases, results, served = _measured(Path(scratch), sizes, given)
            made = [*tables(results), *([latency_table(served)] if served else [])]
            console.print(
                f"{machine()}\n{versions()}\nload average {before} before, {load()} after; rounds: {given.runs}"
            )
            for table in made:
                table.show(console)
            if given.save:
                given.save.write_text(_file(began, before, commands(cases), made, given.runs), encoding="utf-8")
            _tell("removing what was built")
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measured(
    scratch: Path, sizes: list[int], given: argparse.Namespace
) -> tuple[list[Case], list[Result], list[Latency]]:
    steps = list(Step) if given.edit else [Step.COLD]
    cold_only = [HUGO] if given.hugo_cold else []
    cases: list[Case] = []
    results: list[Result] = []
    served: list[Latency] = []
    for number, case in enumerate(_cases(scratch, sizes, given)):
        cases.append(case)
        if not given.only_serve:
            results += measured(case, steps if number else steps[:2], given.runs, _tell, cold_only)
        if given.serve and case.size:
            served += latencies(case.name, case.sites, _tell)
    return cases, results, served


def _as_installed() -> None:
    """Have Python keep digest compiled, as pip does when it installs it, also where the environment says otherwise."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(REPOSITORY / "digest", quiet=1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", type=_number, nargs="+", default=[1000, 10000], metavar="N", help="numbers of articles"
    )
    parser.add_argument("--runs", type=_number, default=3, metavar="N", help="rounds; the medians count (default: 3)")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES, help="digest's themes (default: both)")
    parser.add_argument("--edit", action="store_true", help="also: nothing changed, a text edited, a title edited")
    parser.add_argument("--serve", action="store_true", help="also: from a save to the page in the previews")
    parser.add_argument("--only-serve", action="store_true", help="measure the previews only")
    parser.add_argument(
        "--hugo-cold", action="store_true", help="Hugo builds only once a round: each of its builds is a whole one"
    )
    parser.add_argument("--many", action="store_true", help="also with ten regions and ten topics per article")
    parser.add_argument(
        "--save", type=Path, nargs="?", const=RESULTS, metavar="FILE", help="write the results (default: RESULTS.md)"
    )
    given = parser.parse_args()
    given.serve = given.serve or given.only_serve
    return given


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _cases(scratch: Path, sizes: list[int], given: argparse.Namespace) -> Iterator[Case]:
    """The example digest, then each corpus, written just before it is measured."""
    folder = scratch / "example"
    folder.mkdir()
    yield Case("example digest", 0, (example_site(folder),))
    for many in (False, True) if given.many else (False,):
        for size in sizes:
            plan = Plan(size, MANY if many else 0)
            here = scratch / f"{size}-{plan.taxa}"
            sites = [digest_site(here / theme, theme, plan) for theme in dict.fromkeys(given.themes)]
            sites.append(hugo_site(here / "hugo", plan))
            yield Case(f"{size:,} articles" + (", ten regions and topics each" if many else ""), size, sites, many=many)


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _file(began: datetime, before: str, built: list[str], made: list[Table], runs: int) -> str:
    facts = [
        f"Measured on {began:%Y-%m-%d at %H:%M} UTC; rounds: {runs}.",
        f"Command: `python -m benchmarks {' '.join(sys.argv[1:])}`",
        f"Machine: {machine()}; load average {before} before, {load()} after.",
        f"Versions: {versions()}.",
        *built,
    ]
    lines = ["# Benchmarks", "", *(f"- {fact}" for fact in facts), "", NOTES]
    return "\n".join([*lines, *(table.markdown for table in made), (HERE / "PROFILE.md").read_text(encoding="utf-8")])


if __name__ == "__main__":
    sys.exit(main())
