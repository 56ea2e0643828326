"""The story of a build: read, check, label, file, plan, render, write."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from digest.build.commit import commit, known_copies
from digest.build.gather import gather
from digest.build.letters import with_letters
from digest.build.output import WORK, Stage, TakenError, Written, place_in, refusal, work_refusal
from digest.build.packed import MADE
from digest.build.pictures import WEIGHT, PressJob, press
from digest.build.planning import Plan, failing, make_plan
from digest.build.reasons import in_words
from digest.build.records import Made
from digest.build.rendering import RenderJob, release, render_batch
from digest.build.sealed import seal
from digest.build.searching import Part, index_parts, set_aside
from digest.build.work import LostError, Workers
from digest.content.context import Context
from digest.index.packing import DamagedError
from digest.index.store import Store, erase, of_the_disk
from digest.problems import Location, Problem
from digest.progress import Progress, quiet

STORE = "index.sqlite"

_DAMAGE = (DamagedError, AttributeError, LookupError, TypeError, ValueError, AssertionError)
"""How reading a damaged store may end; where the store is new, these are bugs."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `clock` decides what is out; `as_of` bounds what labels may know (a date means its end in the
    digest's timezone); `output` is the folder to write to; `strict` counts warnings as errors; `clean` forgets what is
    remembered; `jobs` is the number of processes (0: one for each core), unless an `executor` does the work; `eml` adds
    to each edition's mail the file that mail programs send, as the settings may do too. With `search` False no index is
    made: its parts that may differ leave the site until a build makes them. `allowed` are published addresses, as
    patterns, that may stop working.
    """

    clock: datetime
    output: Path
    as_of: date | datetime | None = None
    strict: bool = False
    clean: bool = False
    jobs: int = 0
    executor: Executor | None = None
    eml: bool = False
    search: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build. `written` is None if nothing was written, because of errors or because it was a check;
    `rendered` are the addresses of the pages that were made, each with the reason, and `reasons` the same reasons in
    words; `note` is worth telling anyway; `external` are a checked site's links to others, with their places."""

    problems: tuple[Problem, ...]
    articles: int = 0
    claims: int = 0
    pages: int = 0
    written: Written | None = None
    rendered: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""
    external: Mapping[str, tuple[Location, ...]] = field(default_factory=dict)
    seconds: float = 0.0
    failed: bool = True


def build(root: Path, options: Options, progress: Progress = quiet) -> Outcome:
    """Build the digest at `root` into the output folder, which stays as it was while there is any error."""
    began = time.perf_counter()
    refused = refusal(root, options.output) or work_refusal(root)
    if refused is not None:
        return Outcome((refused,))
    work = root / WORK
    try:
        work.mkdir(exist_ok=True)
        with FileLock(work / "lock"):
            outcome = _build(root, work / STORE, options, progress)
    except OSError as error:
        where = str(error.filename or options.output).removeprefix(f"{root}/")
        outcome = Outcome((_disk_problem(error.strerror or str(error), where),))
    except LostError as error:
        hint = "memory may have run out: try fewer processes (--jobs 1); what stands in the output folder is whole"
        outcome = Outcome((Problem("D811", str(error), Location(WORK), hint=hint),))
    except TakenError as error:
        outcome = Outcome(tuple(_taken(root, options.output, name) for name in error.places))
    except sqlite3.OperationalError as error:
        if not of_the_disk(error):
            raise
        outcome = Outcome((_disk_problem(str(error), f"{WORK}/{STORE}"),))
    return replace(outcome, seconds=time.perf_counter() - began)


def _build(root: Path, path: Path, options: Options, progress: Progress) -> Outcome:
    if options.clean:
        erase(path)
    try:
        return _attempt(root, path, options, progress)
    except _UnreadableError as error:
        erase(path)
        again = _attempt(root, path, options, progress)
        return replace(again, note=f"the index was damaged ({error}) and has been made anew")


class _UnreadableError(Exception):
    """The store could not be read; all that it held can be made anew."""


