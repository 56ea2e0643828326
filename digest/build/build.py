"""The story of a build: read, check, label, file, plan, render, write."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from digest import __version__
from digest.build.files import Copy, Shown, copies
from digest.build.gather import Gathered, Progress, gather
from digest.build.output import WORK, Stage, Written, file_of, manifest, refusal
from digest.build.packed import PACKER
from digest.build.records import Made, Stale
from digest.build.refile import Filing
from digest.build.rendering import RenderJob, render_batch
from digest.build.sealed import seal
from digest.build.stale import GONE, plan_all, plan_touched, settle, stale_pages, unsettle
from digest.build.work import Workers
from digest.content.articles import Parsed
from digest.content.context import Context
from digest.content.crosscheck import with_one_offs
from digest.index.store import Store
from digest.index.stored import Base, StoredIndex
from digest.pages.parts import Site
from digest.pages.plan import FAMILIES, compose_site
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem, Severity
from digest.render.templates import fingerprints
from digest.render.theme import Theme, theme

STORE = "index.sqlite"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `clock` decides what is out; `as_of` bounds what labels may know (a date means its end in the
    digest's timezone); `output` is the folder to write to; `strict` counts warnings as errors; `clean` forgets what is
    remembered; `jobs` is the number of processes (0: one for each core), unless an `executor` does the work.
    """

    clock: datetime
    output: Path
    as_of: date | datetime | None = None
    strict: bool = False
    clean: bool = False
    jobs: int = 0
    executor: Executor | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build. `written` is None if nothing was written, because of errors or because it was a check;
    `rendered` are the addresses of the pages that were made, each with the reason; `note` is worth telling anyway."""

    problems: tuple[Problem, ...]
    articles: int = 0
    claims: int = 0
    pages: int = 0
    written: Written | None = None
    rendered: tuple[tuple[str, str], ...] = ()
    note: str = ""
    seconds: float = 0.0
    failed: bool = True


def quiet(_step: str, _done: int, _all: int) -> None:
    """Report no progress."""


def build(root: Path, options: Options, progress: Progress = quiet) -> Outcome:
    """Build the digest at `root` into the output folder, which stays as it was while there is any error."""
    began = time.perf_counter()
    refused = refusal(root, options.output)
    if refused is not None:
        return Outcome((refused,))
    work = root / WORK
    work.mkdir(exist_ok=True)
    try:
        with FileLock(work / "lock"):
            outcome = _build(root, work / STORE, options, progress)
    except OSError as error:
        outcome = Outcome((_disk_problem(error),))
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
        path.unlink(missing_ok=True)
    try:
        return _attempt(root, path, options, progress)
    except sqlite3.DatabaseError as error:
        path.unlink(missing_ok=True)
        again = _attempt(root, path, options, progress)
        return replace(again, note=f"the index was damaged ({error}) and has been made anew")


def _attempt(root: Path, path: Path, options: Options, progress: Progress) -> Outcome:
    store = Store(path)
    stage = Stage(root, options.output)
    try:
        with Workers(options.jobs, options.executor) as workers:
            outcome = _make(root, store, workers, options, progress, stage)
    finally:
        stage.discard()
        store.close()
    return replace(outcome, note=f"the index was made anew: {store.said_new}") if store.said_new else outcome


def _make(
    root: Path, store: Store, workers: Workers, options: Options, progress: Progress, stage: Stage | None
) -> Outcome:
    gathered = gather(root, store, workers, lambda context: _limit(context, options), progress)
    problems = list(gathered.problems)
    if gathered.context is None or failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    plan = _plan(root, store, gathered, options)
    problems += plan.problems
    if failing(problems, strict=options.strict):
        return Outcome(tuple(problems))
    made = _render(store, workers, plan, root, options, progress, stage)
    problems += _once_each(m.problem for m in made if m.problem is not None)
    failed = failing(problems, strict=options.strict)
    written = None if stage is None or failed else _commit(store, stage, plan, made)
    return Outcome(tuple(problems), *plan.counts, written, _reasons(plan, made), failed=failed)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be made: the pages that may differ, with reasons, and the files to copy; on what, and how many there
    are in all (articles, claims, pages)."""

    base: Base
    site: Site
    theme: Theme
    templates: dict[str, bytes]
    stale: tuple[tuple[Stale, str], ...]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]
    counts: tuple[int, int, int]


