"""Pictures beside articles: which have changed, and what is made of them for the site."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest.build.files import Copy, Shown, pictures, where
from digest.build.sealed import Sealed, seal
from digest.build.work import Workers
from digest.frozen import Frozen
from digest.index.packing import Codec
from digest.index.stored import SIZED
from digest.model.pictures import Sized, copy_of
from digest.problems import Location, Problem
from digest.render.drawings import drawn
from digest.render.pictures import MOST_PIXELS, RECIPE, TooLargeError, UnreadableError, measured, shrunk, tidied

WEIGHT = 40
"""How many pages a picture is worth, when work is shared out."""


class Pressed(Frozen, frozen=True):
    """What came of one picture: the names of the files that are new on the stage, and what is wrong with it."""

    staged: tuple[str, ...]
    problem: Problem | None = None


PRESSED: Codec[list[Pressed]] = Codec(list[Pressed])


class Work(Frozen, frozen=True):
    """A picture of which files are to be made: its file, and their names with the widths of copies (0: itself)."""

    source: str
    shown: str
    src: str
    files: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PressJob:
    """Where pictures go: `stage` is None for a check, `output` where there is no output yet."""

    root: Path
    stage: Path | None
    output: Path | None


def picture_copies(
    root: Path, db: sqlite3.Connection, shown: Iterable[Shown], problems: list[Problem], *, smaller: bool
) -> Iterator[Copy]:
    """The pictures beside articles with their smaller copies; what is wrong with some is added to `problems`.

    A picture is read again only where its file may have changed; pages that show one of another size may differ then.
    """
    known = {path: rest for path, *rest in db.execute("SELECT path, stamp, sha, sized FROM pictures")}
    seen: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for article in shown:
        for copy in pictures(root, [article], problems):
            is_drawing = copy.name.lower().endswith(".svg")
            src = copy.name.removeprefix(article.address)
            path = (Path(article.path).parent / src).as_posix()
            stamp, sha, packed = known.get(path, ("", b"", b""))
            mark = copy.stamp and f"{copy.stamp}{'+' if smaller else ''}"  # what is kept is of one setting
            if not mark or stamp != mark:
                try:
                    now = copy.source.read_bytes()
                    digest = hashlib.blake2b(now + (b"+" if smaller else b""), digest_size=16).digest()
                    if digest != sha or not packed:
                        sha, packed = digest, SIZED.pack(drawn(now) if is_drawing else measured(now, smaller=smaller))
                except (OSError, TooLargeError, UnreadableError) as error:
                    problems.append(_problem(error, where(root / article.path, article.path, src), src))
                    continue
                known[path] = [mark, sha, packed]
                db.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?)", (path, mark, sha, packed))
            seen.add(path)
            pairs.add((article.address, src))
            _mark(db, article.address, src, packed)
            yield from (copy,) if is_drawing else _files(copy, sha, SIZED.unpack(packed))
    db.executemany("DELETE FROM pictures WHERE path = ?", [(path,) for path in known.keys() - seen])
    gone = set(db.execute("SELECT address, src FROM sized")) - pairs
    db.executemany("DELETE FROM sized WHERE address = ? AND src = ?", list(gone))


def _mark(db: sqlite3.Connection, address: str, src: str, packed: bytes) -> None:
    """The article's page may differ if it was made with another size."""
    row = db.execute("SELECT sized FROM sized WHERE address = ? AND src = ?", (address, src)).fetchone()
    if row is None or row[0] != packed:
        db.execute("INSERT OR REPLACE INTO sized VALUES (?, ?, ?)", (address, src, packed))
        why = f"picture:{src}"
        db.execute("UPDATE pages SET stale = ? WHERE address = ? AND stale IS NULL", (why, address))


def _files(copy: Copy, sha: bytes, sized: Sized) -> Iterator[Copy]:
    """A picture and its copies; they are what they are made of."""
    stamp = f"picture {RECIPE} {sha.hex()}"
    yield replace(copy, stamp=stamp, width=0)
    for width in sized.widths:
        yield replace(copy, name=copy_of(copy.name, width), stamp=f"{stamp} {width}", width=width)


def press(
    workers: Workers, job: PressJob, copies: Iterable[Copy], known: dict[str, str]
) -> tuple[set[str], list[Problem]]:
    """Make the pictures that are not as `known` (stamps by name) says: the names of files that are new on the stage,
    and what is wrong with some pictures."""
    fresh: dict[str, Work] = {}
    for copy in copies:
        if copy.width is not None and known.get(copy.name) != copy.stamp:
            source = str(copy.source)
            work = fresh.get(source) or Work(source, copy.shown, copy.source.name, ())
            fresh[source] = Work(source, work.shown, work.src, (*work.files, (copy.name, copy.width)))
    staged: set[str] = set()
    problems: list[Problem] = []
    for packed in workers.map(press_batch, seal(job), list(fresh.values()), weight=WEIGHT):
        for made in PRESSED.unpack(packed):
            staged.update(made.staged)
            problems += [made.problem] if made.problem else []
    return staged, problems


def press_batch(sealed: Sealed[PressJob], batch: Sequence[Work]) -> bytes:
    """What came of some pictures, packed, in the same order. Can run in any process."""
    job = sealed.open()
    return PRESSED.pack([_pressed(job, work) for work in batch])


def _pressed(job: PressJob, work: Work) -> Pressed:
    staged: list[str] = []
    try:
        original = Path(work.source).read_bytes()
        if job.stage is None:
            tidied(original)
            return Pressed(())
        for name, data in _made(original, work.files):
            if _stands(job.output, name, data):
                continue
            target = job.stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            staged.append(name)
    except (TooLargeError, UnreadableError) as error:
        return Pressed((), _problem(error, where(job.root / work.shown, work.shown, work.src), work.src))
    return Pressed(tuple(staged))


def _made(data: bytes, files: Iterable[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    widths = tuple(sorted({width for _, width in files if width}))
    made = dict(zip(widths, shrunk(data, widths), strict=True)) if widths else {}
    if any(width == 0 for _, width in files):
        made[0] = tidied(data)
    return ((name, made[width]) for name, width in files)


def _stands(output: Path | None, name: str, data: bytes) -> bool:
    try:
        return output is not None and (output / name).read_bytes() == data
    except OSError:
        return False


def _problem(error: Exception, at: Location, src: str) -> Problem:
    if isinstance(error, TooLargeError):
        hint = f"make it smaller; the most is {MOST_PIXELS // 1_000_000} million pixels and 50 MB"
        return Problem("D814", f"the picture “{src}” is too large ({error})", at, hint=hint)
    hint = "save it anew as JPEG, PNG, WebP, GIF or AVIF; SVG is copied as it is"
    return Problem("D813", f"the picture “{src}” cannot be read", at, hint=hint)
