"""Answers: what the preview says to a request for an address, dressed for the browser."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from digest.index.store import DAMAGE
from digest.preview.behind import Behind
from digest.preview.dress import Dresser, Editor, Worn
from digest.preview.proof import Proof
from digest.preview.site import Shown, Site
from digest.problems import Severity

NOT_FOUND = "404.html"
NOT_YET = 503
HTML = "text/html; charset=utf-8"
_KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".eml": "message/rfc822",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's status, kind and bytes; `seen` is the fingerprint of what it shows; `location` where it leads, and
    `file` the file to send, where there is one; `source` is the path of the article or note behind a page."""

    status: int
    data: bytes = b""
    kind: str = HTML
    seen: str = ""
    location: str = ""
    file: Path | None = None
    source: str = ""


@dataclass(slots=True)
class _State:
    """What was last adopted, with the answers that were given since."""

    proof: Proof = field(default_factory=lambda: Proof(None))
    given: dict[str, Answer] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)


class Answers:
    """Answers for one digest; `local` where only this machine can ask, which may know where its files are."""

    def __init__(self, root: Path, site: Site, clock: datetime, *, local: bool) -> None:
        self._root = root
        self._site = site
        self._clock = clock
        self._local = local
        self._state = _State()
        self.dresser = Dresser()

    @property
    def base_path(self) -> str:
        """The path below which the digest's pages are."""
        return self._state.proof.base_path

    def adopt(self, proof: Proof) -> None:
        """Answer from this proof from now on."""
        self._site.adopt(proof)
        state = self._state
        state.proof, state.given = proof, {}
        state.moved |= proof.moved
        state.gone |= proof.gone

    def at(self, address: str) -> Answer:
        """The answer at an address below the base path; the same until the next proof."""
        given = self._state.given
        if address not in given:
            try:
                given[address] = self._at(address)
            except DAMAGE:
                raise
            except Exception:  # noqa: BLE001 (a fault of ours must not take the other pages along)
                traceback.print_exc()
                words = (
                    "The preview met a fault of its own; the terminal says more. The other pages are not touched by it."
                )
                given[address] = self._plain(address, 500, "This page cannot be shown", words)
        return given[address]

    def outside(self) -> Answer:
        """The answer outside the base path."""
        return self._plain("", 404, "There is no page here", f"The digest stands below {self.base_path}")

    def _at(self, address: str) -> Answer:
        if address == "index.html" or address.endswith("/index.html"):
            return Answer(307, location=self._href(address.removesuffix("index.html")))
        shown = self._site.look(address)
        if shown is not None:
            return self._page(address, shown, 404 if address == NOT_FOUND else 200)
        file = self._site.file(address)
        if file is not None:
            return Answer(200, file=file)
        if address and not address.endswith("/") and self._site.look(f"{address}/") is not None:
            return Answer(307, location=self._href(f"{address}/"))
        target = self._whither(address)
        return Answer(307, location=self._href(target)) if target != address else self._missing(address)

    def _whither(self, address: str) -> str:
        """Where the article of an address went, which may have moved more than once."""
        target, moved = address, dict(self._state.moved)
        while target in moved:
            target = moved.pop(target)
        return target if self._site.look(target) is not None else address

    def _missing(self, address: str) -> Answer:
        proof, gone = self._state.proof, self._state.gone.get(address)
        if proof.footing is None and proof.reading is None:
            return self._plain(
                address, NOT_YET, "Nothing can be shown yet", "Settings or registries must be mended first."
            )
        if proof.reading is not None:
            words = "The digest is being read for the first time. This page shows as soon as it is ready."
            return self._plain(address, NOT_YET, "One moment", words, reading=True)
        if gone is not None:
            words = f"The article that stood here is gone: {gone} was deleted, or is not an article any more."
            return self._plain(address, 404, "This page is gone", words)
        shown = self._site.look(NOT_FOUND)
        if shown is not None and shown.data is not None:
            return self._page(address, shown, 404)
        return self._plain(address, 404, "There is no page here", "No page of the digest has this address.")

    def _page(self, address: str, shown: Shown, status: int) -> Answer:
        suffix = Path(shown.planned.address).suffix if not shown.planned.address.endswith("/") else ""
        if suffix in _KINDS:
            feed = shown.data or b""
            return Answer(status if shown.data is not None else 500, feed, _KINDS[suffix], _fingerprint(feed))
        behind, problems = self._site.behind(shown, self._clock), self._state.proof.problems
        path = behind.at.path if behind.at else ""
        old = shown.stands_in or shown.problem is not None
        old = old or any(p.at.path == path and p.severity is Severity.ERROR for p in problems)
        data = shown.data
        if data is None:
            data, status = self.dresser.plain("This page cannot be made", "A template has a problem."), 500
        all_of_them = (*problems, *([shown.problem] if shown.problem else []))
        return self._dressed(data, Worn(address, behind, all_of_them, old), status)

    def _plain(self, address: str, status: int, title: str, words: str, *, reading: bool = False) -> Answer:
        data = self.dresser.plain(title, words, reading=reading)
        return self._dressed(data, Worn(address, Behind(), self._state.proof.problems), status)

    def _dressed(self, data: bytes, worn: Worn, status: int) -> Answer:
        footing = self._state.proof.footing
        pattern = footing.base.settings.editor if footing and self._local else ""
        made = self.dresser.dress(data, worn, Editor(self._root, pattern))
        seen = _fingerprint(made)
        made = made.replace(b'data-seen="{seen}"', f'data-seen="{seen}"'.encode(), 1)
        return Answer(status, made, HTML, seen, source=worn.behind.at.path if worn.behind.at else "")

    def _href(self, address: str) -> str:
        return self.base_path + quote(address)


def _fingerprint(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
