"""Quotes for values that are no YAML without them, such as a title with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.content.document import decode, front_matter
from digest.content.schema import Strict
from digest.content.yaml_errors import correction, quote
from digest.problems import Location
from digest.writing.draft import Edit, edited, opened
from digest.writing.shape import keys

_MOST = 50
"""A file with more mistakes of this kind is none that somebody wrote by hand."""
_KEY_FIRST = re.compile(r"([\w-]+):(?: |$)")


def with_quotes(path: str, data: bytes) -> tuple[bytes, list[tuple[Location, str, str]]]:
    """The bytes of a file that can be read once some values are in quotes; and of each its place, what stood there, and
    what stands there now. The same bytes, and nothing, where quotes alone do not help, or a value may have been meant
    as something else: as two lines that became one, or with a comment behind it."""
    made = data
    done: list[tuple[Location, str, str]] = []
    for _ in range(_MOST):
        draft, problems = opened(path, made)
        if draft is not None:
            return made, done
        file, _ = decode(path, made)
        if file is None or [problem.code for problem in problems] != ["D101"]:
            break
        parts = front_matter(file)[0] if path.endswith(".md") else None
        begin, end = (parts.begin, parts.end) if parts else (0, len(file.text))
        found = correction(file.text[begin:end], file.index(problems[0].at) - begin)
        value = _value(file.text[begin + found[0] : begin + found[1]], found[2]) if found else None
        if found is None or value is None:
            break
        place = begin + found[0] + value[0]
        made = edited(made, [Edit(place, place + len(value[1]), quote(value[1]))])
        done.append((file.at(place), value[1], quote(value[1])))
    return data, []


def _value(line: str, corrected: str) -> tuple[int, str] | None:
    """The place and the text of the value that stands in quotes in the corrected line, if nothing else differs and the
    value can be nothing but one text."""
    start = next((i for i, (a, b) in enumerate(zip(line, corrected, strict=False)) if a != b), len(line))
    rest = line[start:].rstrip()
    for size in range(len(rest), 0, -1):
        value = rest[:size]
        if corrected[start:] == quote(value) + rest[size:]:
            key = _KEY_FIRST.match(value)
            meant_otherwise = " #" in value or (key and key[1].casefold() in _all_keys()) or value[0] in "\"'[{"
            return None if meant_otherwise else (start, value)
    return None


def _all_keys() -> set[str]:
    return {key for struct in _structs(Strict) for key in keys(struct)}


def _structs(kind: type[Strict]) -> Iterator[type[Strict]]:
    for struct in kind.__subclasses__():
        yield struct
        yield from _structs(struct)
