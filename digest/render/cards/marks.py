"""The labels' marks as masks: the shapes of the theme's sprite, on the same grid of 16."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import cos, pi, sin

from PIL import Image, ImageDraw
from PIL.Image import Resampling

_FINE = 8
"""How many times finer a mark is drawn than it is shown."""

Point = tuple[float, float]


class _Pen:
    """Draws on the grid."""

    def __init__(self, size: int) -> None:
        self._scale = size * _FINE / 16
        self.image = Image.new("L", (size * _FINE, size * _FINE))
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, *points: Point, ink: int = 255) -> None:
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=ink)

    def box(self, left: float, top: float, right: float, bottom: float, ink: int = 255) -> None:
        self.shape((left, top), (right, top), (right, bottom), (left, bottom), ink=ink)

    def disc(self, x: float, y: float, radius: float) -> None:
        self.shape(*_arc(x, y, radius, 0, 360))

    def ring(self, begin: float, end: float) -> None:
        outer, inner = _arc(8, 8, 7.45, begin, end), _arc(8, 8, 5.05, begin, end)
        self.shape(*outer, *reversed(inner))


def _arc(x: float, y: float, radius: float, begin: float, end: float) -> list[Point]:
    steps = 48
    angles = ((begin + (end - begin) * i / steps) * pi / 180 for i in range(steps + 1))
    return [(x + radius * cos(a), y + radius * sin(a)) for a in angles]


def _confirmed(pen: _Pen) -> None:
    pen.disc(8, 8, 7.5)
    pen.shape((6.9, 11.7), (3.4, 8.2), (4.7, 6.9), (6.9, 9.1), (11.3, 4.5), (12.6, 5.8), ink=0)


def _corroborated(pen: _Pen) -> None:
    pen.disc(5.4, 8, 5)
    pen.disc(10.6, 8, 5)
    reach = 59  # degrees at which the two circles meet
    pen.shape(*_arc(5.4, 8, 5, -reach, reach), *_arc(10.6, 8, 5, 180 - reach, 180 + reach), ink=0)


def _single(pen: _Pen) -> None:
    pen.disc(8, 8, 4.75)


def _party(pen: _Pen) -> None:
    pen.box(1.5, 1.5, 14.5, 14.5)
    pen.box(8, 3.25, 12.75, 12.75, ink=0)


def _unverified(pen: _Pen) -> None:
    for dash in range(6):
        pen.ring(60 * dash - 18, 60 * dash + 18)


def _disputed(pen: _Pen) -> None:
    pen.shape((0, 2.9), (8, 2.9), (8, 0.2), (16, 4.35), (8, 8.2), (8, 5.6), (0, 5.6))
    pen.shape((16, 10.4), (8, 10.4), (8, 7.8), (0, 11.65), (8, 15.8), (8, 13.1), (16, 13.1))


def _refuted(pen: _Pen) -> None:
    arms = [(3.6, 1.75), (8.0, 6.15), (12.4, 1.75), (14.25, 3.6), (9.85, 8.0), (14.25, 12.4)]
    pen.shape(*arms, (12.4, 14.25), (8, 9.85), (3.6, 14.25), (1.75, 12.4), (6.15, 8), (1.75, 3.6))


def _retracted(pen: _Pen) -> None:
    outer, inner = _arc(10.25, 9.25, 5, -90, 90), _arc(10.25, 9.25, 2.75, 90, -90)
    pen.shape((6.5, 0.75), (6.5, 4.25), *outer, (4, 14.25), (4, 12), *inner, (6.5, 6.5), (6.5, 10), (1, 5.4))


def _not_checkable(pen: _Pen) -> None:
    pen.box(1.5, 6.6, 14.5, 9.4)


_MARKS: dict[str, Callable[[_Pen], None]] = {
    "confirmed": _confirmed,
    "corroborated": _corroborated,
    "single-source": _single,
    "party-claim": _party,
    "unverified": _unverified,
    "disputed": _disputed,
    "refuted": _refuted,
    "retracted": _retracted,
    "not-checkable": _not_checkable,
}


@cache
def mark(label: str, size: int) -> Image.Image:
    """A label's mark, `size` pixels high and wide: how much ink stands where."""
    pen = _Pen(size)
    _MARKS[label](pen)
    return pen.image.resize((size, size), Resampling.BOX)
