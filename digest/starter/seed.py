"""The files of a new digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from digest.content.document import File
from digest.content.kinds import KINDS, modeline
from digest.content.settings import SETTINGS_FILE, parse_settings
from digest.problems import Problem
from digest.starter.scalar import scalar


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user of a new digest decides at once; an empty field leaves the starter's value as it is."""

    title: str = ""
    url: str = ""
    timezone: str = ""
    language: str = ""


def seed(choices: Choices) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a new digest by path, and what is wrong with the choices, at places in its digest.yaml."""
    from digest.content.json_schema import editor_files  # noqa: PLC0415 (loads what only a new digest needs)

    held = dict(_files(files(__package__) / "files")) | editor_files()
    for name, kind in KINDS.items():
        if kind.file:
            held[kind.file] = f"{modeline(name)}\n".encode() + held[kind.file]
    settings = held[SETTINGS_FILE].decode()
    for key in ("title", "url", "timezone", "language"):
        value = getattr(choices, key)
        if value:
            settings = _with_value(settings, key, value)
    _, problems = parse_settings(File(SETTINGS_FILE, settings))
    return held | {SETTINGS_FILE: settings.encode()}, problems


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        else:
            # Without its dot, so that git does not read it where the starter's files themselves are kept.
            name = f".{entry.name}" if entry.name.startswith("git") else entry.name
            yield path + name, entry.read_bytes()


def _with_value(text: str, key: str, value: str) -> str:
    """The YAML text with another value in the line of a key, which may stand there as a comment."""
    line = f"{key}: {scalar(value)}"
    return re.sub(rf"^(?:# )?{key}: .*$", lambda _: line, text, count=1, flags=re.MULTILINE)
