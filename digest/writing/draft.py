"""A file that is being changed: edits at places of its text, all other bytes as they were."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from digest.content.document import File, decode, front_matter
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map
from digest.problems import Problem
from digest.writing.nodes import Mapping, nodes

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Edit:
    """A text in the place of what stands from `start` to `end` (counted as in `File.text`)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file with its YAML, which stands from `begin` to `end`: as data, and as nodes (None where it says nothing)."""

    file: File
    data: bytes
    begin: int
    end: int
    tree: Map
    root: Mapping | None

    @property
    def text(self) -> str:
        """The file's text, with line feeds only."""
        return self.file.text


def opened(path: str, data: bytes) -> tuple[Draft | None, list[Problem]]:
    """The file with its YAML: all of it, or the front matter of a Markdown file. None, with the problems, where that
    cannot be read without doubt."""
    file, problems = decode(path, data)
    if file is None:
        return None, problems
    begin, end = 0, len(file.text)
    if PurePosixPath(path).suffix == ".md":
        parts, problems = front_matter(file)
        if parts is None:
            return None, problems
        begin, end = parts.begin, parts.end
    tree, problems = parse_yaml(file, begin, end)
    if tree is None or problems:
        return None, problems
    return Draft(file, data, begin, end, tree, nodes(file, begin, end)), []


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with edits that do not overlap. Line ends and a byte order mark stay as they are; new lines
    end as the file's first one does."""
    raw = data.decode("utf-8")
    base = len(_BOM) if raw.startswith(_BOM) else 0
    two = [match.start() - base - i for i, match in enumerate(re.finditer("\r\n", raw))]
    first = _LINE_END.search(raw)
    newline = first.group() if first else "\n"
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start, end = (base + index + bisect_left(two, index) for index in (edit.start, edit.end))
        pieces += [raw[done:start], edit.text.replace("\n", newline)]
        done = end
    return "".join([*pieces, raw[done:]]).encode()
