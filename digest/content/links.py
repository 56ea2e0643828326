"""Links that run or embed something, wherever Markdown hides them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.content.document import File
from digest.content.text import SCHEME, SCHEME_IN_SIGHT
from digest.problems import Problem

_INVISIBLE = re.compile(r"[\x00-\x20\x7f]")


def refused_links(file: File, begin: int) -> list[Problem]:
    """A problem for each link or picture whose address runs or embeds something."""
    body = file.text[begin:]
    environment: dict[str, dict[str, dict[str, object]]] = {}
    blocks = _Lenient("commonmark").parse(body, environment)
    found = [(_line(block.map), address) for block in blocks for address in _addresses(block)]
    found += [(_line(link.get("map")), str(link.get("href"))) for link in environment.get("references", {}).values()]
    problems = []
    for line, address in found:
        scheme = SCHEME.match(_INVISIBLE.sub("", address))
        if scheme:
            at = file.at(begin + _index(body, line, address))
            message = f"links with {scheme.group().lower()} are refused"
            problems.append(Problem("D211", message, at, hint="link to a page with https://"))
    return list(dict.fromkeys(problems))


class _Lenient(MarkdownIt):
    """Markdown that keeps every address as it stands, also those that it would leave as text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the library's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url


def _addresses(block: Token) -> Iterator[str]:
    for token in block.children or ():
        if token.type in {"link_open", "image"}:
            yield str(token.attrs.get("href") or token.attrs.get("src") or "")
        yield from _addresses(token)


def _line(span: object) -> int:
    return int(span[0]) if isinstance(span, list) else 0


def _index(body: str, line: int, address: str) -> int:
    """Where the address stands in the block that begins at a line; the block's start if it is spelt otherwise there."""
    start = 0
    for _ in range(line):
        start = body.find("\n", start) + 1
    as_written = body.find(address, start)
    if as_written >= 0:
        return as_written
    in_sight = SCHEME_IN_SIGHT.search(body, start)
    return in_sight.start() if in_sight else start
