"""Making pages in batches: addresses in, bytes on the stage. A batch can run in any process."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from digest.build.output import file_of
from digest.build.packed import MADE
from digest.build.records import Made, Stale
from digest.build.sealed import Sealed
from digest.index.packing import fingerprint
from digest.index.store import read_only
from digest.index.stored import Base, StoredIndex
from digest.pages.compose import Composer
from digest.pages.parts import Site
from digest.pages.plan import FAMILIES, compose_page
from digest.pages.sheet import Planned
from digest.pages.tongue import Tongue
from digest.problems import Problem
from digest.render.templates import Renderer
from digest.render.theme import Theme


@dataclass(frozen=True, slots=True)
class RenderJob:
    """What a batch needs: where things are, what the index rests on, what all pages share. `templates` are fingerprints
    of the templates behind each family, or of what draws it; `stage` is None for a check, which writes nothing,
    `output` where there is no output yet."""

    root: Path
    store: Path
    base: Base
    site: Site
    theme: Theme
    templates: dict[str, bytes]
    stage: Path | None
    output: Path | None


class Press:
    """One process's means of making pages for a job."""

    def __init__(self, job: RenderJob) -> None:
        tongue = Tongue(job.base.settings.language)
        self._db = read_only(job.store)
        index = StoredIndex(self._db, job.base)
        self._job = job
        self._composer = Composer(index, tongue)
        self._renderer = Renderer(job.theme, tongue, job.root)
        self._shared = fingerprint(job.site)
        self._folders: set[str] = set()

    def close(self) -> None:
        """Let go of the store."""
        self._db.close()

    def make(self, stale: Stale) -> Made:
        """One page: composed, and rendered and staged only where its view or its bytes differ from the record."""
        planned = Planned(stale.family, stale.key, stale.address)
        page, sheet = compose_page(self._composer, planned)
        family = FAMILIES[stale.family]
        around = self._shared + fingerprint((page, sheet.view)) if family.template else fingerprint(sheet.view)
        seen = self._job.templates[stale.family] + around
        view = hashlib.blake2b(seen, digest_size=16).digest()
        if view == stale.view:
            return Made(stale.address, view, stale.sha, staged=False)
        result = self._renderer.render(family.template, self._job.site, page, sheet.view)
        if isinstance(result, Problem):
            return Made(stale.address, b"", b"", staged=False, problem=result)
        sha = hashlib.blake2b(result, digest_size=16).digest()
        if sha == stale.sha or self._job.stage is None or self._stands(stale, result):
            return Made(stale.address, view, sha, staged=False)
        self._write(f"{self._job.stage}/{file_of(stale.address)}", result)
        return Made(stale.address, view, sha, staged=True)

    def _stands(self, stale: Stale, data: bytes) -> bool:
        """Whether the output has these bytes already, though the record does not know of them."""
        if stale.sha or self._job.output is None:
            return False
        try:
            with open(f"{self._job.output}/{file_of(stale.address)}", "rb") as file:  # noqa: PTH123 (one of many)
                return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
        except OSError:
            return False

    def _write(self, path: str, data: bytes) -> None:
        folder = path[: path.rindex("/")]
        if folder not in self._folders:
            _make_folder(folder)
            self._folders.add(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        file = os.open(path, flags, 0o666)
        try:
            written = 0
            while written < len(data):
                written += os.write(file, data[written:] if written else data)
        finally:
            os.close(file)


def _make_folder(path: str) -> None:
    """Most pages stand alone in a new folder beside others, so that one call is mostly enough."""
    try:
        os.mkdir(path)  # noqa: PTH102 (one of a hundred thousand)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 (as above)


@lru_cache(maxsize=1)
def _press(job: Sealed[RenderJob]) -> Press:
    return Press(job.open())


def release(job: Sealed[RenderJob]) -> None:
    """Let go of what this process holds for a job."""
    if _press.cache_info().currsize:
        _press(job).close()
        _press.cache_clear()


def render_batch(job: Sealed[RenderJob], pages: Sequence[Stale]) -> bytes:
    """What was made of the pages of a batch, packed, in the same order. Raises OSError where the stage cannot be
    written to."""
    press = _press(job)
    return MADE.pack([press.make(page) for page in pages])
