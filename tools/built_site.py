"""A built site seen from outside: its pages, the family that each belongs to, and a server for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_DAY = r"/\d{4}/\d\d/\d\d/"
_YEAR = r"(\d{4}/)?"  # a region's or topic's pages of one year

FAMILIES = {
    "home": r"/",
    "edition": _DAY,
    "month": r"/\d{4}/\d\d/",
    "year": r"/\d{4}/",
    "article": _DAY + r"[^/]+/",
    "claim": r"/claims/[^/]+/",
    "regions": r"/regions/",
    "region": r"/regions/[^/]+/" + _YEAR,
    "topics": r"/topics/",
    "topic": r"/topics/[^/]+/" + _YEAR,
    "sources": r"/sources/",
    "source": r"/sources/[^/]+/",
    "threads": r"/threads/",
    "thread": r"/threads/[^/]+/",
    "labels": r"/labels/",
    "label": r"/labels/[^/]+/",
    "corrections": r"/corrections/",
    "feeds": r"/feeds/",
    "data": r"/data/",
    "search": r"/search/",
    "404": r"/404\.html",
}
"""Family → the pattern that the whole of its addresses matches."""

MAIL = _DAY + r"email\.html"
"""What the addresses of mail editions match; they are no pages among others, and have no navigation."""


@dataclass(frozen=True)
class BuiltSite:
    """The site in a folder, below the path `base` of its server (with a slash at both ends)."""

    folder: Path
    base: str = "/"

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The addresses of all pages, relative to the base: `/`, `/2025/07/01/`, `/404.html`; sorted."""
        files = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return tuple(sorted("/" + file.removesuffix("index.html") for file in files))

    def of_family(self, family: str) -> list[str]:
        """The addresses of one family's pages, sorted."""
        return [page for page in self.pages if re.fullmatch(FAMILIES[family], page)]

    def fullest(self, family: str) -> str:
        """The address of the family's longest page, which has the most to go wrong; LookupError if there is none."""
        pages = self.of_family(family)
        if not pages:
            message = f"the site has no page of the family {family!r} ({FAMILIES[family]})"
            raise LookupError(message)
        return max(pages, key=lambda page: (self.file(page).stat().st_size, page))

    def file(self, address: str) -> Path:
        """The file behind an address, whether or not it exists."""
        path = self.folder / address.lstrip("/")
        return path / "index.html" if address.endswith("/") else path


class _Below(SimpleHTTPRequestHandler):
    """Answers for a folder below a base path, and says nothing about it."""

    def __init__(self, *args: object, base: str, directory: str) -> None:
        self._base = base
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # socketserver's own three

    def translate_path(self, path: str) -> str:
        """The file for a request path; outside the base, one that does not exist."""
        if not path.startswith(self._base):
            return str(Path(self.directory) / "outside the base path")
        return super().translate_path("/" + path.removeprefix(self._base))

    def log_message(self, *_args: object) -> None:
        """Nothing: requests are no news."""


@contextmanager
def served(site: BuiltSite) -> Iterator[str]:
    """Serve the site on a free local port; gives the site's URL, without the last slash."""
    handler = partial(_Below, base=site.base, directory=str(site.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{site.base.rstrip('/')}"
        finally:
            server.shutdown()
            thread.join()
