"""The story of a build: read, check, label, file, plan, render, write."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

from digest.build.output import WORK, Stage, Written, refusal
from digest.build.site import Progress, Site
from digest.content import read
from digest.index.index import note_body
from digest.index.memory import MemoryIndex, file_articles
from digest.model import Digest
from digest.problems import Location, Problem, Severity
from digest.render.markdown import markdown
from digest.render.theme import theme


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `clock` decides what is out, `as_of` bounds what labels may know, `strict` counts warnings as
    errors; `output` is the folder to write to. A date as `as_of` means its end in the digest's timezone.
    """

    clock: datetime
    output: Path
    as_of: date | datetime | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: `written` is None if nothing was written, because of errors or because it was a check."""

    problems: tuple[Problem, ...]
    articles: int = 0
    claims: int = 0
    pages: int = 0
    written: Written | None = None
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
    with FileLock(_work_folder(root) / "lock"):
        stage = Stage(root, options.output)
        try:
            outcome = _make(root, options, stage, progress)
            written = None if outcome.failed else stage.commit()
        except OSError as error:
            return Outcome((_disk_problem(error),))
        finally:
            stage.discard()
    seconds = time.perf_counter() - began
    return Outcome(outcome.problems, outcome.articles, outcome.claims, outcome.pages, written, seconds, outcome.failed)


def check(root: Path, options: Options, progress: Progress = quiet) -> Outcome:
    """Every problem that a build would meet; writes nothing."""
    return _make(root, options, None, progress)


def _make(root: Path, options: Options, stage: Stage | None, progress: Progress) -> Outcome:
    reading = read(root)
    if reading.digest is None:
        return Outcome(reading.problems)
    index = make_index(reading.digest, options.clock, options.as_of)
    site = Site(root, index, theme(root))
    problems = [*reading.problems, *stale_overrides(index), *site.problems]
    if stage is None or not failing(problems, strict=options.strict):
        problems += site.fill(stage, progress)
    return Outcome(
        tuple(problems),
        len(index.all_articles),
        len(index.courses),
        len(site.planned),
        failed=failing(problems, strict=options.strict),
    )


def make_index(digest: Digest, clock: datetime, as_of: date | datetime | None = None) -> MemoryIndex:
    """Render the text of what was read, label its claims and file its articles."""
    moment = as_of if as_of is None or isinstance(as_of, datetime) else digest.settings.end_of(as_of)
    to_html = markdown(digest.settings.html)
    bodies = {a.id: to_html(a.body, a.id) for a in digest.articles if a.out(clock)}
    bodies |= {note_body(n.path): to_html(n.body, f"note-{n.day:%Y-%m-%d}") for n in digest.notes}
    return file_articles(digest, bodies, clock, moment)


def stale_overrides(index: MemoryIndex) -> Iterator[Problem]:
    """A warning for each override that does not know of everything recorded since."""
    for course in index.courses.values():
        override = course.now.override
        if override is not None and course.now.stale:
            yield Problem(
                "D490",
                f"something was recorded on “{course.claim.id}” after its label was overridden",
                override.at,
                Severity.WARNING,
                "look at it again, then give the override a new date or remove it",
            )


def failing(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build."""
    return any(strict or p.severity is Severity.ERROR for p in problems)


def _work_folder(root: Path) -> Path:
    folder = root / WORK
    folder.mkdir(exist_ok=True)
    return folder


def _disk_problem(error: OSError) -> Problem:
    return Problem(
        "D809",
        f"cannot write: {error.strerror or error}",
        Location(str(error.filename or "")),
        hint="pages that stand in the output folder are whole; build again when this is mended",
    )
