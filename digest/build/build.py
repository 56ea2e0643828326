"""The story of a build: read, check, label, file, plan, render, write."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from digest.build.gather import Progress, gather
from digest.build.output import WORK, Stage, TakenError, Written, file_of, place_in, refusal, work_refusal
from digest.build.packed import MADE
from digest.build.planning import Plan, failing, make_plan, place_of
from digest.build.reasons import in_words
from digest.build.records import Made
from digest.build.rendering import RenderJob, release, render_batch
from digest.build.sealed import seal
from digest.build.stale import GONE, settle, unsettle
from digest.build.work import LostError, Workers
from digest.content.context import Context
from digest.index.packing import DamagedError
from digest.index.store import Store, erase, of_the_disk
from digest.problems import Location, Problem

STORE = "index.sqlite"

_DAMAGE = (DamagedError, AttributeError, LookupError, TypeError, ValueError, AssertionError)
"""How reading a damaged store may end; where the store is new, these are bugs."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `clock` decides what is out; `as_of` bounds what labels may know (a date means its end in the
    digest's timezone); `output` is the folder to write to; `strict` counts warnings as errors; `clean` forgets what is
    remembered; `jobs` is the number of processes (0: one for each core), unless an `executor` does the work;
    `allowed` are published addresses, as patterns, that may stop working.
    """

    clock: datetime
    output: Path
    as_of: date | datetime | None = None
    strict: bool = False
    clean: bool = False
    jobs: int = 0
    executor: Executor | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build. `written` is None if nothing was written, because of errors or because it was a check;
    `rendered` are the addresses of the pages that were made, each with the reason, and `reasons` the same reasons in
    words; `note` is worth telling anyway."""

    problems: tuple[Problem, ...]
    articles: int = 0
    claims: int = 0
    pages: int = 0
    written: Written | None = None
    rendered: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""
    seconds: float = 0.0
    failed: bool = True


def quiet(_step: str, _done: int, _all: int) -> None:
    """Report no progress."""


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


def check(root: Path, options: Options, progress: Progress = quiet) -> Outcome:
    """Every problem that a build would meet; writes nothing into the digest."""
    with tempfile.TemporaryDirectory() as folder, Workers(options.jobs, options.executor) as workers:
        store = Store(Path(folder) / STORE)
        try:
            return _make(root, store, workers, options, progress, None)
        finally:
            store.close()


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
                outcome = _make(root, store, workers, options, progress, stage)
        finally:
            stage.discard()
    except (sqlite3.DatabaseError, *_DAMAGE) as error:
        if store.is_new or of_the_disk(error):
            raise
        raise _UnreadableError(str(error) or type(error).__name__) from error
    finally:
        store.close()
    return replace(outcome, note=f"the index was made anew: {store.said_new}") if store.said_new else outcome


def _make(
    root: Path, store: Store, workers: Workers, options: Options, progress: Progress, stage: Stage | None
) -> Outcome:
    gathered = gather(root, store, workers, lambda context: _limit(context, options), progress)
    problems = list(gathered.problems)
    if gathered.context is None or failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    plan = make_plan(
        root, store, gathered, options.clock, options.output, strict=options.strict, allowed=options.allowed
    )
    problems += plan.problems
    if failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    made = _render(store, workers, plan, root, options, progress, stage)
    problems += _once_each(m.problem for m in made if m.problem is not None)
    failed = failing(problems, strict=options.strict)
    written = None if stage is None or failed else _commit(store, stage, plan, made, options.output)
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


def _commit(store: Store, stage: Stage, plan: Plan, made: list[Made], output: Path) -> Written:
    """Move what was made into the output; the record says so only afterwards."""
    db = store.db
    known = dict(db.execute("SELECT name, stamp FROM copies"))
    fresh = [c for c in plan.copies if not (c.stamp and known.get(c.name) == c.stamp)]
    fresh = [c for c in fresh if not stage.holds(c.source, c.name)]
    gone = db.execute("SELECT 1 FROM pages WHERE family = ? LIMIT 1", (GONE,)).fetchone()
    if not fresh and gone is None and known.keys() == {c.name for c in plan.copies} and not any(m.staged for m in made):
        with store.transaction():
            settle(db, made)
        return Written(0, 0, 0)
    for copy in fresh:
        stage.copy(copy.source, copy.name)
    stage.mark()
    with store.transaction():
        store.set_meta("output", place_of(output))
        unsettle(db, made)
        db.executemany("INSERT OR REPLACE INTO copies VALUES (?, '')", [(c.name,) for c in fresh])
    staged = [*(c.name for c in fresh), *(file_of(m.address) for m in made if m.staged)]
    pages = db.execute("SELECT address FROM pages WHERE family <> ?", (GONE,))
    names = {c.name for c in plan.copies} | {file_of(address) for (address,) in pages}
    written = stage.commit(staged, names)
    with store.transaction():
        store.set_meta("output", place_of(output))
        settle(db, made)
        db.execute("DELETE FROM copies")
        db.executemany("INSERT INTO copies VALUES (?, ?)", [(c.name, c.stamp) for c in plan.copies])
    return written


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
