"""A bound on brackets: the Markdown parser's time grows with the square of those that are open."""

from __future__ import annotations

import re

from digest.content.document import File
from digest.problems import Problem

MOST = 20_000
DEEPEST = 200

_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*(?=\n)")
_HINT = "put a backslash before brackets that belong to the text, or split the article"


def too_many_brackets(file: File, begin: int) -> Problem | None:
    """The problem of a text, from `begin`, with over 20,000 brackets, or with over 200 open ones in one paragraph."""
    count = file.text.count("[", begin)
    if count > MOST:
        message = f"the text has {count:,} opening brackets; the most that is read is {MOST:,}"
        return Problem("D118", message, file.at(file.text.index("[", begin)), hint=_HINT)
    depth = 0
    for sign in _BRACKET.finditer(file.text, begin) if count > DEEPEST else ():
        if sign.group() == "[":
            depth += 1
            if depth > DEEPEST:
                return Problem("D118", f"over {DEEPEST} brackets are open here", file.at(sign.start()), hint=_HINT)
        elif sign.group() == "]":
            depth = max(depth - 1, 0)
        elif sign.group()[0] == "\n":
            depth = 0
    return None
