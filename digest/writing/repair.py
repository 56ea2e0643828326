"""Repairing what can be repaired for certain in one file: `digest check --fix`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.content.context import Context
from digest.problems import Location, Problem
from digest.writing.draft import Draft, Edit, edited, opened
from digest.writing.nodes import Mapping, Node, inside
from digest.writing.proofs import Found, proven
from digest.writing.reread import kind_of, problems_of
from digest.writing.unquoted import with_quotes

OF_ALL = frozenset({"D402", "D406"})
"""Problems that only all articles together show."""

_HIDING = frozenset({"D201", "D205"})
"""Problems that may leave a file without a key that it needs, and so the rest of it unchecked."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A mistake that was repaired: where it stood, its code, and what stood there and stands there now."""

    at: Location
    code: str
    was: str
    now: str

    def as_dict(self) -> dict[str, object]:
        """The repair as JSON-ready data."""
        return {"path": self.at.path, "line": self.at.line, "column": self.at.column, "code": self.code,
                "was": self.was, "now": self.now}  # fmt: skip


def repaired(
    path: str, data: bytes, problems: Iterable[Problem], context: Context, claims: tuple[str, ...]
) -> tuple[bytes, list[Repair]]:
    """The bytes of a file without the mistakes that could be repaired, and what was done.

    `problems` are those of the file that were found by comparing it with others, `claims` the ids of all claims. A
    repair is certain if only one thing can have been meant, its problem is gone afterwards, and no other has appeared.
    """
    kind = kind_of(path)
    if kind is None:
        return data, []
    elsewhere = [problem for problem in problems if problem.code in OF_ALL]
    made, quoted = with_quotes(path, data)
    repairs = [Repair(at, "D101", was, now) for at, was, now in quoted]
    lines = {repair.at.line for repair in repairs}
    while step := _step(path, made, elsewhere, kind, context, claims):
        made, repair = step
        repairs.append(repair)
    if lines and any(problem.at.line in lines for problem in problems_of(path, made, context)):
        return data, []  # the quotes made a text of what was meant as something else
    return made, repairs


def _step(
    path: str, data: bytes, elsewhere: list[Problem], kind: type, context: Context, claims: tuple[str, ...]
) -> tuple[bytes, Repair] | None:
    """The first repair that can be made, and the bytes after it."""
    draft, _ = opened(path, data)
    if draft is None:
        return None
    own = problems_of(path, data, context)
    for problem in (*own, *elsewhere):
        edit = proven(problem, Found(draft, draft.file.index(problem.at), kind, context, claims))
        made = edited(data, [edit]) if edit else data
        if edit and made != data and _better(problem, own, problems_of(path, made, context), _lines(draft, edit)):
            return made, Repair(problem.at, problem.code, draft.text[edit.start : edit.end], edit.text)
    return None


def _better(problem: Problem, before: list[Problem], after: list[Problem], lines: range) -> bool:
    """Whether the problem is gone and no other has appeared; but what a missing key or date kept from being looked at
    may show itself in other lines."""
    old, new = (Counter((p.code, p.message) for p in problems) for problems in (before, after))
    known = (problem.code, problem.message)
    if problem.code not in OF_ALL and new[known] >= old[known]:
        return False
    more = new - old
    hidden = problem.code in _HIDING
    return not any((p.code, p.message) in more and not (hidden and p.at.line not in lines) for p in after)


def _lines(draft: Draft, edit: Edit) -> range:
    """The lines of what an edit changes: with a key, its value."""
    end = max((end for start, end in _pairs(draft.root) if start == edit.start), default=edit.end)
    return range(draft.file.at(edit.start).line, draft.file.at(end).line + 1)


def _pairs(node: Node | None) -> Iterator[tuple[int, int]]:
    if isinstance(node, Mapping):
        yield from ((pair.key.start, pair.value.end) for pair in node.pairs)
    for inner in inside(node) if node else ():
        yield from _pairs(inner)
