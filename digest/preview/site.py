"""The site as it is looked at: from an address to bytes, by the same function as in a build, out of the store."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.index.store import read_only
from digest.pages.compose import Composer
from digest.pages.plan import FAMILIES, compose_page
from digest.pages.sheet import Planned
from digest.pages.tongue import Tongue
from digest.preview.behind import Behind, behind
from digest.preview.files import file_at
from digest.preview.footing import KeptIndex
from digest.preview.proof import Footing, Proof
from digest.problems import Problem
from digest.render.templates import Renderer

_HELD = 256
"""Pages that are remembered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: `data` is None where it could never be rendered; `problem` is what keeps it from being rendered now, so
    that `data` is the last good page. `stands_in` for a page that the site does not have now."""

    planned: Planned
    data: bytes | None
    problem: Problem | None = None
    stands_in: bool = False


class Site:
    """The reading side of the preview's store; belongs to one thread. Between two proofs nothing of it changes."""

    def __init__(self, root: Path, store: Path) -> None:
        self._root = root
        self._db = read_only(store)
        self._db.execute("PRAGMA mmap_size = 0")  # else the whole store would in time count as this process's memory
        self._footing: Footing | None = None
        self._renderer: Renderer | None = None
        self._composer: Composer | None = None
        self._good: OrderedDict[str, Shown] = OrderedDict()
        self._fresh: set[str] = set()
        self._broken: frozenset[str] = frozenset()
        self._keys: dict[str, list[str]] = {}

    def adopt(self, proof: Proof) -> None:
        """From now on show this proof."""
        footing, before = proof.footing, self._footing
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._footing, self._broken = footing, proof.broken
        if proof.touched is None:
            self._fresh.clear()
        else:
            self._fresh -= proof.touched
        if footing is None:
            return
        if before is None or footing.site != before.site:
            self._fresh.clear()
        tongue = Tongue(footing.base.settings.language)
        same_look = before is not None and footing.theme is before.theme  # an equal one may have other templates
        if before is None or not same_look or footing.site.language != before.site.language:
            self._renderer = Renderer(footing.theme, tongue, self._root)
        if proof.regrouped:
            self._keys = {}
        self._composer = Composer(KeptIndex(self._db, footing.base, self._keys), tongue)

    def look(self, address: str) -> Shown | None:
        """The page at an address below the digest's base path; None if there is none."""
        if address in self._fresh:
            return self._good[address]
        if self._footing is None or self._renderer is None or self._composer is None:
            return None
        if not self._db.in_transaction:
            self._db.execute("BEGIN")
        row = self._db.execute("SELECT family, key FROM pages WHERE address = ?", (address,)).fetchone()
        last = self._good.get(address)
        if row is None:
            if last is not None and last.data is not None and address in self._broken:
                return Shown(last.planned, last.data, stands_in=True)
            return None
        planned = Planned(row[0], row[1], address)
        page, sheet = compose_page(self._composer, planned)
        made = self._renderer.render(FAMILIES[planned.family].template, self._footing.site, page, sheet.view)
        if isinstance(made, Problem):
            return self._keep(Shown(planned, last.data if last else None, made))
        return self._keep(Shown(planned, made))

    def behind(self, shown: Shown, clock: datetime) -> Behind:
        """What stands behind a page that was looked at."""
        if self._composer is None or shown.stands_in:
            return Behind()
        return behind(self._root, self._db, self._composer, shown.planned, clock)

    def file(self, address: str) -> Path | None:
        """The file that stands at an address as it is."""
        return file_at(self._root, self._footing.theme, self._db, address) if self._footing else None

    def _keep(self, shown: Shown) -> Shown:
        address = shown.planned.address
        self._good[address] = shown
        self._good.move_to_end(address)
        self._fresh.add(address)
        if len(self._good) > _HELD:
            oldest, _ = self._good.popitem(last=False)
            self._fresh.discard(oldest)
        return shown

    def close(self) -> None:
        """Let go of the store."""
        self._db.close()
