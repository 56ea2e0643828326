"""Bars that show how a number of claims is shared among labels."""

from __future__ import annotations

from collections.abc import Sequence

from digest.frozen import Frozen
from digest.pages.compose import Composer
from digest.pages.parts import LabelCount, LabelMark

WIDTH, HEIGHT = 240, 18


class Share(Frozen, frozen=True):
    """A label's part of a bar: from `x`, `width` long; `mark` where there is room for its sign, at that place (else
    -1). `percent` is its share in words."""

    label: LabelMark
    count: int
    x: int
    width: int
    mark: int
    percent: str


class Bar(Frozen, frozen=True):
    """A bar of shares, strongest label first; `described` says the same in words."""

    shares: tuple[Share, ...]
    described: str


def compose_bar(composer: Composer, counts: Sequence[LabelCount]) -> Bar | None:
    """The bar of these numbers; None where there is nothing to compare."""
    total = sum(c.count for c in counts)
    if not total or len(counts) < 2:
        return None
    tongue = composer.tongue
    shares, done = [], 0
    for entry in counts:
        start, done = min(round(WIDTH * done / total), WIDTH - 1), done + entry.count
        end = round(WIDTH * done / total)
        width = max(end - start - (1 if done < total else 0), 1)
        x = WIDTH - start - width if tongue.direction == "rtl" else start
        mark = x + (width - 10) // 2 if width >= 14 else -1
        shares.append(Share(entry.label, entry.count, x, width, mark, tongue.percent(entry.count / total)))
    return Bar(tuple(shares), tongue.join([f"{c.label.name} {c.count}" for c in counts]))