def _attempt(root: Path, path: Path, options: Options, progress: Progress) -> Outcome:
    store = Store(path)
    try:
        stage = Stage(root, options.output)
        try:
            with Workers(options.jobs, options.executor) as workers:
                outcome = make(root, store, workers, options, progress, stage)
        finally:
            stage.discard()
    except (sqlite3.DatabaseError, *_DAMAGE) as error:
        if store.is_new or of_the_disk(error):
            raise
        raise _UnreadableError(str(error) or type(error).__name__) from error
    finally:
        store.close()
    return replace(outcome, note=f"the index was made anew: {store.said_new}") if store.said_new else outcome


def make(
    root: Path, store: Store, workers: Workers, options: Options, progress: Progress, stage: Stage | None
) -> Outcome:
    """One build with a store, from files to the output; `stage` is None where nothing is to be written."""
    gathered = gather(root, store, workers, lambda context: _limit(context, options), progress)
    problems = list(gathered.problems)
    if options.eml and gathered.context is not None:
        gathered, more = with_letters(gathered, gathered.context)
        problems += more
    if gathered.context is None or failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    plan = make_plan(
        root, store, gathered, options.clock, options.output, strict=options.strict, allowed=options.allowed
    )
    problems += plan.problems
    if failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    made = _render(store, workers, plan, root, options, progress, stage)
    staged, wrong = _press(store, workers, plan, root, options, stage)
    problems += wrong
    problems += _once_each(m.problem for m in made if m.problem is not None)
    failed = failing(problems, strict=options.strict)
    parts: list[Part] = []
    if stage is not None and not options.search and not failed:
        set_aside(store.db)
    elif stage is not None and not failed:
        parts, wrong = index_parts(store.db, plan.base, stage)
        problems += wrong
        failed = failing(wrong, strict=options.strict)
    written = None if stage is None or failed else commit(store, stage, plan, made, options.output, staged, parts)
    rendered = _reasons(plan, made)
    reasons = tuple(in_words(why, plan.base) for _, why in rendered)
    return Outcome(tuple(problems), *plan.counts, written, rendered, reasons, failed=failed)


def _limit(context: Context, options: Options) -> datetime | None:
    """Until when labels may know."""
    as_of = options.as_of
    return as_of if as_of is None or isinstance(as_of, datetime) else context.settings.end_of(as_of)


def _render(
    store: Store,
    workers: Workers,
    plan: Plan,
    root: Path,
    options: Options,
    progress: Progress,
    stage: Stage | None,
) -> list[Made]:
    pages = [stale for stale, _ in plan.stale]
    output = options.output if options.output.exists() else None
    folder = stage.folder if stage is not None else None
    job = RenderJob(root, store.path, plan.base, plan.site, plan.theme, plan.templates, folder, output)
    workers.start(len(pages), store)
    sealed = seal(job)
    made: list[Made] = []
    try:
        for packed in workers.map(render_batch, sealed, pages):
            made += MADE.unpack(packed)
            progress("pages", len(made), len(pages))
    finally:
        release(sealed)
    return made


def _press(
    store: Store, workers: Workers, plan: Plan, root: Path, options: Options, stage: Stage | None
) -> tuple[set[str], list[Problem]]:
    """Make the pictures that are new or have changed."""
    known = known_copies(store)
    output = options.output if options.output.exists() else None
    fresh = {c.source for c in plan.copies if c.width is not None and known.get(c.name) != c.stamp}
    if not fresh:
        return set(), []
    workers.start(len(fresh) * WEIGHT, store)
    return press(workers, PressJob(root, stage.folder if stage is not None else None, output), plan.copies, known)


def _reasons(plan: Plan, made: list[Made]) -> tuple[tuple[str, str], ...]:
    """The pages whose view or template differed, with why they were looked at."""
    seen = {stale.address: stale.view for stale, _ in plan.stale}
    why = {stale.address: reason for stale, reason in plan.stale}
    return tuple((m.address, why[m.address]) for m in made if m.view != seen[m.address])


def _once_each(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each place in a template, not one for each page that meets it."""
    return list({(p.code, p.at, p.message): p for p in reversed(list(problems))}.values())


def _taken(root: Path, output: Path, name: str) -> Problem:
    hint = "move it away, or rename what wants its place"
    message = "a file that digest did not write stands in the site’s way"
    return Problem("D804", message, place_in(root, output / name), hint=hint)


def _disk_problem(what: str, where: str) -> Problem:
    return Problem(
        "D809",
        f"cannot write: {what}",
        Location(where),
        hint="pages that stand in the output folder are whole; build again when this is mended",
    )
