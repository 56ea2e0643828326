"""A plan in words for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from digest.labels.words import SCALES
from digest.model import Label
from digest.publish.manifest import Piece
from digest.publish.plan import Plan

_SHOWN = 20


def in_words(plan: Plan, place: str) -> str:
    """The plan as lines: what readers would notice first, files last. Long lists are cut; `as_data` has all of them."""
    over = f"over the release of {plan.over_at}" if plan.over else "for the first time"
    lines = [f"To {place}, {over}:"]
    lines += _part("Articles", _articles(plan))
    lines += _part("Labels", (_label(r.text or r.claim, r.before, r.after) for r in plan.labels))
    lines += _part(
        "Corrections", (f"{_one_line(p.title)} ({day}): {_one_line(text)}" for p, day, text in plan.corrections)
    )
    lines += _part("Addresses that would stop working", plan.lost)
    lines += ["", f"  {files_in_words(plan)}"]
    return "\n".join(lines)


def files_in_words(plan: Plan) -> str:
    """ "3 files new, 10 changed, 1 removed; 120 kB to send"."""
    files = plan.files
    if plan.is_empty:
        return "No file differs."
    counts = ((len(files.new), "new"), (len(files.changed), "changed"), (len(files.removed), "removed"))
    parts = [f"{count:,} {word}" for count, word in counts if count]
    return f"Files: {', '.join(parts)}; {size_in_words(files.bytes)} to send"


def size_in_words(size: int) -> str:
    """ "12 kB"."""
    for limit, unit in ((1000, "bytes"), (1000_000, "kB"), (1000_000_000, "MB")):
        if size < limit:
            value = size * 1000 / limit
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
    return f"{size / 1e9:.1f} GB"


def _articles(plan: Plan) -> Iterator[str]:
    for sign, found in (("+", plan.added), ("~", plan.altered), ("-", plan.removed)):
        yield from (f"{sign} {_titled(piece)}" for _, piece in found)


def _titled(piece: Piece) -> str:
    return f"{_one_line(piece.title)}  /{piece.address}"


def _label(text: str, before: str, after: str) -> str:
    return f"{_one_line(text)}  {_name(before)} → {_name(after)}"


def _name(label: str) -> str:
    return SCALES[Label(label)].name if label in set(Label) else label


def _part(head: str, found: Iterable[str]) -> Sequence[str]:
    lines = list(found)
    if not lines:
        return ()
    more = [f"    and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return ("", f"  {head}", *(f"    {line}" for line in lines[:_SHOWN]), *more)


def _one_line(text: str) -> str:
    """Text from the target on one line, without signs that would command a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
