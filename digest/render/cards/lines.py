"""Text in lines: broken where its script allows, as large as it fits, and even."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.render.cards.fonts import Face, clings, script_of
from digest.render.cards.runs import Type, plain, width

LONGEST = 900
"""Characters of a text that are looked at; more than this never fits."""

_MEASURED = 40
_TIGHT = 44
"""The size from which on words may be broken that are wider than the line: above it, smaller type is tried first."""

_BREAK_AFTER = re.compile(r"(?<=[^\W\d_][-–—/])(?=[^\W\d_])")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″‐…‥,.:;?!)]}%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NEVER_LAST = frozenset("‘“（〔［｛〈《「『【([{")


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines with the size of their type in pixels."""

    lines: tuple[str, ...]
    size: int


def set_text(text: str, kind: Type, wide: float, most: Sequence[tuple[int, int]]) -> Setting:
    """The text in lines no wider than `wide`: the first of the (size, number of lines) into which it fits.

    What fits into none of them ends with an ellipsis.
    """
    text = plain(text)
    text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    pieces = [(piece, width(piece, kind, _MEASURED) / _MEASURED) for piece in _pieces(text)]
    for size, rows in most:
        room = wide / size
        parts = list(_broken(pieces, room, kind)) if size <= _TIGHT else pieces
        if any(w > room for _, w in parts):
            continue
        lines = _wrapped(parts, room)
        if len(lines) <= rows:
            return Setting(_even(parts, room, len(lines)), size)
    size, rows = most[-1]
    return Setting(_cut(_wrapped(list(_broken(pieces, wide / size, kind)), wide / size), rows, wide, kind, size), size)


Piece = tuple[str, float]
"""A piece of text that is not broken, with its width in ems; it ends with the space after it."""


def _pieces(text: str) -> Iterator[str]:
    for word in re.findall(r"\S+ ?", text):
        begin = 0
        for at in _breaks(word):
            yield word[begin:at]
            begin = at
        yield word[begin:]


def _breaks(word: str) -> list[int]:
    """Where a word may be broken: after a hyphen or a dash, and beside ideographs."""
    found = {m.start() for m in _BREAK_AFTER.finditer(word)}
    if not word.isascii():
        for at, (one, other) in enumerate(pairwise(word), 1):
            wide = script_of(one) is Face.CJK or script_of(other) is Face.CJK
            if wide and other != " " and other not in _NEVER_FIRST and one not in _NEVER_LAST and not clings(other):
                found.add(at)
    return sorted(found)


def _broken(pieces: Sequence[Piece], room: float, kind: Type) -> Iterator[Piece]:
    """The pieces, those that are wider than the line in parts."""
    for piece, wide in pieces:
        if wide <= room:
            yield piece, wide
            continue
        part, taken = "", 0.0
        for letter in _letters(piece):
            more = width(letter, kind, _MEASURED) / _MEASURED
            if part and taken + more > room:
                yield part, taken
                part, taken = "", 0.0
            part, taken = part + letter, taken + more
        yield part, taken


def _letters(text: str) -> Iterator[str]:
    """Characters with what clings to them."""
    begin = 0
    for at in range(1, len(text)):
        if not clings(text[at]) and text[at - 1] != "\u200d":
            yield text[begin:at]
            begin = at
    yield text[begin:]


def _wrapped(pieces: Sequence[Piece], room: float) -> list[str]:
    lines: list[list[str]] = []
    taken = room + 1
    for piece, wide in pieces:
        if taken + wide > room + (0.25 if piece.endswith(" ") else 0):  # the space at the end needs no room
            lines.append([])
            taken = 0.0
        lines[-1].append(piece)
        taken += wide
    return ["".join(line).strip() for line in lines]


def _even(pieces: Sequence[Piece], room: float, count: int) -> tuple[str, ...]:
    """The same number of lines, with the longest as short as can be."""
    low, high = max((w for _, w in pieces), default=0.0), room
    if count > 1:
        for _ in range(8):
            middle = (low + high) / 2
            if len(_wrapped(pieces, middle)) > count:
                low = middle
            else:
                high = middle
    return tuple(_wrapped(pieces, high))


def _cut(lines: list[str], rows: int, wide: float, kind: Type, size: int) -> tuple[str, ...]:
    if len(lines) > rows:
        last = lines[rows - 1] + "…"
        while width(last, kind, size) > wide and len(last) > 1:
            last = last[:-2].rstrip() + "…"
        lines = [*lines[: rows - 1], last]
    return tuple(lines)
