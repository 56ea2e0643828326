"""The shapes of maps: Natural Earth's (public domain), as `tools/make_map.py` prepares them."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from math import cos, radians

from digest.frozen import Frozen

Line = tuple[tuple[int, int], ...]


class Place(Frozen, frozen=True):
    """Where a country is marked, and the box around the largest part of it; hundredths of a degree."""

    x: int
    y: int
    west: int
    south: int
    east: int
    north: int


class Atlas(Frozen, frozen=True):
    """One degree of detail: rings of the land, rings of each country by code, and the lines between two of them."""

    land: tuple[Line, ...]
    shapes: dict[str, tuple[Line, ...]]
    borders: tuple[tuple[str, str, Line], ...]


class Frame(Frozen, frozen=True):
    """What of the world a map shows, in hundredths of a degree, and its size in the units of its drawing."""

    west: int
    south: int
    east: int
    north: int
    width: int
    height: int

    def point(self, x: int, y: int) -> tuple[int, int]:
        """Where a place stands in the drawing."""
        across = (x - self.west) * self.width / (self.east - self.west)
        return round(across), round((self.north - y) * self.height / (self.north - self.south))


WIDTH, HEIGHT = 320, 200
_WORLD = Frame(-16900, -5600, 19100, 7900, WIDTH, 147)
_SPANS = (1600, 2200, 3000, 4200, 5800, 8000)
_MARGIN = 300


@cache
def _data() -> dict[str, object]:
    data: dict[str, object] = json.loads(files(__package__).joinpath("atlas.json").read_text(encoding="utf-8"))
    return data


@cache
def places() -> dict[str, Place]:
    """Every country's place by its code, and those of shapes that are none."""
    found = _data()["places"]
    assert isinstance(found, dict)  # noqa: S101 (our own file)
    return {code: Place(*numbers) for code, numbers in found.items()}


@cache
def _atlas(level: int) -> Atlas:
    levels = _data()["levels"]
    assert isinstance(levels, list)  # noqa: S101 (our own file)
    data = levels[level]
    arcs = [_points(numbers) for numbers in data["arcs"]]

    def ring(numbers: list[int]) -> Line:
        points: list[tuple[int, int]] = []
        for n in numbers:
            points += arcs[n] if n >= 0 else reversed(arcs[~n])
        return tuple(points)

    return Atlas(
        tuple(map(ring, data["land"])),
        {code: tuple(map(ring, rings)) for code, rings in data["shapes"].items()},
        tuple((one, other, arcs[n]) for n, one, other in data["borders"]),
    )


def _points(numbers: list[int]) -> Line:
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return tuple(points)


