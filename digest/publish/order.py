"""In which order files are sent, so that links resolve at every moment, and with which headers."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Collection
from pathlib import PurePosixPath

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
}
_FEEDS = {"feed.xml": "application/atom+xml; charset=utf-8", "feed.json": "application/feed+json"}
_PACKED = {"gzip": "application/gzip"}
_FOR_HOSTS = ("_redirects", "_headers", "_moved.map")
_NEW, _CHANGED = 1, 3
"""The waves of pages."""
_STAMPED = re.compile(r"assets/(?:.*/)?[^/]+-(?=\d*[a-f])[0-9a-f]{10,}\.\w+")
"""With a letter in it, for a camera's or an editor's name may end in a moment: photo-20250703120000.jpg."""


def content_type(name: str) -> str:
    """What a file is, for browsers."""
    path = PurePosixPath(name)
    kind, packed = mimetypes.guess_type(name)
    if packed:
        return _PACKED.get(packed, "application/octet-stream")
    if kind and kind.startswith("text/"):
        kind += "; charset=utf-8"
    return _FEEDS.get(path.name) or _TYPES.get(path.suffix.lower()) or kind or "application/octet-stream"


def is_stamped(name: str) -> bool:
    """Whether the name carries a fingerprint of the bytes, so that they never change under it."""
    return _STAMPED.fullmatch(name) is not None


def in_waves(new: Collection[str], changed: Collection[str]) -> list[tuple[str, ...]]:
    """The files to send, in waves; one begins when the one before is done.

    What is new comes before the pages that link to it, new feeds among it, the home page after all others, and what
    machines read to learn of pages (feeds that were there, sitemaps) at last. Deletions come after all of these.
    """
    everything = {**dict.fromkeys(changed, _CHANGED), **dict.fromkeys(new, _NEW)}
    waves: dict[int, list[str]] = {}
    for name in sorted(everything):
        waves.setdefault(_wave(name, everything[name]), []).append(name)
    return [tuple(waves[wave]) for wave in sorted(waves)]


def _wave(name: str, page: int) -> int:
    name = name.removesuffix(".gz").removesuffix(".br")
    if name == "index.html":
        return 4
    if name.endswith(".html"):
        return page
    if PurePosixPath(name).name in _FEEDS:
        return 5 if page == _CHANGED else 0
    if name.endswith(".xml") or name in ("robots.txt", *_FOR_HOSTS):
        return 5
    return page - 1
