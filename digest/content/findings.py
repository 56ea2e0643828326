"""Collecting what is wrong with one file: problems at places in its YAML tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

import msgspec

from digest.content.dates import Moment, NotADate
from digest.content.document import File
from digest.content.schema import Strict
from digest.content.yaml_tree import Map, Node, Seq, trimmed
from digest.problems import Location, Problem, Severity

Path: TypeAlias = tuple[str | int, ...]
S = TypeVar("S", bound=Strict)


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

    def validated(self, kind: type[S], node: Node, path: Path = ()) -> S | None:
        """The node as a struct, with a problem for each thing that does not fit. Such things are left out, so that all
        else can be checked as well (`dropped` says which); None where the struct cannot be without them."""
        tree = node if isinstance(node, Map) and node.certain else trimmed(node)
        try:
            return msgspec.convert(tree, kind)
        except msgspec.ValidationError:
            from digest.content.mistakes import understood  # noqa: PLC0415 (it takes longer to load than most builds)

            return understood(self, kind, node, path)


_OF_ABSENCE = frozenset({"D213", "D304", "D403", "D408", "D409"})
"""Problems that say, or may say, that something is not there."""


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