def frame_around(boxes: list[Place]) -> Frame:
    """The smallest frame of a few fixed sizes around some boxes, with space beside them; else the world."""
    west, east = min(b.west for b in boxes), max(b.east for b in boxes)
    south, north = min(b.south for b in boxes), max(b.north for b in boxes)
    middle = (south + north) // 2
    flat = max(cos(radians(middle / 100)), 0.4)
    for span in _SPANS:
        across = span * WIDTH / HEIGHT / flat
        if north - south <= span * 0.86 and east - west <= across * 0.86:
            step = span // 8  # frames on a grid are shared by many maps
            x, y = round((west + east) / 2 / step) * step, round(middle / step) * step
            half = round(across / 2)
            return Frame(x - half, y - span // 2, x + half, y + span // 2, WIDTH, HEIGHT)
    return _WORLD


class Ground(Frozen, frozen=True):
    """What lies under the marks of a map: the land, and the borders in it."""

    land: str
    borders: str


@lru_cache(64)
def ground(frame: Frame, owners: tuple[tuple[str, str], ...]) -> Ground:
    """The ground of a frame; no border stands between shapes of one owner (each is its own where nothing is said), and
    none at all on a map of the world."""
    atlas, owner = _atlas(_level(frame)), dict(owners)
    if _level(frame) == 0:  # borders of the whole world would be a grey web
        return Ground(_filled(atlas.land, frame), "")
    lines = [line for one, other, line in atlas.borders if owner.get(one, one) != owner.get(other, other)]
    return Ground(_filled(atlas.land, frame), "".join(_stroked(line, frame) for line in lines))


@lru_cache(512)
def area(frame: Frame, code: str) -> str:
    """A country's shape in a frame; "" where it is too small to have one."""
    return _filled(_atlas(_level(frame)).shapes.get(code, ()), frame)


def _level(frame: Frame) -> int:
    span = frame.north - frame.south
    return 0 if span > 8000 else 1 if span > 3000 else 2


def _filled(rings: tuple[Line, ...], frame: Frame) -> str:
    box = (frame.west - _MARGIN, frame.south - _MARGIN, frame.east + _MARGIN, frame.north + _MARGIN)
    drawn = (_path(_clipped(ring, box), frame) for ring in rings)
    return "".join(f"{path}z" for path in drawn if path.count(" ") + path.count("-") > 3)


def _clipped(ring: Line, box: tuple[int, int, int, int]) -> Line:
    """A ring inside a box (Sutherland and Hodgman's way)."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    west, south, east, north = box
    if min(xs) > east or max(xs) < west or min(ys) > north or max(ys) < south:
        return ()
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        if all((point[axis] - bound) * sign >= 0 for point in ring):
            continue
        ring = _cut(ring, axis, bound, sign)
        if not ring:
            return ()
    return ring


def _cut(ring: Line, axis: int, bound: int, sign: int) -> Line:
    kept: list[tuple[int, int]] = []
    before = ring[-1]
    was = (before[axis] - bound) * sign >= 0
    for point in ring:
        inside = (point[axis] - bound) * sign >= 0
        if inside != was:
            (x0, y0), (x1, y1) = before, point
            if axis == 0:
                kept.append((bound, y0 + (y1 - y0) * (bound - x0) // (x1 - x0)))
            else:
                kept.append((x0 + (x1 - x0) * (bound - y0) // (y1 - y0), bound))
        if inside:
            kept.append(point)
        before, was = point, inside
    return tuple(kept)


def _stroked(line: Line, frame: Frame) -> str:
    """A line as far as it lies in a frame, with a point on either side of each part."""
    west, south, east, north = frame.west, frame.south, frame.east, frame.north
    seen = [west <= x <= east and south <= y <= north for x, y in line]
    if all(seen):
        return _path(line, frame)
    near = [any(seen[max(i - 1, 0) : i + 2]) for i in range(len(line))]
    drawn, part = "", []
    for point, shown in zip((*line, (0, 0)), (*near, False), strict=True):
        if shown:
            part.append(point)
        elif part:
            drawn += _path(tuple(part), frame)
            part = []
    return drawn


def _path(points: Line, frame: Frame) -> str:
    """A line in the units of the drawing, as short as SVG allows; "" for what has no extent there."""
    sx = frame.width / (frame.east - frame.west)
    sy = frame.height / (frame.north - frame.south)
    west, north = frame.west, frame.north
    steps: list[tuple[int, int]] = []
    start = last = None
    for x, y in points:
        here = round((x - west) * sx), round((north - y) * sy)
        if last is None:
            start = last = here
        elif here != last:
            steps.append((here[0] - last[0], here[1] - last[1]))
            last = here
    if start is None or not steps:
        return ""
    written = "".join(f"{dx if dx < 0 else f' {dx}'}{dy if dy < 0 else f' {dy}'}" for dx, dy in _straight(steps))
    return f"M{start[0]} {start[1]}l{written.lstrip()}"


def _straight(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Steps in one direction as one."""
    kept = [steps[0]]
    for dx, dy in steps[1:]:
        px, py = kept[-1]
        if px * dy == py * dx and px * dx >= 0 and py * dy >= 0:
            kept[-1] = (px + dx, py + dy)
        else:
            kept.append((dx, dy))
    return kept
