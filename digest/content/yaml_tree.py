"""What a YAML text is read into: text, None for an empty value, and dicts and lists that know their places.

Places are indices into the file's text.
"""

from __future__ import annotations

from typing import Any, TypeAlias


class Map(dict[str, Any]):
    """A mapping; `start` is its place, `key_at` and `value_at` the places of its keys and values. `certain` if no text
    in it begins or ends with space."""

    __slots__ = ("certain", "key_at", "start", "value_at")

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start
        self.certain = False
        self.key_at: dict[str, int] = {}
        self.value_at: dict[str, int] = {}


class Seq(list[Any]):
    """A list; `start` is its place, `item_at` the places of its items."""

    __slots__ = ("item_at", "start")

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start
        self.item_at: list[int] = []


Node: TypeAlias = Map | Seq | str | None


def plain(node: Node) -> Any:
    """The same data in ordinary dicts and lists."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    return node


def trimmed(node: Node) -> Any:
    """The same data in ordinary dicts and lists, texts without space at their ends."""
    if isinstance(node, str):
        return node.strip()
    if isinstance(node, Map):
        return {key: trimmed(value) for key, value in node.items()}
    return [trimmed(item) for item in node] if isinstance(node, Seq) else node
