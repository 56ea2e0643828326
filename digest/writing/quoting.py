"""Quotes where YAML needs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digest.content.dates import FORM
from digest.starter.scalar import scalar
from digest.writing.draft import Draft, Edit
from digest.writing.nodes import Scalar, inside
from digest.writing.shape import placed


def value_text(text: str, *, in_list: bool = False) -> str:
    """A text as a YAML value: in quotes where some YAML reader would take it for something else than a text. Dates are
    plain, for they are meant as dates."""
    return text if FORM.fullmatch(text) else scalar(text, in_list=in_list)


def quote_edits(draft: Draft, kind: Any) -> Iterator[Edit]:
    """The edits that put into quotes each text without them that some YAML reader takes for something else: NO, 12:30,
    2025 as a title.

    Left as they are: quotes that are there, texts of several lines, dates, values that are no text to the schema (true,
    numbers of a target), and what the schema does not know.
    """
    if draft.root is None:
        return
    between = {id(node) for node in _between_brackets(draft.root, within=False)}
    for one in placed(draft.root, kind):
        node = one.node
        if not isinstance(node, Scalar) or node.style or bool in one.kinds or not (str in one.kinds or one.words):
            continue
        written = draft.text[node.start : node.end]
        if "\n" in written or node.value in {"", "~", "null"} or FORM.fullmatch(node.value):
            continue
        wanted = value_text(node.value, in_list=id(node) in between)
        if wanted != written:
            yield Edit(node.start, node.end, wanted)


def _between_brackets(node: Any, *, within: bool) -> Iterator[Any]:
    if within:
        yield node
    for inner in inside(node):
        yield from _between_brackets(inner, within=within or node.flow)
