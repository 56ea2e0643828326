"""The schema's structs as pydantic's models, which take all that editors mean, find every mistake and make the JSON
Schema. They are made only when one is needed: most files are as their structs say."""

from __future__ import annotations

import ast
import inspect
import sys
import types
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema, create_model

from digest.content.article_schema import StatementEntry
from digest.content.schema import PublisherEntry, RelationEntry, Strict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


@cache
def model_of(kind: type[Strict]) -> type[BaseModel]:
    """The model with a struct's fields, which its docstrings describe."""
    words = _descriptions(kind)
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        given: dict[str, Any] = {"description": words.get(field.name)}
        if field.encode_name != field.name:
            given["alias"] = field.encode_name
        if field.default is not NODEFAULT:
            given["default"] = field.default
        elif field.default_factory is not NODEFAULT:
            given["default_factory"] = field.default_factory
        annotation = _FIGURE if (kind, field.name) == (StatementEntry, "value") else _type(field.type)
        fields[field.name] = (annotation, Field(**given))
    return create_model(kind.__name__, __base__=_Model, __doc__=kind.__doc__, **fields)


_FIGURE = Annotated[str | None, WithJsonSchema({"type": ["string", "number", "null"]})]


def _type(kind: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        least = next((part.min_length for part in args[1:] if isinstance(part, Meta)), None)
        return Annotated[args[0], Field(min_length=least)]
    if origin in _MADE_OF:
        return _MADE_OF[origin](args)
    if kind is bool:
        return Annotated[bool, BeforeValidator(_as_bool, json_schema_input_type=bool), Field(strict=True)]
    if not isinstance(kind, type) or not issubclass(kind, Strict):
        return kind
    if _is_optional(kind):
        return _mapping(model_of(kind))
    return model_of(kind)


def _is_optional(kind: Any) -> bool:
    """Whether it is a struct that may be empty."""
    if not isinstance(kind, type) or not issubclass(kind, Strict):
        return False
    return all(not field.required for field in msgspec.structs.fields(kind))


def _list(args: tuple[Any, ...]) -> Any:
    item: Any = _type(args[0])
    if args[0] is RelationEntry:
        return _lenient(types.GenericAlias(list, item), _as_relations, str | item | list[str | item] | None)
    return _lenient(types.GenericAlias(list, item), _as_list, item | list[item] | None)


def _union(args: tuple[Any, ...]) -> Any:
    lenient = next((arg for arg in args if arg is bool or get_origin(arg) in (list, dict) or _is_optional(arg)), None)
    if lenient is not None and _is_optional(lenient) and types.NoneType in args:
        return _type(lenient) | None
    if lenient is not None:  # its model takes all that the others stand for
        return _type(lenient)
    structs = [arg for arg in args if isinstance(arg, type) and issubclass(arg, Strict)]
    if structs and types.NoneType not in args:  # a word or a mapping
        word = next(_type(arg) for arg in args if arg not in structs)
        return Annotated[
            Annotated[word, Tag("id")] | Annotated[_type(structs[0]), Tag("mapping")], Discriminator(_by_shape)
        ]
    made: Any = Union[tuple(map(_type, args))]  # noqa: UP007 (made of parts)
    return _lenient(made, _as_publisher, str | made) if PublisherEntry in args else made


_MADE_OF: dict[Any, Callable[[tuple[Any, ...]], Any]] = {
    list: _list,
    dict: lambda args: _mapping(types.GenericAlias(dict, (str, _type(args[1])))),
    Union: _union,
    types.UnionType: _union,
}


def _lenient(kind: Any, before: Callable[[Any], Any], taken: Any) -> Any:
    return Annotated[kind, BeforeValidator(before, json_schema_input_type=taken)]


def _mapping(kind: Any) -> Any:
    return _lenient(kind, _as_mapping, kind | None)


def _as_list(value: Any) -> Any:
    """A single item counts as a list of one, nothing as a list of none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _as_relations(value: Any) -> Any:
    return [{"party": item} if isinstance(item, str) else item for item in _as_list(value)]


def _as_publisher(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _as_mapping(value: Any) -> Any:
    """Nothing counts as a mapping of nothing."""
    return {} if value is None else value


def _as_bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _by_shape(value: Any) -> str:
    return "id" if isinstance(value, str) else "mapping"


def _descriptions(kind: type) -> dict[str, str]:
    """What stands in the source below the fields of a struct and of those above it."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if issubclass(one, Strict) and one is not Strict:
            body = _classes(one.__module__)[one.__name__].body
            for field, words in pairwise(body):
                if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr):
                    found[ast.unparse(field.target)] = ast.literal_eval(words.value)
    return found


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
