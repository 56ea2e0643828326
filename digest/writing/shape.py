"""What the schema's structs say about the nodes of a file: which keys, in which order, with which values."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from digest.content.schema import Strict
from digest.writing.nodes import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with what the schema allows in its place: structs, lists, mappings, words."""

    node: Node
    kinds: tuple[Any, ...]

    @property
    def struct(self) -> type[Strict] | None:
        """The struct that a mapping in this place is read as."""
        return next((kind for kind in self.kinds if isinstance(kind, type) and issubclass(kind, Strict)), None)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may stand here where not any text may; () where any may."""
        found: list[str] = []
        for kind in self.kinds:
            if kind is str:
                return ()
            if get_origin(kind) is Literal:
                found += get_args(kind)
            elif isinstance(kind, type) and issubclass(kind, StrEnum):
                found += [str(word) for word in kind]
        return tuple(found)


@cache
def keys(struct: type[Strict]) -> dict[str, Any]:
    """The keys of a mapping, in the order in which they are written, with the types of their values."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def placed(node: Node, kind: Any) -> Iterator[Placed]:
    """A node and all nodes in it, outer ones first, with what is allowed in their places. What stands in the place of
    something unknown is left out."""
    one = Placed(node, tuple(_alternatives(kind)))
    yield one
    if isinstance(node, Sequence):
        # A list stands for a single item too: what is allowed is what the list's items may be.
        for item in node.items:
            for inner in [get_args(k)[0] for k in one.kinds if get_origin(k) is list][:1]:
                yield from placed(item, inner)
    elif isinstance(node, Mapping):
        known = keys(one.struct) if one.struct else {}
        free = next((get_args(kind)[1] for kind in one.kinds if get_origin(kind) is dict), None)
        for pair in node.pairs:
            inner = known.get(pair.key.value, free)
            if inner is not None:
                yield from placed(pair.value, inner)


def _alternatives(kind: Any) -> Iterator[Any]:
    """The types that a type consists of; where a list may stand, its item may stand alone."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(kind):
            yield from _alternatives(part)
    elif origin is list:
        yield kind
        yield from _alternatives(get_args(kind)[0])
    elif kind is not types.NoneType:
        yield kind
