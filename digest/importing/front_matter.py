"""Writing front matter: values that every YAML reader takes for the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from digest.starter.scalar import scalar

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

_DATES = frozenset({"date", "updated"})
"""Keys whose values are known to be dates, which the reader takes without quotes."""
_written = lru_cache(4096)(scalar)


def front_matter(entries: Mapping[str, Value]) -> str:
    """The text between (and with) the lines of `---`; entries without a value are left out."""
    return "\n".join(["---", *_mapping(entries, ""), "---", ""])


def _mapping(entries: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, value in entries.items():
        if not value:
            continue
        if isinstance(value, str):
            yield f"{indent}{key}: {value if key in _DATES else _written(value)}"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        elif all(isinstance(item, str) and len(item) <= 60 for item in value) and key not in {"review", "aliases"}:
            yield f"{indent}{key}: [{', '.join(_written(str(item), in_list=True) for item in value)}]"
        else:
            yield f"{indent}{key}:"
            yield from _list(value, indent + "  ")


def _list(items: Sequence[Value], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Mapping):
            first, *rest = _mapping(item, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {_written(str(item))}"
