"""Problems: what is wrong with the content or the output, where, and what to do about it (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from digest.frozen import Frozen


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning only under --strict."""

    ERROR = "error"
    WARNING = "warning"


class Location(Frozen, frozen=True, order=True):
    """A place in a file: path relative to the digest's root with forward slashes; line and column count from 1.

    Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


NOWHERE = Location("")


class Problem(Frozen, frozen=True):
    """One problem; `code` is stable (docs/problems.md), `text` is the offending line, `also` are other places meant."""

    code: str
    message: str
    at: Location
    severity: Severity = Severity.ERROR
    hint: str = ""
    text: str = ""
    also: tuple[Location, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The problem as JSON-ready data."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "path": self.at.path,
            "line": self.at.line,
            "column": self.at.column,
            "text": self.text,
            "hint": self.hint,
            "also": [{"path": a.path, "line": a.line, "column": a.column} for a in self.also],
        }


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without repeats, sorted by place, then code and message, so that every run reports them alike."""
    return sorted(set(problems), key=lambda p: (p.at, p.code, p.message))


def show(problem: Problem, width: int = 100) -> str:
    """The problem as lines for a terminal: place, message, the offending line with a caret, hint.

    Long lines are cut to `width` characters around the caret.
    """
    head = f"{problem.at}: {problem.severity} {problem.code}: {problem.message}"
    lines = [head]
    if problem.text and problem.at.line:
        lines += _with_caret(problem.text, problem.at.column, width)
    lines += [f"  see also {place}" for place in problem.also]
    if problem.hint:
        lines += [f"  hint: {part}" if i == 0 else f"        {part}" for i, part in enumerate(problem.hint.split("\n"))]
    return "\n".join(lines)


def _with_caret(text: str, column: int, width: int) -> list[str]:
    shown = "".join(c if c.isprintable() else " " for c in text.rstrip("\r\n"))
    start = max(0, column - 1 - width // 2) if len(shown) > width else 0
    cut = shown[start : start + width]
    if not column:
        return [f"  | {cut}"]
    return [f"  | {cut}", "  | " + " " * max(0, column - 1 - start) + "^"]
