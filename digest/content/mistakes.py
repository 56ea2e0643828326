"""What is meant by values that are not as most files have them, and what is wrong with those that nobody can mean:
pydantic's errors in our words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

import msgspec
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from digest.content.findings import Findings, Path
from digest.content.models import model_of
from digest.content.schema import SettingsFile, Strict
from digest.content.suggest import among, meant
from digest.content.yaml_tree import Node, plain

S = TypeVar("S", bound=Strict)


def understood(findings: Findings, kind: type[S], node: Node, path: Path) -> S | None:
    """The node as a struct, as `Findings.validated` gives it; problems are noted in `findings`."""
    model = model_of(kind)
    try:
        return _struct(kind, model.model_validate(node))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=True, include_input=True)
    for details in wrong:
        _explain(findings, model, path, details)
    rest = plain(node)
    for _ in range(_ROUNDS):
        held = [_held(rest, _wrong(model, details)) for details in wrong]
        for at in held:
            if not at:
                return None
            _drop(rest, at)
        findings.dropped.update(path + at for at in held)
        try:
            return _struct(kind, model.model_validate(rest))
        except ValidationError as error:
            wrong = error.errors(include_url=False)
    return None


def _struct(kind: type[S], made: BaseModel) -> S:
    return msgspec.convert(made.model_dump(mode="json", by_alias=True, exclude_unset=True), kind)


def _explain(findings: Findings, model: type[BaseModel], path: Path, details: ErrorDetails) -> None:
    inner = _real(model, details["loc"])
    full = path + inner
    name = str(full[-1]) if full else "the value"
    kind = details["type"]
    if kind == "extra_forbidden":
        known = _fields(model, inner[:-1])
        findings.key_error("D201", f"unknown key “{name}”", full, meant(name, known) or f"keys here: {among(known)}")
    elif kind == "missing":
        hint = _DIGEST_NAME if model is model_of(SettingsFile) and full == ("title",) else _MISSING.get(name, "")
        findings.error("D202", f"“{name}” is missing", full[:-1], hint)
    elif details["input"] is None or kind == "string_too_short":
        findings.key_error("D202", f"“{_named(full)}” is empty", full, "give it a value or delete the line")
    elif kind in {"enum", "literal_error"}:
        allowed = _allowed(str(details.get("ctx", {}).get("expected", "")))
        value = str(details["input"])
        hint = "; ".join(filter(None, (meant(value, allowed), f"allowed: {among(allowed)}")))
        findings.error("D204", f"“{_named(full)}” cannot be “{value}”", full, hint)
    else:
        wanted = _WANTED.get(kind, "something else")
        findings.error("D203", f"“{_named(full)}” must be {wanted}, not {_shape(details['input'])}", full)


_ROUNDS = 6
"""How often something is left out: what holds a thing without which it is nothing goes in the next round."""
_DIGEST_NAME = "add a line such as title: the digest's name"
_WANTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "bool_type": "true or false",
    "union_tag_invalid": "text or keys with values",
}
_MISSING = {
    "date": "add a line such as date: 2025-07-01 or date: 2025-07-01T09:30+01:00",
    "title": "add a line such as title: What happened",
    "alt": "say what the picture shows, for readers who cannot see it",
    "by": "say who says it: the id of a source, or {name: …, kind: …}",
    "kind": "say what the source is: government, agency, outlet, person, …",
    "party": "name the party's id",
}


def _wrong(model: type[BaseModel], details: ErrorDetails) -> Path:
    """The path of the value that is wrong: where a part is missing, the whole."""
    inner = _real(model, details["loc"])
    return inner[:-1] if details["type"] == "missing" else inner


def _held(root: Any, path: Path) -> Path:
    """The path to the last key on a path, so that what it holds can be left out; () where there is no key."""
    node, held = root, 0
    for depth, part in enumerate(path):
        if isinstance(node, dict) and part in node:
            node, held = node[part], depth + 1
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
    return path[:held]


def _drop(root: Any, path: Path) -> None:
    """Leave out the last key of a path. A single value that stands for a list of one has no index."""
    node = root
    for part in path[:-1]:
        if isinstance(node, dict):
            node = node.get(part, node)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
    if isinstance(node, dict):
        node.pop(path[-1], None)


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else f"“{value}”"


def _named(path: Path) -> str:
    """The last key of a path: for an item of a list, the list's."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "the value")


def _allowed(expected: str) -> list[str]:
    """Pydantic words a choice as "'a', 'b' or 'c'"."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ",").split(",") if part.strip()]


def _real(model: type[BaseModel], loc: Sequence[str | int]) -> Path:
    """Pydantic's path without the tags of unions, which are no keys of the file."""
    path: list[str | int] = []
    for i, part in enumerate(loc):
        tag = part in {"id", "mapping"} and i > 0 and (loc[i - 1] == "by" or (i > 1 and loc[i - 2] == "sources"))
        if not tag or (part == "id" and part in _fields(model, tuple(path))):
            path.append(part)
    return tuple(path)


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The keys of the mapping at a path."""
    at: type[BaseModel] | None = model
    for part in path:
        if at is None:
            return []
        field = _field(at, part)
        if field is not None:
            at = next(_models(field), None)
    return [field.alias or name for name, field in at.model_fields.items()] if at else []


def _field(model: type[BaseModel], part: str | int) -> Any:
    return next((f.annotation for n, f in model.model_fields.items() if part in {n, f.alias}), None)


def _models(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
