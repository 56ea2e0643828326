"""Collecting what is wrong with one file: problems at places in its YAML tree, and pydantic's errors in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from digest.content.dates import Moment, NotADate
from digest.content.document import File
from digest.content.schema import SettingsFile
from digest.content.shapes import shaped
from digest.content.suggest import among, meant
from digest.content.yaml_tree import Map, Node, Seq, plain
from digest.problems import Location, Problem, Severity

Path: TypeAlias = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class Findings:
    """The problems of one file, gathered while it is read."""

    def __init__(self, file: File, root: Map) -> None:
        self.file = file
        self.root = root
        self.problems: list[Problem] = []
        self.moments: list[tuple[Path, Moment]] = []
        """The times of day that were read so far, with their paths."""
        self.dates: dict[str, Moment | NotADate] = {}
        """What the texts of dates mean that were read so far: files name the same day many times."""
        self.dropped: set[Path] = set()
        """The paths of what did not fit and was left out, so that nothing follows from its absence."""

    def place(self, path: Path = (), *, key: bool = False) -> Location:
        """The place of the value at a path of keys and indices, or of its key; of the nearest part that exists."""
        return self.file.at(_index(self.root, path, key=key))

    def error(self, code: str, message: str, path: Path = (), hint: str = "", also: Iterable[Location] = ()) -> None:
        """Note an error at the value of that path."""
        if not self._follows(code, path):
            self.problems.append(Problem(code, message, self.place(path), hint=hint, also=tuple(also)))

    def key_error(self, code: str, message: str, path: Path, hint: str = "") -> None:
        """Note an error at the key of that path."""
        if not self._follows(code, path):
            self.problems.append(Problem(code, message, self.place(path, key=True), hint=hint))

    def warning(self, code: str, message: str, path: Path, hint: str = "") -> None:
        """Note a warning at the value of that path."""
        if not self._follows(code, path):
            self.problems.append(Problem(code, message, self.place(path), Severity.WARNING, hint))

    def _follows(self, code: str, path: Path) -> bool:
        """Whether a problem only says that something is absent where something was left out."""
        return code in _OF_ABSENCE and any(gone[:-1] == path[:-1] for gone in self.dropped)

    def validated(self, model: type[M], node: Node, path: Path = ()) -> M | None:
        """The node as a model, with a problem for each thing that does not fit. Such things are left out, so that all
        else can be checked as well (`dropped` says which); None where the model cannot be without them."""
        found = shaped(model, node)
        if found is not None:
            return found
        try:
            return model.model_validate(node)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=True, include_input=True)
        for details in wrong:
            self._explain(model, path, details)
        rest = plain(node)
        for _ in range(_ROUNDS):
            held = [_held(rest, _wrong(model, details)) for details in wrong]
            for at in held:
                if not at:
                    return None
                _drop(rest, at)
            self.dropped.update(path + at for at in held)
            try:
                return model.model_validate(rest)
            except ValidationError as error:
                wrong = error.errors(include_url=False)
        return None

    def _explain(self, model: type[BaseModel], path: Path, details: ErrorDetails) -> None:
        inner = _real(model, details["loc"])
        full = path + inner
        name = str(full[-1]) if full else "the value"
        kind = details["type"]
        if kind == "extra_forbidden":
            known = _fields(model, inner[:-1])
            self.key_error("D201", f"unknown key “{name}”", full, meant(name, known) or f"keys here: {among(known)}")
        elif kind == "missing":
            hint = _DIGEST_NAME if model is SettingsFile and full == ("title",) else _MISSING.get(name, "")
            self.error("D202", f"“{name}” is missing", full[:-1], hint)
        elif details["input"] is None or kind == "string_too_short":
            self.key_error("D202", f"“{_named(full)}” is empty", full, "give it a value or delete the line")
        elif kind in {"enum", "literal_error"}:
            allowed = _allowed(str(details.get("ctx", {}).get("expected", "")))
            value = str(details["input"])
            hint = "; ".join(filter(None, (meant(value, allowed), f"allowed: {among(allowed)}")))
            self.error("D204", f"“{_named(full)}” cannot be “{value}”", full, hint)
        else:
            wanted = _WANTED.get(kind, "something else")
            self.error("D203", f"“{_named(full)}” must be {wanted}, not {_shape(details['input'])}", full)


_OF_ABSENCE = frozenset({"D213", "D304", "D403", "D408", "D409"})
"""Problems that say, or may say, that something is not there."""
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


def _index(root: Map, path: Path, *, key: bool) -> int:
    node: Node = root
    index = root.start
    for depth, part in enumerate(path):
        if isinstance(node, Map) and part in node.key_at:
            name = str(part)
            at_key = key and depth == len(path) - 1
            index = node.key_at[name] if at_key else node.value_at.get(name, node.key_at[name])
            node = node.get(name)
        elif isinstance(node, Seq) and isinstance(part, int) and part < len(node):
            index = node.item_at[part]
            node = node[part]
    return index
