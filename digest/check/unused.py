"""Entries of the registries that no article uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from digest.problems import Location, Problem, Severity

_SHOWN = 5


def unused(
    root: Path, path: str, code: str, what: str, entries: Iterable[str], used: Collection[str]
) -> Iterator[Problem]:
    """A warning that names the entries of a registry's file that are not among those used; `what` is their kind in the
    plural."""
    idle = [entry for entry in entries if entry not in used]
    if not idle:
        return
    named = ", ".join(idle[:_SHOWN]) + (f" and {len(idle) - _SHOWN:,} more" if len(idle) > _SHOWN else "")
    places = [_place(root, path, entry) for entry in idle[:_SHOWN]]
    hint = "keep them for articles to come, or delete them"
    message = f"no article uses these {what}: {named}"
    yield Problem(code, message, places[0], Severity.WARNING, hint, also=tuple(places[1:]))


def _place(root: Path, path: str, entry: str) -> Location:
    """The line of an entry in its file."""
    try:
        lines = (root / path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return Location(path)
    pattern = re.compile(rf"\s+[\"']?{re.escape(entry)}[\"']?\s*:")
    for number, line in enumerate(lines, 1):
        if pattern.match(line):
            return Location(path, number, len(line) - len(line.lstrip()) + 1)
    return Location(path)
