"""Plain text as Markdown that shows exactly that text."""

from __future__ import annotations

import re

from digest.content.document import CONTROL

_INSIDE = re.compile(r"([\\`*_\[\]<>{}|~&])")
_AT_START = re.compile(r"^(\s*)(?:([#>+=-])|(\d{1,9})([.)]))")
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer: their words are told apart by a blank without width."""
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)"  # the flags of England, Scotland and Wales
    f"|(?<![{_SPACELESS}])\u200b"
    "|[\xad\u180e\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that nobody sees: those that turn the direction of a text around, so that it looks like another, and those
that split words. What scripts and emoji need stays: joiners, and the marks U+200E, U+200F and U+061C."""
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


def visible(text: str) -> str:
    """The text without characters that nobody sees and no script needs (Unicode TR 36: they make words look like
    others)."""
    return text if text.isascii() else _UNSEEN.sub(lambda match: match[1] or "", text)


def one_line(text: str) -> str:
    """A title, a summary or a name: on one line, and nothing in it but what is seen."""
    return " ".join(visible(clean(text)).split())
