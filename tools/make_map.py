"""Writes atlas.json, the shapes of maps, from Natural Earth: `python -m tools.make_map WORLD_ATLAS > …/atlas.json`.

WORLD_ATLAS is the unpacked npm package world-atlas, Natural Earth (public domain) as TopoJSON. Outlines come from its
1:110 million file in three degrees of detail; places that it is too coarse for come as points from its 1:50 million
file.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

Point = tuple[float, float]

ABOUT = (
    "Natural Earth 1:110m and 1:50m admin 0 countries (public domain), from the npm package world-atlas 2.0.2 by "
    "tools/make_map.py. Hundredths of a degree; arcs as x, y, dx, dy …; rings as numbers of arcs, ~n backwards."
)
NAMED = {"Kosovo": "XK", "N. Cyprus": "northern-cyprus", "Somaliland": "somaliland"}
POLE = "AQ"
"""Its outline runs around the pole, which this projection cannot show: a point only."""
CRIMEA = "UA-43"
"""A ring of its own in Natural Earth, which gives it to Russia; here it is a shape by its ISO 3166-2 code."""
LEVELS = ((2.0, 24.0), (0.45, 1.5), (0.1, 0.1))
"""Tolerance in degrees, and the area in square degrees below which an island is left out."""


EDGE = -169
"""The map of the world begins here and not at 180°, so that no country falls apart."""


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees; what lies west of the map's edge stands at its eastern end."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + x0, y * ky + y0))
        arcs.append(_unbroken(points))
    return arcs


def _unbroken(points: list[Point]) -> list[Point]:
    """A line without the jump at 180°."""
    shift = 0
    whole = points[:1]
    for (before, _), (x, y) in pairwise(points):
        shift -= 360 * round((x - before) / 360)
        whole.append((x + shift, y))
    turn = 360 if sum(x for x, _ in whole) / len(whole) < EDGE else 0
    return [(x + turn, y) for x, y in whole]


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's line simplification; a closed line keeps the point that is farthest from its start."""
    if len(points) < 3 or not tolerance:
        return points
    first, last = points[0], points[-1]
    spread = [_distance(p, first, last) for p in points[1:-1]]
    at = max(range(len(spread)), key=spread.__getitem__) + 1
    if spread[at - 1] <= tolerance and first != last:
        return [first, last]
    if first == last and spread[at - 1] <= tolerance:
        return points[:1] + points[at : at + 1] + points[-1:]
    return thinned(points[: at + 1], tolerance)[:-1] + thinned(points[at:], tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = math.hypot(x1 - x0, y1 - y0)
    if not length:
        return math.hypot(x - x0, y - y0)
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def line(ring: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def area(points: list[Point]) -> float:
    """In square degrees."""
    pairs = pairwise(points)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def centre(points: list[Point]) -> Point:
    """The point inside that is farthest from the outline, on a grid of forty by forty."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    grid = [
        (west + (east - west) * i / 40, south + (north - south) * j / 40) for i in range(1, 40) for j in range(1, 40)
    ]
    inside = [p for p in grid if _inside(p, points)] or [((west + east) / 2, (south + north) / 2)]
    flat = math.cos(math.radians((south + north) / 2))
    return max(inside, key=lambda p: min(math.hypot((p[0] - x) * flat, p[1] - y) for x, y in points))


def _inside(point: Point, points: list[Point]) -> bool:
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in pairwise(points):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


def code_of(geometry: dict[str, Any]) -> str:
    """The ISO code of a country, a name of ours where it has none, "" for what is left out."""
    if "id" in geometry:
        found = pycountry.countries.get(numeric=str(geometry["id"]).zfill(3))
        return str(found.alpha_2) if found else ""
    return NAMED.get(geometry["properties"]["name"], "")


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """All rings of a shape, holes among them."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for part in parts for ring in part]


def shapes_of(topology: dict[str, Any], arcs: list[list[Point]], *, apart: bool) -> dict[str, list[list[int]]]:
    """The rings of each shape by code; Crimea apart where the file has it so."""
    shapes: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        for ring in rings(geometry) if code and (code != POLE or not apart) else ():
            x, y = centre(line(ring, arcs)) if code == "RU" and apart else (0, 0)
            shapes.setdefault(CRIMEA if 32 < x < 37 and 44 < y < 47 else code, []).append(ring)
    return shapes


def borders(shapes: dict[str, list[list[int]]]) -> list[tuple[int, str, str]]:
    """Arcs that two shapes share."""
    owners: dict[int, list[str]] = defaultdict(list)
    for code, found in shapes.items():
        for ring in found:
            for number in ring:
                owners[max(number, ~number)].append(code)
    shared = ((number, sorted(both)) for number, both in sorted(owners.items()) if len(both) == 2)
    return [(number, one, other) for number, (one, other) in shared if one != other]


def level(
    arcs: list[list[Point]],
    shapes: dict[str, list[list[int]]],
    land: list[list[int]],
    tolerance: float,
    least: float,
) -> dict[str, Any]:
    """One degree of detail: without the islands that are too small, unless one is all that a country has."""
    main = {tuple(max(found, key=lambda r: area(line(r, arcs)))) for found in shapes.values()}
    thin = [thinned(arc, tolerance) for arc in arcs]
    kept = {c: [r for r in found if tuple(r) in main or area(line(r, arcs)) >= least] for c, found in shapes.items()}
    ground = [r for r in land if tuple(r) in main or area(line(r, arcs)) >= least]
    ground = [r for r in ground if min(y for _, y in line(r, arcs)) > -60]
    edges = [edge for edge in borders(shapes) if any(edge[0] in (n, ~n) for c in edge[1:] for r in kept[c] for n in r)]
    used = sorted({max(n, ~n) for r in (*ground, *(r for found in kept.values() for r in found)) for n in r})
    number = {old: new for new, old in enumerate(used)}

    def renumbered(ring: list[int]) -> list[int]:
        return [number[n] if n >= 0 else ~number[~n] for n in ring]

    return {
        "arcs": [list(_deltas(thin[n])) for n in used],
        "land": [renumbered(r) for r in ground],
        "shapes": {code: [renumbered(r) for r in found] for code, found in sorted(kept.items())},
        "borders": [[number[n], one, other] for n, one, other in edges],
    }


def _deltas(points: list[Point]) -> Iterator[int]:
    x0 = y0 = 0
    for i, (x, y) in enumerate((round(x * 100), round(y * 100)) for x, y in points):
        if i == 0 or (x, y) != (x0, y0):
            yield from (x - x0, y - y0)
        x0, y0 = x, y


def main(folder: Path) -> None:
    """Writes the atlas."""
    coarse, fine = (json.loads((folder / f"countries-{scale}.json").read_text()) for scale in ("110m", "50m"))
    arcs, fine_arcs = decoded(coarse), decoded(fine)
    shapes = shapes_of(coarse, arcs, apart=True)
    land = [ring for part in coarse["objects"]["land"]["geometries"] for ring in rings(part)]
    places: dict[str, list[int]] = {}
    for known, lines in ((shapes_of(fine, fine_arcs, apart=False), fine_arcs), (shapes, arcs)):
        for code, found in known.items():
            main_ring = max((line(r, lines) for r in found), key=area)
            xs, ys = [x for x, _ in main_ring], [y for _, y in main_ring]
            found_at = (*centre(main_ring), min(xs), min(ys), max(xs), max(ys))
            places[code] = [round(v * 100) for v in found_at]
    atlas = {
        "about": ABOUT,
        "places": dict(sorted(places.items())),
        "levels": [level(arcs, shapes, land, tolerance, least) for tolerance, least in LEVELS],
    }
    sys.stdout.write(json.dumps(atlas, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
