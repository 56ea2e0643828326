"""Timelines of labels: how those of one or several claims changed from day to day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from digest.frozen import Frozen
from digest.labels.verdict import Course
from digest.model.settings import Picture
from digest.pages.compose import Composer
from digest.pages.parts import Change, Day, LabelMark, Link

WIDTH, STEP = 480, 28
_LEFT, _RIGHT, _SIGN = 30, 16, 18
SHOWN = 12  # how many claims a timeline shows, those that changed most first


class Stretch(Frozen, frozen=True):
    """A label from `x` to `end`; its sign stands at `sign`, from its upper left corner."""

    label: LabelMark
    x: int
    end: int
    sign: int


class Lane(Frozen, frozen=True):
    """A claim in a timeline: its number there, where its line lies, its labels in turn."""

    number: int
    y: int
    claim: Link
    stretches: tuple[Stretch, ...]
    changes: tuple[Change, ...]


class Timeline(Frozen, frozen=True):
    """Lanes over the days from `first` to `last`, on which a label last changed; the labels hold on after it.

    `others` is the number of claims without a lane, `labels` are those that occur; `numbers` is where the lanes'
    numbers stand, 0 where they have none.
    """

    width: int
    height: int
    lanes: tuple[Lane, ...]
    first: Day
    last: Day
    others: int
    numbers: int
    labels: tuple[LabelMark, ...]


def labels_of(composer: Composer, courses: Iterable[Course], *, changed: bool = False) -> Timeline | None:
    """The timeline of some claims, only those whose label `changed` if that is asked for; None where the settings want
    none."""
    if Picture.TIMELINE not in composer.index.settings.pictures:
        return None
    shown = (c for c in courses if len(c.history) > 1 or not changed)
    return compose_timeline(composer, ((_link(c), composer.changes(c)) for c in shown))


def _link(course: Course) -> Link:
    return Link(course.claim.text, f"claims/{course.claim.id}/")


def compose_timeline(composer: Composer, claims: Iterable[tuple[Link, tuple[Change, ...]]]) -> Timeline | None:
    """The timeline of claims with their labels by day; None where no label ever changed."""
    known = [(claim, changes) for claim, changes in claims if changes]
    if all(len(changes) < 2 for _, changes in known):
        return None
    known.sort(key=lambda entry: (-len(entry[1]), entry[1][0].day.iso, entry[0].address))
    shown = sorted(known[:SHOWN], key=lambda entry: (entry[1][0].day.iso, entry[0].address))
    days = sorted({change.day.iso: change.day for _, changes in shown for change in changes}.items())
    mirrored = composer.tongue.direction == "rtl"
    left = _LEFT if len(shown) > 1 else 0
    first, last = date.fromisoformat(days[0][0]), date.fromisoformat(days[-1][0])
    length = max((last - first).days, 1)
    reach = WIDTH - left - _RIGHT - _SIGN * 2  # the newest sign has some line behind it

    def at(day: Day) -> int:
        return left + round((date.fromisoformat(day.iso) - first).days * reach / length)

    lanes = tuple(
        Lane(i + 1, STEP * i + STEP // 2, claim, _stretches(changes, [at(c.day) for c in changes], mirrored), changes)
        for i, (claim, changes) in enumerate(shown)
    )
    middle = _LEFT // 2 - 4
    return Timeline(
        WIDTH,
        STEP * len(lanes),
        lanes,
        days[0][1],
        days[-1][1],
        len(known) - len(shown),
        (WIDTH - middle if mirrored else middle) if left else 0,
        tuple(dict.fromkeys(change.label for _, changes in shown for change in changes)),
    )


def _stretches(changes: tuple[Change, ...], starts: list[int], mirrored: bool) -> tuple[Stretch, ...]:  # noqa: FBT001
    """Signs that would lie on one another are moved on."""
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + _SIGN + 2)
    over = max(starts[-1] + _SIGN * 2 - WIDTH, 0)
    starts = [start - over for start in starts]
    made = []
    for change, x, end in zip(changes, starts, (*starts[1:], WIDTH), strict=True):
        stretch = Stretch(change.label, x + _SIGN, end - 2 if end < WIDTH else end, x)
        if mirrored:
            stretch = Stretch(change.label, WIDTH - stretch.x, WIDTH - stretch.end, WIDTH - x - 16)
        made.append(stretch)
    return tuple(made)
