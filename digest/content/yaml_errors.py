"""What to say about text that is not YAML: our own words, the place, and the corrected line where quoting would do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs leave out what comes from C
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, StreamEndEvent

from digest.content.document import File
from digest.problems import Problem

_BLOCK_VALUE = re.compile(r"(\s*(?:- +)*[^\s:#\"'\[{][^:#]*?: +)(\S.*?)(\s*)")
_LIST_ITEM = re.compile(r"(\s*(?:- +)+)(\S.*?)(\s*)")
_FLOW_VALUE = re.compile(r"[\w-]+: +([^,\[\]{}\"'\s][^,\[\]{}\"']*)")
_ITEM = re.compile(r"([^,\[\]{}]*[^,\[\]{}\s])\s*(?=[,\]]|$)")
_NO_SPACE = re.compile(r"(\s*(?:- +)*[A-Za-z_][\w-]*):(?=[^\s/])")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_PEEK = 200
"""How many events are read to see whether a corrected line parses."""
_LONG = 1000
"""Longer lines are not corrected: nobody could read the hint, and the patterns' time grows with the square."""


def event_parser(text: str) -> Any:
    """libyaml's parser on a text: `get_event()` gives the next event or raises YAMLError."""
    return CParser(text)


def syntax_problem(file: File, begin: int, text: str, error: YAMLError) -> Problem:
    """The problem for what the YAML parser raised on `text`, which stands at `begin` in the file."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _unreadable(file, begin, text)
    index = min(error.problem_mark.index, len(text))
    context = error.context_mark.index if error.context_mark is not None else None
    if context is not None and not text[index:].strip():
        opened = text[context : context + 1]
        if opened and opened in "\"'[{":
            what = "quote" if opened in "\"'" else "bracket"
            hint = f"close the {what}, or quote the whole value"
            return Problem("D101", f"the {what} {opened} is never closed", file.at(begin + context), hint=hint)
    message, hint = _words(text, index, str(error.problem or ""))
    return Problem("D101", message, file.at(begin + index), hint=hint)


def quoted_line(text: str, index: int) -> str:
    """The line that holds the character, with its value, or the item of its list, in quotes; "" if there is none."""
    start, end = _line(text, index)
    line, column = text[start:end], index - start
    if len(line) <= _LONG and "[" in line[:column] and line[:column].rstrip()[-1] in "[,":
        item = _ITEM.match(line, column)
        return line[:column] + quote(item.group(1)) + line[item.end(1) :] if item else ""
    return next(_quotings(line, column), "")


def quote(value: str) -> str:
    """Text of one line as a quoted YAML scalar."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _words(text: str, index: int, problem: str) -> tuple[str, str]:
    start, end = _line(text, index)
    line = text[start:end]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        fixed = indent.replace("\t", "  ") + line.lstrip()
        return "a tab cannot indent YAML", f"use spaces:\n{fixed}"
    found = correction(text, index)
    corrected = found[2] if found else ""
    if problem.startswith("mapping values"):
        if corrected:
            return "a value that holds “: ” needs quotes", f"quote the value:\n{corrected}"
        return "a key is not expected here", "check the indent of this line and of the one above"
    spaced = _NO_SPACE.sub(r"\1: ", line[:_LONG], count=1)
    if not corrected and len(line) < _LONG and spaced != line and _reads(text, start, end, spaced, end):
        return "a space is missing after the colon", f"write:\n{spaced}"
    if problem.startswith("could not find expected ':'"):
        return "a key without a colon", "a key is followed by a colon and a space, as in “title: …”"
    reason = f"this is not valid YAML: {problem}" if problem else "this is not valid YAML"
    return reason, f"quote the value:\n{corrected}" if corrected else ""


def correction(text: str, index: int) -> tuple[int, int, str] | None:
    """The line at the place of a mistake, or the one before it, with its value in quotes, if the text then reads past
    the place: where that line begins and ends, and the new one."""
    start, end = _line(text, index)
    above = _line(text, start - 1) if start else (0, 0)
    for first, last in ((start, end), above):
        for candidate in _quotings(text[first:last], index - first):
            if _reads(text, first, last, candidate, end):
                return first, last, candidate
    return None


def _quotings(line: str, column: int) -> Iterator[str]:
    if len(line) > _LONG:
        return
    pieces = [m for m in _FLOW_VALUE.finditer(line) if m.start() <= column <= m.end()]
    if "{" in line:
        for piece in pieces:
            value = piece.group(1).rstrip()
            yield line[: piece.start(1)] + quote(value) + line[piece.start(1) + len(value) :]
    for pattern in (_BLOCK_VALUE, _LIST_ITEM):
        match = pattern.fullmatch(line)
        if match:
            value = match.group(2)
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                yield match.group(1) + quote(value[1:-1])
            yield match.group(1) + quote(value)


def _reads(text: str, start: int, end: int, line: str, beyond: int) -> bool:
    """Whether the parser gets beyond a place when the text from start to end is replaced by a line."""
    passed = beyond + len(line) - (end - start)
    depth = 0
    try:
        parser = event_parser(text[:start] + line + text[end:])
        seen_past = 0
        while seen_past < _PEEK and depth <= _PEEK:
            event = parser.get_event()
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            seen_past += event.start_mark.index > passed
            if isinstance(event, StreamEndEvent):
                return True
    except MarkedYAMLError as error:
        return error.problem_mark is not None and error.problem_mark.index > passed + 1
    except YAMLError:
        return False
    return depth <= _PEEK


def _unreadable(file: File, begin: int, text: str) -> Problem:
    wrong = _UNREADABLE.search(text)
    if not wrong:
        return Problem("D101", "this is not valid YAML", file.at(begin))
    message = f"the character U+{ord(wrong.group()):04X} cannot stand in YAML"
    return Problem("D107", message, file.at(begin + wrong.start()), hint="delete it")


def _line(text: str, index: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, max(index, 0)) + 1
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end
