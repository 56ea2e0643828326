"""What pydantic's models accept in most files, checked in a fraction of the time: by structs with the same fields.

A shape takes no value that its model would change or refuse: single items for lists, empty lists, unknown keys and all
that is wrong are left to the model, which also knows what to say.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec
from annotated_types import MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from digest.content.yaml_tree import Map, Node, trimmed

M = TypeVar("M", bound=BaseModel)


def shaped(model: type[M], node: Node) -> M | None:
    """The node as a value with the model's fields; None where only the model can tell."""
    tree = node if isinstance(node, Map) and node.certain else trimmed(node)
    try:
        return cast("M", msgspec.convert(tree, _shape(model)))
    except msgspec.ValidationError:
        return None


@cache
def _shape(model: type[BaseModel]) -> type[msgspec.Struct]:
    fields = [_field(name, field) for name, field in model.model_fields.items()]
    names = {name: field.alias for name, field in model.model_fields.items() if field.alias}
    return msgspec.defstruct(
        model.__name__, fields, frozen=True, forbid_unknown_fields=True, kw_only=True, rename=names or None
    )


def _field(name: str, field: FieldInfo) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = _type(field.annotation, field.metadata)
    if field.is_required():
        return name, kind
    if field.default_factory is not None:
        return name, kind, msgspec.field(default_factory=field.default_factory)  # type: ignore[arg-type] # takes nothing
    return name, kind, field.default


def _type(kind: Any, metadata: Sequence[Any] = ()) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _type(args[0], args[1:])
    if origin in _MADE_OF:
        return _MADE_OF[origin](args)
    if kind is str and _filled(metadata):
        return Annotated[str, msgspec.Meta(min_length=1)]
    if kind in (str, None, types.NoneType) or origin is Literal:
        return kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _shape(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else None  # None where no text can be of the type


_MADE_OF: dict[Any, Callable[[tuple[Any, ...]], Any]] = {
    list: lambda args: list[_type(args[0])],  # type: ignore[misc] # a type made of parts
    dict: lambda args: dict[str, _type(args[1])],  # type: ignore[misc] # likewise
    Union: lambda args: Union[tuple(map(_type, args))],  # noqa: UP007 (likewise)
    types.UnionType: lambda args: Union[tuple(map(_type, args))],  # noqa: UP007 (likewise)
}


def _filled(metadata: Sequence[Any]) -> bool:
    parts = [part for entry in metadata for part in (entry.metadata if isinstance(entry, FieldInfo) else [entry])]
    return any(isinstance(part, MinLen) for part in parts)