def _plan(root: Path, store: Store, gathered: Gathered, options: Options) -> _Plan:
    """File what is new, and find the pages that may differ. The store keeps nothing of it if there is an error."""
    context, db = gathered.context, store.db
    assert context is not None  # noqa: S101 (the caller has seen to it)
    look = theme(root)
    with store.transaction() as undo:
        filing = Filing(db, lambda: _base(db, gathered), options.clock)
        anew = store.meta("filed") != gathered.grounds
        if anew:
            filing.forget()
        filing.run()
        base = _base(db, gathered)
        index = StoredIndex(db, PACKER.unpack, base)
        site, templates = _shared(base, look)
        shared = PACKER.fingerprint((site, str(options.output)))
        everything = anew or store.meta("shared") != shared or manifest(options.output) is None
        problems = list(plan_all(db, index, "everything") if everything else plan_touched(db, index, filing.touched))
        _forget_output(store, shared, options.output)
        _restyle(store, templates)
        found, more = copies(root, look, _shown(db))
        problems += [*more, *_collisions(db, found), *_warnings(db)]
        store.set_meta("filed", gathered.grounds)
        if failing(problems, strict=options.strict):
            undo()
        counts = tuple(db.execute(query).fetchone()[0] for query in _COUNTS)
        stale = tuple(stale_pages(db))
    return _Plan(base, site, look, templates, stale, tuple(found), tuple(problems), (counts[0], counts[1], counts[2]))


_COUNTS = (
    "SELECT count(*) FROM articles",
    "SELECT count(*) FROM claims",
    "SELECT count(*) FROM pages WHERE family <> 'gone'",
)


def _limit(context: Context, options: Options) -> datetime | None:
    """Until when labels may know."""
    as_of = options.as_of
    return as_of if as_of is None or isinstance(as_of, datetime) else context.settings.end_of(as_of)


def _base(db: sqlite3.Connection, gathered: Gathered) -> Base:
    """What the index rests on, with the one-off sources and the taxa that articles brought."""
    context = gathered.context
    assert context is not None  # noqa: S101 (as above)
    assert context.regions is not None  # noqa: S101 (there is no context without errors that lacks them)
    assert context.topics is not None  # noqa: S101 (likewise)
    query = "SELECT DISTINCT parsed FROM names JOIN inputs USING (num) WHERE name > 'source ' AND name < 'source!'"
    parsed = [p for (packed,) in db.execute(query) if isinstance(p := PACKER.unpack(packed), Parsed)]
    used = {kind: [k for (k,) in db.execute(_USED, (kind,))] for kind in ("region", "topic")}
    return Base(
        context.settings,
        with_one_offs(context.registered.registry, sorted(parsed, key=lambda p: p.path)),
        context.regions.catalogue.taxonomy(used["region"]),
        context.topics.catalogue.taxonomy(used["topic"]),
        gathered.as_of,
    )


_USED = "SELECT key FROM groups WHERE kind = ? AND members > 0 ORDER BY key"


def _shared(base: Base, look: Theme) -> tuple[Site, dict[str, bytes]]:
    tongue = Tongue(base.settings.language)
    site = compose_site(
        base.settings, tongue, look.asset("digest.css"), look.asset("icon.svg"), f"digest {__version__}"
    )
    return site, fingerprints(look, {family.name: family.template for family in FAMILIES.values()})


def _forget_output(store: Store, shared: bytes, output: Path) -> None:
    """Where the output is another or gone, nothing is known of what stands there."""
    if manifest(output) is None or store.meta("output") != str(output).encode():
        store.db.execute("UPDATE pages SET view = NULL, sha = NULL")
        store.db.execute("DELETE FROM copies")
    store.set_meta("output", str(output).encode())
    store.set_meta("shared", shared)


