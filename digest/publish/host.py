"""What a host takes in its own form beside the pages: redirects, headers. Pure.

Every redirect and every address that is gone has a page in HTML anyway; these make servers answer at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import quote

from digest.publish.order import is_stamped

Host: TypeAlias = Literal["", "netlify", "cloudflare", "nginx", "s3-website"]
Form: TypeAlias = Literal["gz", "br"]
REDIRECTS, HEADERS, MAP = "_redirects", "_headers", "_moved.map"
_OF_CLOUDFLARE = 2000
"""Redirects that Cloudflare Pages reads (https://developers.cloudflare.com/pages/configuration/redirects/)."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Addresses that lead on, each to its target, and those that are gone, all as readers have them, with the site's
    base path."""

    moved: Mapping[str, str]
    gone: tuple[str, ...] = ()
    base: str = "/"


def host_files(host: Host, moves: Moves, names: Collection[str], cache: str) -> dict[str, bytes]:
    """The files that tell a host of redirects, and which of the site's files (`names`) may be kept as `cache` says:
    those that carry their fingerprint in their name."""
    return _MADE[host](moves, names, cache) if host in _MADE else {}


def _netlify(moves: Moves, names: Collection[str], cache: str) -> dict[str, bytes]:
    # 301! goes before the page in HTML that stands at the same address
    return {REDIRECTS: _redirects(_plain(moves), "301!"), HEADERS: _headers(moves, names, cache)}


def _cloudflare(moves: Moves, names: Collection[str], cache: str) -> dict[str, bytes]:
    newest = _plain(moves)[-_OF_CLOUDFLARE:]
    return {REDIRECTS: _redirects(newest, "301"), HEADERS: _headers(moves, names, cache)}


def _nginx(moves: Moves, names: Collection[str], _cache: str) -> dict[str, bytes]:
    leads = {source: f'"{quote(target)}"' for source, target in moves.moved.items()} | dict.fromkeys(moves.gone, "gone")
    spelled = Counter(source.lower() for source in leads)
    spelled.update(f"{moves.base}{name}".removesuffix("index.html").lower() for name in names if name != name.lower())
    lines = []
    for source, target in sorted(leads.items()):
        exact = source != source.lower() or spelled[source.lower()] > 1 or len(source.encode()) > _OF_A_BUCKET
        key = f"~^{re.escape(source)}$" if exact else source
        lines.append(f'"{_quoted(key)}" {target};\n')
    return {MAP: "".join(lines).encode()}


def _quoted(key: str) -> str:
    return key.replace("\\", "\\\\").replace('"', '\\"')


_OF_A_BUCKET = 150
"""Bytes of a key that surely fit into a bucket of 256. nginx compares keys without regard to case, so that what differs
in case, and what is longer, is a pattern, which it compares as it is."""


_MADE: Mapping[str, Callable[[Moves, Collection[str], str], dict[str, bytes]]] = {
    "netlify": _netlify,
    "cloudflare": _cloudflare,
    "nginx": _nginx,
}


def _plain(moves: Moves) -> list[tuple[str, str]]:
    """The redirects that hold no sign of a pattern, sorted: addresses begin with their date, so new ones are last."""
    return sorted(
        (source, target) for source, target in moves.moved.items() if "*" not in source and "/:" not in source
    )


def _redirects(moved: Iterable[tuple[str, str]], status: str) -> bytes:
    return "".join(f"{quote(source)} {quote(target)} {status}\n" for source, target in moved).encode()


def _headers(moves: Moves, names: Collection[str], cache: str) -> bytes:
    stamped = sorted(filter(is_stamped, names))
    return "".join(f"{quote(moves.base + name)}\n  Cache-Control: {cache}\n" for name in stamped).encode()
