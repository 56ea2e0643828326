"""The YAML of a file as nodes that know where their text begins and ends, so that it can be changed in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from digest.content.document import File


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or text; `style` is the sign that it begins with (a quote, | or >), "" for a plain one. A value that is
    not there has no length."""

    start: int
    end: int
    value: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values: between braces (`flow`), or each on a line of its own."""

    start: int
    end: int
    flow: bool
    pairs: tuple[Pair, ...]

    def get(self, key: str) -> Pair | None:
        """The pair of a key."""
        return next((pair for pair in self.pairs if pair.key.value == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list: between brackets (`flow`), or each item behind a dash."""

    start: int
    end: int
    flow: bool
    items: tuple[Node, ...]


Node: TypeAlias = Scalar | Mapping | Sequence


def nodes(file: File, begin: int, end: int) -> Mapping | None:
    """The mapping between two places of a file, which `parse_yaml` reads without problems; None where it is empty.

    Ends are those of the content: behind the last letter, bracket or quote, before comments and blank lines.
    """
    text = file.text[begin:end]
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    made = _node(root, file.text, begin) if root is not None else None
    return made if isinstance(made, Mapping) else None


def _node(node: yaml.Node, text: str, begin: int) -> Node:
    start, end = begin + node.start_mark.index, begin + node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        pairs = tuple(Pair(_scalar(key, text, begin), _node(value, text, begin)) for key, value in node.value)
        return Mapping(start, end if node.flow_style else pairs[-1].value.end, bool(node.flow_style), pairs)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_node(item, text, begin) for item in node.value)
        return Sequence(start, end if node.flow_style else items[-1].end, bool(node.flow_style), items)
    return _scalar(node, text, begin)


def _scalar(node: yaml.Node, text: str, begin: int) -> Scalar:
    start, end = begin + node.start_mark.index, begin + node.end_mark.index
    style = getattr(node, "style", None) or ""
    if style in {"|", ">"}:
        end = _block_end(text, start, end)
    return Scalar(start, end, str(node.value), style)


def _block_end(text: str, start: int, end: int) -> int:
    """Where a block scalar ends: at the end of its last line, blank lines aside unless it keeps them (+)."""
    if _keeps(text, start):
        return end - 1 if text[end - 1 : end] == "\n" else end
    return start + len(text[start:end].rstrip())


def _keeps(text: str, start: int) -> bool:
    """Whether a block scalar counts the blank lines after it as its own."""
    return "+" in text[start : line_end(text, start)].partition("#")[0]


def takes_blank_lines(text: str, node: Node) -> bool:
    """Whether blank lines after a node would become part of it."""
    while not isinstance(node, Scalar):
        last = list(inside(node))[-1:]
        if node.flow or not last:
            return False
        node = last[0]
    return node.style in {"|", ">"} and _keeps(text, node.start)


def inside(node: Node) -> Iterator[Node]:
    """A node's own nodes, one level down; keys are none."""
    if isinstance(node, Mapping):
        yield from (pair.value for pair in node.pairs)
    elif isinstance(node, Sequence):
        yield from node.items


def column(text: str, index: int) -> int:
    """How far a place stands from the beginning of its line."""
    return index - (text.rfind("\n", 0, index) + 1)


def line_end(text: str, index: int) -> int:
    """Where the line of a place ends."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found
