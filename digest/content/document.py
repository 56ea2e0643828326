"""From the bytes of a file to its text, and from an article's text to front matter and body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from digest.frozen import Frozen
from digest.problems import Location, Problem

MAX_FILE = 10 * 1024 * 1024
MAX_FRONT_MATTER = 1024 * 1024

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that neither YAML nor XML can carry, so that no feed could hold them."""

_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n---[ \t]*(?:\n|\Z)")


class File(Frozen, frozen=True):
    """A text file of the digest: `path` relative to the root, `text` with line feeds only and no byte order mark."""

    path: str
    text: str

    def at(self, index: int) -> Location:
        """The line and column of a character, both counted from 1."""
        index = min(index, len(self.text))
        return Location(self.path, self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index))

    def index(self, at: Location) -> int:
        """The character at a line and column; the end of the text where it has no such line."""
        start = 0
        for _ in range(at.line - 1):
            start = self.text.find("\n", start) + 1 or len(self.text)
        return min(start + max(at.column - 1, 0), len(self.text))


class Parts(Frozen, frozen=True):
    """Where an article's parts lie in its text: front matter from `begin` to `end`, the body from `body`."""

    begin: int
    end: int
    body: int


def decode(path: str, data: bytes) -> tuple[File | None, list[Problem]]:
    """The text of a file; a byte order mark and CR line ends are read, everything that is not text is a problem."""
    if len(data) > MAX_FILE:
        return None, [too_big(path, len(data))]
    raw = data.removeprefix(_BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, raw, error)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    file = File(path, text)
    if not text or text.isspace():
        return None, [Problem("D112", "the file is empty", Location(path))]
    if len(raw.translate(None, _CONTROL_BYTES)) != len(raw) or b"\xef\xbf" in raw:
        wrong = CONTROL.search(text)
        if wrong:
            return None, [_control(file, wrong.start())]
    return file, []


def too_big(path: str, size: int) -> Problem:
    """The problem of a file over 10 MiB."""
    message = f"the file has {size:,} bytes; the most that is read is {MAX_FILE:,} (10 MiB)"
    return Problem("D116", message, Location(path), hint="split it, or move data and pictures into files of their own")


def front_matter(file: File) -> tuple[Parts | None, list[Problem]]:
    """The parts of an article: the text between its first line `---` and the next such line, and what follows."""
    text = file.text
    opening = _OPENING.match(text)
    if not opening:
        start = "the first line must be ---, then title: and date:, then --- again, then the text"
        hint = "digest reads YAML between lines of ---, not TOML between +++" if text.startswith("+++") else start
        return None, [Problem("D113", "the file has no front matter", Location(file.path, 1, 1), hint=hint)]
    begin = opening.end()
    closing = _CLOSING.search(text, begin - 1)
    if not closing:
        return None, [_unclosed(file, begin)]
    end = closing.start() + 1
    if end - begin > MAX_FRONT_MATTER or len(text[begin:end].encode()) > MAX_FRONT_MATTER:
        message = f"the front matter is over {MAX_FRONT_MATTER:,} bytes (1 MiB)"
        return None, [Problem("D115", message, file.at(begin), hint="move long text below the second line of ---")]
    return Parts(begin, end, closing.end()), []


def with_lines(problems: Iterable[Problem], text_of: Callable[[str], str | None]) -> list[Problem]:
    """The problems with the offending line of each, taken from `text_of(path)` (None where there is no such text)."""
    lines: dict[str, list[str]] = {}
    quoted = []
    for problem in problems:
        path = problem.at.path
        if problem.text or not problem.at.line:
            quoted.append(problem)
            continue
        if path not in lines:
            lines[path] = (text_of(path) or "").split("\n")
        found = lines[path][problem.at.line - 1 : problem.at.line]
        quoted.append(replace(problem, text=found[0]) if found else problem)
    return quoted


def readable(data: bytes) -> str:
    """Text to quote lines from, whatever the bytes are."""
    return data[:MAX_FILE].removeprefix(_BOM).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    before = raw[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    at = File(path, before).at(len(before))
    message = f"byte 0x{raw[error.start]:02X} at offset {error.start} is not UTF-8"
    utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    hint = "the file is UTF-16: save it as UTF-8" if utf16 else "save the file as UTF-8"
    return Problem("D110", message, at, hint=hint)


def _control(file: File, index: int) -> Problem:
    if file.text[index] == "\0":
        return Problem("D111", "the file holds a NUL byte", file.at(index), hint="delete it, or save the file as UTF-8")
    message = f"the control character U+{ord(file.text[index]):04X} cannot stand in a page or a feed"
    return Problem("D107", message, file.at(index), hint="delete it")


def _unclosed(file: File, begin: int) -> Problem:
    blank = file.text.find("\n\n", begin)
    line = file.at(blank + 1).line if blank >= 0 else file.at(len(file.text)).line + 1
    hint = f"close it with a line of ---, perhaps at line {line}"
    return Problem("D114", "the front matter is not closed", Location(file.path, 1, 1), hint=hint)
