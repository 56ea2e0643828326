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
    if found := _YAML.match(text):
        return mapping_of(found["inside"] or "", "yaml", before=1), text[found.end() :]
    if found := _TOML.match(text):
        return mapping_of(found["inside"] or "", "toml"), text[found.end() :]
    if text.startswith("{") and generator == "hugo":
        try:
            data, end = json.JSONDecoder().raw_decode(text)
            return _fields(data), text[end:]
        except (ValueError, RecursionError) as error:
            raise FrontMatterError(_short(error)) from error
    if (opened := _OPENED.match(text)) and _begins_front_matter(generator, text[opened.end() :]):
        why = f"it begins with {opened[1]}, and no other line of {opened[1]} ends it"
        raise FrontMatterError(why, 1, 1, opened[1])
    return _metadata(text) if generator == "pelican" else ({}, text)


def mapping_of(text: str, form: str, *, before: int = 0) -> dict[str, Any]:
    """The keys, in small letters, and values of some YAML or TOML. Raises FrontMatterError; its line counts from that
    many lines `before` the text."""
    if len(text) > _MOST:
        raise FrontMatterError(f"it has {len(text):,} characters; the most that is read is {_MOST:,}")
    try:
        return _fields(tomllib.loads(text) if form == "toml" else _yaml(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is None:
            raise FrontMatterError(str(error.problem)) from error
        line = (text.split("\n")[mark.line : mark.line + 1] or [""])[0]
        raise FrontMatterError(str(error.problem), mark.line + 1 + before, mark.column + 1, line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(_short(error)) from error


def _yaml(text: str) -> Any:
    if "*" in text and any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, yaml.CBaseLoader)):
        raise ValueError("it repeats a part of itself (&, *), which may never end")
    # Every value as the text that was written: no dates, no booleans, no surprises.
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - only texts


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _begins_front_matter(generator: str, rest: str) -> bool:
    """Whether such a first line is no mere rule across the page: for Hugo and Jekyll it never is."""
    return generator != "pelican" or bool(_META.match(rest))


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
