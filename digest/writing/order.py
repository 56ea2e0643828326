"""Keys in the order of the schema, each with its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, pairwise
from typing import Any

from digest.writing.draft import Draft, Edit
from digest.writing.nodes import Mapping, Pair, column, inside, line_end, takes_blank_lines
from digest.writing.shape import keys, placed

_MODELINE = "# yaml-language-server:"
_BEFORE_KEY = re.compile(r" *(?:- +)*")


def order_edits(draft: Draft, kind: Any, depth: int) -> Iterator[Edit]:
    """The edits that put the keys of all mappings at a depth (the whole file's is 0) into the order of the schema.

    Keys that the schema does not know come last, as they stood. A key takes along what stands behind it in its line and
    the comments right above it; comments above a blank line at the top of the file, and those after the last key, stay.
    """
    for node, wanted, deep in _out_of_order(draft, kind):
        if deep == depth and node.flow:
            yield from _in_flow(draft.text, node, wanted)
        elif deep == depth:
            yield from _in_block(draft.text, node, wanted, top=draft.begin if depth == 0 else -1)


def depths_out_of_order(draft: Draft, kind: Any) -> list[int]:
    """The depths at which some mapping's keys are not in order, outer ones first."""
    return sorted({deep for _, _, deep in _out_of_order(draft, kind)})


def _out_of_order(draft: Draft, kind: Any) -> Iterator[tuple[Mapping, list[Pair], int]]:
    """The mappings whose keys are not in order, with the order that they should have, and their depths."""
    if draft.root is None:
        return
    deep = _depths(draft.root, 0)
    for one in placed(draft.root, kind):
        node, struct = one.node, one.struct
        if not isinstance(node, Mapping) or struct is None:
            continue
        place = {key: i for i, key in enumerate(keys(struct))}
        wanted = sorted(node.pairs, key=lambda pair: place.get(pair.key.value, len(place)))
        if wanted != list(node.pairs):
            yield node, wanted, deep[id(node)]


def _depths(node: Any, depth: int) -> dict[int, int]:
    found = {id(node): depth}
    for inner in inside(node):
        found |= _depths(inner, depth + 1)
    return found


def _in_flow(text: str, node: Mapping, wanted: list[Pair]) -> Iterator[Edit]:
    """Pairs change places; commas, blanks and line ends stay. Nothing moves where there is a comment between them, or
    where some share a line and others do not: that was laid out by hand."""
    spans = [(pair.key.start, pair.value.end) for pair in node.pairs]
    between = [text[one[1] : two[0]] for one, two in pairwise(spans)]
    gaps = [*between, text[node.start + 1 : spans[0][0]], text[spans[-1][1] : node.end - 1]]
    if any(gap.strip(", \n") for gap in gaps) or len({"\n" in part for part in between}) > 1:
        return
    if any("\n" in text[start:end] for start, end in spans):
        return
    for (start, end), pair in zip(spans, wanted, strict=True):
        yield Edit(start, end, text[pair.key.start : pair.value.end].rstrip())


def _in_block(text: str, node: Mapping, wanted: list[Pair], *, top: int) -> Iterator[Edit]:
    """Whole lines change places. `top` is where the file's text begins, if the mapping is the file's."""
    pairs, indent = node.pairs, column(text, node.start)
    starts = [pair.key.start for pair in pairs]
    if any(not _BEFORE_KEY.fullmatch(text[start - column(text, start) : start]) for start in starts):
        return
    ends = [_with_deeper_comments(text, line_end(text, pair.value.end), indent) for pair in pairs]
    above = [_above(text, end + 1, start) for end, start in zip(ends[:-1], starts[1:], strict=True)]
    begin = pairs[0].key.start
    head = ""
    if top >= 0:
        begin, head = _header(text, top, starts[0])
    leads = dict(zip(starts, [head, *above], strict=True))
    bodies = {start: text[start:end] for start, end in zip(starts, ends, strict=True)}
    moved = [(leads[pair.key.start], bodies[pair.key.start]) for pair in wanted]
    if top < 0:  # blank lines do not come to stand above a dash: they could become part of the text before it
        comments, blanks = _parted(moved[0][0])
        moved[0], moved[1] = (comments, moved[0][1]), (blanks + moved[1][0], moved[1][1])
    for i, pair in enumerate(wanted):
        if takes_blank_lines(text, pair.value):
            after = moved[i + 1] if i + 1 < len(moved) else None
            if after:
                moved[i + 1] = (_without_blank(after[0]), after[1])
            else:
                ends[-1] = _blank_lines_end(text, ends[-1])
    blank = " " * indent
    lines = [_indented(lead, blank) + blank + body for lead, body in moved]
    if top < 0:  # the first key may stand behind a dash: what is above the key goes above the dash
        begin -= indent
        before = text[begin : starts[0]]
        outer = " " * (len(before) - len(before.lstrip(" ")))
        lines[0] = _indented(moved[0][0], outer) + before + moved[0][1]
    yield Edit(begin, ends[-1], "\n".join(lines))


def _with_deeper_comments(text: str, end: int, indent: int) -> int:
    """The end of the last comment right below a value that is indented deeper than its key: it is about the value."""
    at = end
    while at + 1 < len(text):
        begin, at = at + 1, line_end(text, at + 1)
        line = text[begin:at]
        if line.strip() and (line[: indent + 1].strip(" ") or not line.lstrip(" ").startswith("#")):
            break
        end = at if line.strip() else end
    return end


def _parted(lead: str) -> tuple[str, str]:
    lines = lead.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip()), "".join(line for line in lines if not line.strip())


def _without_blank(lead: str) -> str:
    lines = lead.splitlines(keepends=True)
    return "".join(dropwhile(lambda line: not line.strip(), lines))


def _blank_lines_end(text: str, end: int) -> int:
    """The end of the last blank line below a place at the end of a line."""
    while end + 1 < len(text) and not text[end + 1 : line_end(text, end + 1)].strip():
        end = line_end(text, end + 1)
    return end


def _above(text: str, begin: int, key: int) -> str:
    """The lines between one key's and the next one's."""
    return text[begin : key - column(text, key)]


def _header(text: str, top: int, key: int) -> tuple[int, str]:
    """Where the part of a file begins that may move, and the comments in it above the first key: not what stands above
    a blank line, and not the line by which editors find the schema."""
    lines = _above(text, top, key).splitlines(keepends=True)
    fixed = 0
    for i, line in enumerate(lines):
        if not line.strip() or line.startswith(_MODELINE):
            fixed = i + 1
    begin = top + sum(map(len, lines[:fixed]))
    return begin, "".join(lines[fixed:])


def _indented(lead: str, blank: str) -> str:
    """Comment lines at the indent of the keys: deeper ones could end up in a text of several lines."""
    return "".join(f"{blank}{line.lstrip(' ')}" if line.strip() else line for line in lead.splitlines(keepends=True))
