"""Code in Markdown, in which nothing is a link or an attribute."""

from __future__ import annotations

import re
from typing import TypeVar

T = TypeVar("T")

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def outside_code(found: list[tuple[T, int]], text: str, begin: int) -> list[tuple[T, int]]:
    """Those of the things found, each with its index into the text, that stand in no code of the Markdown from
    `begin`."""
    code = _ranges(text, begin) if found else []
    return [(thing, index) for thing, index in found if not any(first <= index < last for first, last in code)]


def _ranges(text: str, begin: int) -> list[tuple[int, int]]:
    """Where code stands in the Markdown from `begin`: blocks and spans, as indices into the text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (few texts need the parser)

    body = text[begin:]
    starts = [0]
    for part in body.split("\n"):
        starts.append(starts[-1] + len(part) + 1)
    blocks = [
        (begin + starts[token.map[0]], begin + starts[min(token.map[1], len(starts) - 1)])
        for token in MarkdownIt("commonmark").disable("inline").parse(body)
        if token.type in {"fence", "code_block"} and token.map
    ]
    spans = [
        match.span()
        for match in _CODE_SPAN.finditer(text, begin)
        if not any(first <= match.start() < last for first, last in blocks)
    ]
    return blocks + spans
