"""New entries for lists and mappings that stand in a file already, in the style of what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping as Data
from collections.abc import Sequence as Items
from typing import TypeAlias

from digest.starter.scalar import scalar
from digest.writing.draft import Edit
from digest.writing.nodes import Mapping, Node, Pair, Scalar, Sequence, column, line_end
from digest.writing.quoting import value_text

_COMMA = re.compile(r"(?:\s|#[^\n]*)*,")
_COMMENT = re.compile(r"\n( *)#[^\n]*")
Value: TypeAlias = str | Items["Value"] | Data[str, "Value"]


def in_flow(value: Value) -> str:
    """A value on one line: `{by: tass, via: [reuters, bbc]}`."""
    if isinstance(value, str):
        return value_text(value, in_list=True)
    if isinstance(value, Data):
        return "{" + ", ".join(f"{scalar(key)}: {in_flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(in_flow, value)) + "]"


def in_block(value: Data[str, Value], indent: int) -> str:
    """A mapping with each key on a line of its own, the first one where it is put."""
    lines = (
        f"{scalar(key)}: {value_text(item) if isinstance(item, str) else in_flow(item)}" for key, item in value.items()
    )
    return ("\n" + " " * indent).join(lines)


def appended(text: str, parent: Mapping, pair: Pair, value: Data[str, Value]) -> list[Edit]:
    """The edits that add an item to the list that is a pair's value in the mapping `parent`: empty where it is none,
    and cannot be made one without touching it."""
    held, flow = pair.value, in_flow(value)
    if isinstance(held, Sequence):
        return _behind_items(text, held, value)
    if isinstance(held, Mapping) and not held.flow:
        return []
    if held.start == held.end:
        if parent.flow:
            return [Edit(held.start, held.start, f" [{flow}]")]
        return [_new_line(text, held.end, column(text, parent.start) + 2, f"- {flow}")]
    if isinstance(held, Scalar) and not held.style and held.value in {"~", "null"}:
        return [Edit(held.start, held.end, f"[{flow}]")]
    return [Edit(held.start, held.start, "["), Edit(held.end, held.end, f", {flow}]")]


def _behind_items(text: str, held: Sequence, value: Data[str, Value]) -> list[Edit]:
    if held.flow:
        return _in_brackets(text, held, in_flow(value))
    dash = column(text, held.start)
    wide = column(text, held.items[-1].start) - dash if _is_block(held.items[-1]) else 2
    item = in_block(value, dash + wide) if _is_block(held.items[-1]) else in_flow(value)
    return [_new_line(text, held.end, dash, f"{'-':<{wide}}{item}")]


def with_list(text: str, parent: Mapping, key: str, value: Data[str, Value]) -> list[Edit]:
    """The edits that add a key whose value is a list of one item."""
    flow = in_flow(value)
    if parent.flow:
        return _in_brackets(text, parent, f"{key}: [{flow}]")
    indent = column(text, parent.start)
    return [_new_line(text, parent.end, indent, f"{key}:\n{' ' * (indent + 2)}- {flow}")]


def entry(text: str, parent: Mapping, pair: Pair | None, key: str, id_: str, value: Data[str, Value]) -> list[Edit]:
    """The edits that add an entry `id_: {…}` to the mapping that is the value of `key` in `parent`; `pair` is that key
    with its value, if it is there."""
    flow = f"{scalar(id_)}: {in_flow(value)}"
    if pair is None:
        if parent.flow:
            return _in_brackets(text, parent, f"{key}: {{{flow}}}")
        indent = column(text, parent.start)
        return [_new_line(text, parent.end, indent, f"{key}:\n{' ' * (indent + 2)}{flow}")]
    held = pair.value
    if isinstance(held, Mapping):
        if held.flow or not held.pairs:
            return _in_brackets(text, held, flow)
        indent = column(text, held.start)
        if _is_block(held.pairs[-1].value):
            flow = f"{scalar(id_)}:\n{' ' * (indent + 2)}{in_block(value, indent + 2)}"
        return [_new_line(text, held.end, indent, flow)]
    if held.start < held.end or parent.flow:
        return [Edit(held.start, held.end, ("" if held.start < held.end else " ") + f"{{{flow}}}")]
    return [_new_line(text, held.end, column(text, parent.start) + 2, flow)]


def _is_block(node: Node) -> bool:
    return isinstance(node, Mapping) and not node.flow


def _in_brackets(text: str, held: Mapping | Sequence, item: str) -> list[Edit]:
    """The edits that add an item to a list or mapping in brackets: on a line of its own where its last item is."""
    spans = (
        [(one.start, one.end) for one in held.items]
        if isinstance(held, Sequence)
        else [(pair.key.start, pair.value.end) for pair in held.pairs]
    )
    closing = held.end - 1
    if not spans:
        return [_in_empty_brackets(text, held.start + 1, closing, item)]
    begin, end = spans[-1]
    comma = _COMMA.match(text, end, closing)
    after = comma.end() if comma else end
    line = "\n" + " " * column(text, begin) + item
    if text[begin - column(text, begin) : begin].strip():
        return [Edit(after, after, f" {item},") if comma else Edit(end, end, f", {item}")]
    place = min(line_end(text, after), closing)  # comments at the end of the last item's line stay there
    if comma:
        return [Edit(place, place, line + ",")]
    return [Edit(end, end, ","), Edit(place, place, line)]


def _in_empty_brackets(text: str, begin: int, closing: int, item: str) -> Edit:
    inside = text[begin:closing]
    if "\n" not in inside:
        return Edit(begin, begin, inside[:1] + item)
    place = begin + len(inside.rstrip())
    line = text.rfind("\n", 0, closing) + 1
    indent = len(text[line:closing]) + 2
    return Edit(place, place, "\n" + " " * indent + item)


def _new_line(text: str, end: int, indent: int, line: str) -> Edit:
    """A line below the one that a place stands in, comments at its end included, and below comments that are indented
    further than the new line: they are about what stands above."""
    place = line_end(text, end)
    while (comment := _COMMENT.match(text, place)) and len(comment[1]) > indent:
        place = comment.end()
    return Edit(place, place, "\n" + " " * indent + line)
