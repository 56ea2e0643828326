"""Maps of where the articles of a page happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import hypot

from digest.frozen import Frozen
from digest.model import Taxon, Taxonomy
from digest.model.taxa import PARTS
from digest.pages.compose import Composer
from digest.pages.drawn.atlas import Frame, Place, area, frame_around, ground, places
from digest.pages.parts import Link

_REACH = (2200, 1400)  # how much of a large country is shown around the point where it is marked


class Mark(Frozen, frozen=True):
    """A disc with a number on a map."""

    x: int
    y: int
    r: int
    count: int


class Map(Frozen, frozen=True):
    """A map of `width` by `height`: `land`, `borders` and `areas` (those concerned) are SVG paths, `marks` stand at
    their countries. `rows` are the regions on it with their numbers, `beside` those that have no place on a map;
    `described` says the same in words."""

    width: int
    height: int
    land: str
    borders: str
    areas: str
    marks: tuple[Mark, ...]
    rows: tuple[Link, ...]
    beside: tuple[Link, ...]
    described: str


def drawn_as(regions: Taxonomy, region: str) -> Taxon | None:
    """What a region is drawn as: the nearest of it and those above it that has a shape or a point; None if none has."""
    for taxon in regions.lineage(region):
        if taxon.id in regions.drawn:
            return taxon if regions.drawn[taxon.id] else None
        if taxon.id in places() and taxon.id not in PARTS:
            return taxon
    return None


def compose_map(composer: Composer, counts: Mapping[str, int], named: Mapping[str, str] | None = None) -> Map | None:
    """The map of regions with their numbers of articles, which must be drawn as they are; None if nothing is on it.

    Those that have no shape stand beside it. `named` are other names for rows, such as that of a province.
    """
    regions = composer.index.regions
    order = sorted(counts, key=lambda r: (-counts[r], regions.taxa[r].name, r))
    links = {r: _row(composer, r, counts[r], (named or {}).get(r, r)) for r in order}
    shown = [r for r in order if drawn_as(regions, r) == regions.taxa[r]]
    owners = _owners(regions)
    shapes = {r: _shapes(regions, owners, r) for r in shown}
    boxes = {r: _box(codes) for r, codes in shapes.items()}
    placed = [r for r in shown if boxes[r] is not None]
    found = [box for r in placed if (box := boxes[r]) is not None]
    if not found:
        return None
    frame = frame_around(found)
    under = ground(frame, tuple(sorted(owners.items())))
    rows = tuple(links[r] for r in placed)
    return Map(
        frame.width,
        frame.height,
        under.land,
        under.borders,
        "".join(area(frame, code) for r in placed for code in shapes[r]),
        _marks(frame, [(box, counts[r]) for r, box in zip(placed, found, strict=True)]),
        rows,
        tuple(links[r] for r in order if r not in placed),
        composer.tongue.join([f"{row.text} {row.count}" for row in rows]),
    )


def map_of_articles(composer: Composer, regions: Iterable[Iterable[str]]) -> Map | None:
    """The map of articles by the regions that each names: provinces count for their country, each article once."""
    counts: Counter[str] = Counter()
    for named in regions:
        counts.update({drawn.id if (drawn := drawn_as(composer.index.regions, r)) else r for r in named})
    return compose_map(composer, counts)


def map_of_region(composer: Composer, region: str, count: Callable[[str], int]) -> Map | None:
    """The map of one region, or of the countries in it; `count` gives each one's number of articles."""
    regions = composer.index.regions
    drawn = drawn_as(regions, region)
    if drawn is not None:
        return compose_map(composer, {drawn.id: count(region)}, {drawn.id: region})
    inside = (t for t in regions.taxa if any(above.id == region for above in regions.lineage(t)[1:]))
    counts = {t: n for t in inside if drawn_as(regions, t) == regions.taxa[t] and (n := count(t))}
    return compose_map(composer, counts)


def _row(composer: Composer, region: str, count: int, named: str) -> Link:
    link = composer.region(region)
    return Link(composer.region(named).text, composer.region(named).address if named != region else link.address, count)


def _owners(regions: Taxonomy) -> dict[str, str]:
    """The region that each shape is a part of, where that is another than itself."""
    owners = dict(PARTS)
    for region, shapes in regions.drawn.items():
        for shape in shapes:
            if shape != region and (shape in PARTS or region in places()):
                owners[shape] = region
    return owners


def _shapes(regions: Taxonomy, owners: Mapping[str, str], region: str) -> tuple[str, ...]:
    own = regions.drawn.get(region) or (region,)
    return tuple(dict.fromkeys((*own, *(shape for shape, owner in owners.items() if owner == region))))


def _box(codes: Iterable[str]) -> Place | None:
    """The place of a region: its largest shape's point, and a box around all of them, not too far from there."""
    known = [places()[code] for code in codes if code in places()]
    if not known:
        return None
    main = max(known, key=lambda p: (p.east - p.west) * (p.north - p.south))
    return Place(
        main.x,
        main.y,
        max(min(p.west for p in known), main.x - _REACH[0]),
        max(min(p.south for p in known), main.y - _REACH[1]),
        min(max(p.east for p in known), main.x + _REACH[0]),
        min(max(p.north for p in known), main.y + _REACH[1]),
    )


def _marks(frame: Frame, found: Iterable[tuple[Place, int]]) -> tuple[Mark, ...]:
    """Discs that do not lie on one another: each pair that does is moved apart."""
    discs = []
    for place, count in found:
        x, y = frame.point(place.x, place.y)
        discs.append((float(x), float(y), 8.0 + min(count, 16) ** 0.5 / 2 + 3.5 * (len(str(count)) - 1), count))
    for _ in range(12):
        discs = _apart(discs)
    return tuple(
        Mark(
            round(min(max(x, r + 1), frame.width - r - 1)), round(min(max(y, r + 1), frame.height - r - 1)), round(r), n
        )
        for x, y, r, n in discs
    )


def _apart(discs: list[tuple[float, float, float, int]]) -> list[tuple[float, float, float, int]]:
    moved = list(discs)
    for i in range(len(moved)):
        for j in range(i):
            (x0, y0, r0, n0), (x1, y1, r1, n1) = moved[j], moved[i]
            gap = hypot(x1 - x0, y1 - y0)
            short = r0 + r1 + 1 - gap
            if short > 0:
                dx, dy = ((x1 - x0) / gap, (y1 - y0) / gap) if gap else (1.0, 0.0)
                moved[j] = (x0 - dx * short / 2, y0 - dy * short / 2, r0, n0)
                moved[i] = (x1 + dx * short / 2, y1 + dy * short / 2, r1, n1)
    return moved
