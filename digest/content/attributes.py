"""Attributes after words: `[words]{claim=ID}` is the only one that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.content.code import outside_code
from digest.content.document import File
from digest.content.suggest import meant
from digest.problems import Problem

_AFTER_WORDS = re.compile(r"(?<!\\)\](\((?:[^()\n]|\([^()\n]*\))*\))?\{([^{}\n]*)\}")
_ATTRIBUTE = re.compile(r"(?<!\S)(?:([\w:-]+)=(\"[^\"]*\"|'[^']*'|[^\s\"']+)|[.#][\w:-]+)")
_LONGEST = 1000
"""Longer links are not written out in hints: nobody could read them."""


def unknown_attributes(file: File, begin: int) -> list[Problem]:
    """A problem for each attribute but `claim` after bracketed words, and for each one after a link."""
    if "]{" not in file.text and "){" not in file.text:
        return []
    found = list(_found(file.text, begin))
    return [
        Problem("D414", message, file.at(index), hint=hint)
        for (message, hint), index in outside_code(found, file.text, begin)
    ]


def _found(text: str, begin: int) -> Iterator[tuple[tuple[str, str], int]]:
    for words in _AFTER_WORDS.finditer(text, begin):
        for attribute in _ATTRIBUTE.finditer(words.group(2)):
            written, name = attribute.group(), attribute.group(1) or ""
            at = words.start(2) + attribute.start()
            if name == "claim" and not words.group(1):
                continue
            opening = _opening(text, begin, words.start())
            if opening is None:
                break
            if name == "claim":
                hint = f"write [{text[opening : words.end(1)]}]{{{written}}}"
                yield (f"“{written}” cannot stand after a link", hint), at
            else:
                near = meant(name, ["claim"]) and f"did you mean claim={attribute.group(2)}?"
                yield (f"“{written}” means nothing here", near or "delete it: only claim= is read"), at


def _opening(text: str, begin: int, closing: int) -> int | None:
    """The index of the bracket that a closing one closes in its paragraph; None where there is none near."""
    depth = 0
    for index in range(closing, max(begin, closing - _LONGEST) - 1, -1):
        if text[index] == "\n" and text[index - 1 : index] == "\n":
            return None
        depth += (text[index] == "]") - (text[index] == "[")
        if depth == 0:
            return index
    return None
