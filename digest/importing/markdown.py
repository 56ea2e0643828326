"""Plain text as Markdown that shows exactly that text."""

from __future__ import annotations

import re

from digest.content.document import CONTROL

_INSIDE = re.compile(r"([\\`*_\[\]<>{}|~&])")
_AT_START = re.compile(r"^(\s*)(?:([#>+=-])|(\d{1,9})([.)]))")
_SCHEME = re.compile(r"\b(javascript|data|vbscript):", re.IGNORECASE)


def escaped(text: str) -> str:
    """The text with a backslash before every sign that Markdown would take for its own."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    line = _INSIDE.sub(r"\\\1", line)
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", line)


def clean(text: str) -> str:
    """The text without what no article may hold: control characters, lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return CONTROL.sub(" ", text)
