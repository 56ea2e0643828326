"""Adding a source to the registry."""

from __future__ import annotations

from collections.abc import Mapping as Data

from digest.content.articles import has_errors
from digest.content.document import File, with_lines
from digest.content.kinds import modeline
from digest.content.registry import SOURCES_FILE, parse_registry
from digest.content.yaml_tree import plain
from digest.model import Settings
from digest.problems import Location, Problem
from digest.writing.draft import Edit, edited, opened
from digest.writing.insert import Value, entry, in_flow

_SOURCES = "sources"


def with_source(
    data: bytes | None, id_: str, source: Data[str, Value], settings: Settings
) -> tuple[bytes, list[Problem]]:
    """The bytes of content/sources.yaml (None where there is no such file) with one more source, all else as it was.

    Where that cannot be done, or the file would have errors, the problems tell why and the bytes are b"".
    """
    if data is None or not data.strip():
        made = f"{modeline(_SOURCES)}\n{_SOURCES}:\n  {in_flow({id_: source})[1:-1]}\n".encode()
        return _checked(made, {_SOURCES: {id_: dict(source)}}, settings)
    draft, problems = opened(SOURCES_FILE, data)
    if draft is None:
        return b"", problems
    expected = plain(draft.tree)
    held = expected.get(_SOURCES) or {}
    if id_ in held:
        at = draft.file.at(draft.tree[_SOURCES].key_at[id_])
        problem = Problem("D102", f"the source “{id_}” stands in the registry already", at)
        return b"", with_lines([problem], lambda _: draft.text)
    names = parse_registry(File(SOURCES_FILE, draft.text), settings)[0].sources
    for word in _names(source):
        other = names.written(word)  # both would count as independent
        if other is not None:
            at = draft.file.at(draft.tree[_SOURCES].key_at[other])
            hint = f"if it is the same one, use {other}; if not, give it a name that readers can tell from that one"
            problem = Problem("D303", f"“{word}” names the source {other} already", at, hint=hint)
            return b"", with_lines([problem], lambda _: draft.text)
    expected[_SOURCES] = {**held, id_: dict(source)}
    if draft.root is None:
        newline = "" if draft.text.endswith("\n") else "\n"
        line = f"{newline}{_SOURCES}:\n  {in_flow({id_: source})[1:-1]}\n"
        edits = [Edit(draft.end, draft.end, line)]
    else:
        edits = entry(draft.text, draft.root, draft.root.get(_SOURCES), _SOURCES, id_, source)
    return _checked(edited(data, edits), expected, settings)


def _names(source: Data[str, Value]) -> list[str]:
    """What a source is called."""
    aliases = source.get("aliases", [])
    return [word for word in (source["name"], *aliases) if isinstance(word, str)]


def _checked(made: bytes, expected: object, settings: Settings) -> tuple[bytes, list[Problem]]:
    after, problems = opened(SOURCES_FILE, made)
    if after is None:
        return b"", problems
    _, problems = parse_registry(File(SOURCES_FILE, after.text), settings)
    if has_errors(problems):
        return b"", with_lines(problems, lambda _: after.text)
    if plain(after.tree) != expected:
        hint = "add the source by hand"
        return b"", [
            Problem(
                "D203",
                "the sources are not written in a way that one can be added to",
                Location(SOURCES_FILE),
                hint=hint,
            )
        ]
    return made, []