def _restyle(store: Store, templates: dict[str, bytes]) -> None:
    """Pages whose templates changed may differ."""
    before = store.meta("templates")
    known = PACKER.unpack(before) if before else {}
    for family, seen in templates.items():
        if known.get(family) != seen:
            query = "UPDATE pages SET stale = 'template' WHERE family = ? AND stale IS NULL"
            store.db.execute(query, (family,))
    store.set_meta("templates", PACKER.pack(templates))


def _shown(db: sqlite3.Connection) -> Iterator[Shown]:
    query = "SELECT path, address, pictures FROM inputs JOIN articles USING (num) WHERE pictures <> '' ORDER BY path"
    for path, address, pictures in db.execute(query):
        yield Shown(path, address, tuple(pictures.split("\n")))


def _collisions(db: sqlite3.Connection, found: Iterable[Copy]) -> Iterator[Problem]:
    """Files that want the name of a page, or of one another."""
    taken: dict[str, str] = {}
    for copy in found:
        address = copy.name.removesuffix("index.html") if copy.name.endswith(("/index.html",)) else copy.name
        row = db.execute("SELECT family FROM pages WHERE address = ? AND family <> ?", (address, GONE)).fetchone()
        other = f"the {row[0]} page" if row else taken.get(copy.name)
        if other is not None and other != copy.shown:
            message = f"two things want the address /{address}: {other} and {copy.shown}"
            yield Problem("D808", message, Location(copy.shown), hint="rename one of them")
        taken.setdefault(copy.name, copy.shown)


def _warnings(db: sqlite3.Connection) -> Iterator[Problem]:
    for (packed,) in db.execute("SELECT warning FROM claims WHERE warning IS NOT NULL"):
        yield PACKER.unpack(packed)


def _render(
    store: Store,
    workers: Workers,
    plan: _Plan,
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
    made: list[Made] = []
    for batch in workers.map(render_batch, seal(job), pages):
        made += batch
        progress("pages", len(made), len(pages))
    return made


def _commit(store: Store, stage: Stage, plan: _Plan, made: list[Made]) -> Written:
    """Move what was made into the output; the record says so only afterwards."""
    db = store.db
    known = dict(db.execute("SELECT name, stamp FROM copies"))
    fresh = [c for c in plan.copies if known.get(c.name) != c.stamp]
    for copy in fresh:
        stage.copy(copy.source, copy.name)
    with store.transaction():
        unsettle(db, made)
        db.executemany("DELETE FROM copies WHERE name = ?", [(c.name,) for c in fresh])
    staged = [*(c.name for c in fresh), *(file_of(m.address) for m in made if m.staged)]
    pages = db.execute("SELECT address FROM pages WHERE family <> ?", (GONE,))
    names = {c.name for c in plan.copies} | {file_of(address) for (address,) in pages}
    written = stage.commit(staged, names)
    with store.transaction():
        settle(db, made)
        db.execute("DELETE FROM copies")
        db.executemany("INSERT INTO copies VALUES (?, ?)", [(c.name, c.stamp) for c in plan.copies])
    return written


def _reasons(plan: _Plan, made: list[Made]) -> tuple[tuple[str, str], ...]:
    """The pages whose view or template differed, with why they were looked at."""
    seen = {stale.address: stale.view for stale, _ in plan.stale}
    why = {stale.address: reason for stale, reason in plan.stale}
    return tuple((m.address, why[m.address]) for m in made if m.view != seen[m.address])


def failing(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build."""
    return any(strict or p.severity is Severity.ERROR for p in problems)


def _once_each(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each place in a template, not one for each page that meets it."""
    return list({(p.code, p.at, p.message): p for p in reversed(list(problems))}.values())


def _disk_problem(error: OSError) -> Problem:
    return Problem(
        "D809",
        f"cannot write: {error.strerror or error}",
        Location(str(error.filename or "")),
        hint="pages that stand in the output folder are whole; build again when this is mended",
    )
