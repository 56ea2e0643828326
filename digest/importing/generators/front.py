"""Front matter of other generators' posts: YAML, TOML, JSON, and Pelican's lines of "Key: value"."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

_MOST = 256 * 1024
_YAML = re.compile(r"---[ \t]*\n(?:(?P<inside>.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:(?P<inside>.*?)\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_OPENED = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
_META = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*(.*)")


class FrontMatterError(Exception):
    """Front matter that cannot be read: why, and the line and column in its file (0 where nobody knows)."""

    def __init__(self, why: str, line: int = 0, column: int = 0, text: str = "") -> None:
        super().__init__(why)
        self.line, self.column, self.text = line, column, text


def parts_of(generator: str, text: str) -> tuple[dict[str, Any], str]:
    """The keys of a post, in small letters, with their values, and the text after them. Raises FrontMatterError."""
    try:
        return _parts(generator, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        # The first line is the dashes, and a mark counts from 0.
        place = (mark.line + 2, mark.column + 1) if mark else (0, 0)
        raise FrontMatterError(str(error.problem), *place, _line(text, place[0])) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(" ".join(str(error).split())[:200]) from error


def _line(text: str, number: int) -> str:
    return (text.split("\n")[number - 1 : number] or [""])[0] if number else ""


def _parts(generator: str, text: str) -> tuple[dict[str, Any], str]:
    if found := _YAML.match(text):
        inside = _bounded(found["inside"])
        if "*" in inside and any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(inside, yaml.CBaseLoader)):
            raise ValueError("it repeats a part of itself (&, *), which may never end")
        # Every value as the text that was written: no dates, no booleans, no surprises.
        return _fields(yaml.load(inside, Loader=yaml.CBaseLoader)), text[found.end() :]  # noqa: S506 - only texts
    if found := _TOML.match(text):
        return _fields(tomllib.loads(_bounded(found["inside"]))), text[found.end() :]
    if text.startswith("{") and generator == "hugo":
        data, end = json.JSONDecoder().raw_decode(text)
        return _fields(data), text[end:]
    if (opened := _OPENED.match(text)) and _begins_front_matter(generator, text[opened.end() :]):
        why = f"it begins with {opened[1]}, and no other line of {opened[1]} ends it"
        raise FrontMatterError(why, 1, 1, opened[1])
    if generator == "pelican":
        return _metadata(text)
    return {}, text


def _begins_front_matter(generator: str, rest: str) -> bool:
    """Whether such a first line is no mere rule across the page: for Hugo and Jekyll it never is."""
    return generator != "pelican" or bool(_META.match(rest))


def _bounded(inside: str | None) -> str:
    if len(inside or "") > _MOST:
        raise ValueError(f"it has {len(inside or ''):,} characters; the most that is read is {_MOST:,}")
    return inside or ""


def _fields(data: Any) -> dict[str, Any]:
    if data is None or data == "":
        return {}
    if not isinstance(data, dict):
        raise ValueError("it is no mapping of keys to values")  # noqa: TRY004 - about data, not about code
    fields: dict[str, Any] = {}
    for key, value in data.items():
        low = str(key).casefold()
        if low in {"taxonomies", "params"} and isinstance(value, dict):
            fields |= {str(k).casefold(): v for k, v in value.items()}
        else:
            fields[low] = ("true" if value else "false") if isinstance(value, bool) else value
    return {key: value if isinstance(value, list | dict) else str(value) for key, value in fields.items()}


def _metadata(text: str) -> tuple[dict[str, Any], str]:
    """Pelican's lines of "Key: value" before the first empty one."""
    fields: dict[str, Any] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = _META.fullmatch(line)
        if not found:
            return fields, "\n".join(lines[number:])
        fields[found[1].casefold()] = found[2].strip()
    return fields, ""
