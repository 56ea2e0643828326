"""A card: from its view to the bytes of a PNG, 1200 by 630 pixels, in a few dozen colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from digest.pages.card import CARD_HEIGHT, CARD_WIDTH, CardView
from digest.pages.parts import LabelCount
from digest.render.cards.fonts import Face, font
from digest.render.cards.lines import Setting, set_text
from digest.render.cards.marks import mark
from digest.render.cards.runs import Type, is_rtl, plain, runs, width

_MARGIN = 72
_WIDE = CARD_WIDTH - 2 * _MARGIN
_LEADING = 1.2

_PAPER, _INK = (0xFB, 0xF9, 0xF4), (0x1B, 0x1A, 0x17)
_LABELS = {
    "confirmed": (0x1A, 0x6B, 0x3A),
    "corroborated": (0x0A, 0x69, 0x67),
    "single-source": (0x46, 0x49, 0xA6),
    "party-claim": (0x86, 0x50, 0x00),
    "unverified": (0x60, 0x5D, 0x58),
    "disputed": (0xAD, 0x3D, 0x0C),
    "refuted": (0xB0, 0x14, 0x2E),
    "retracted": (0x82, 0x30, 0x7D),
    "not-checkable": (0x4D, 0x5C, 0x6C),
}
"""The colours of the theme by day, from the top of its style sheet."""

_SHADES = 12
"""Steps from paper to ink; those to a label's colour are half as many."""

_MUTED, _RULE = 170, 60
"""How much of the ink small print and hairlines have, of 255."""

_TITLES = ((84, 3), (76, 4), (68, 4), (60, 5), (54, 6), (48, 6), (42, 7), (37, 8), (32, 10), (28, 11), (25, 13), (22, 14))
"""Sizes of the title, and the most lines of each."""

_FOOTS = ((27, 1), (23, 2), (20, 2), (18, 3), (15, 4))
"""Sizes of the labels, and the most rows of each."""


def draw(view: CardView) -> bytes:
    """The card as a PNG; the same bytes for equal views."""
    sheet = Image.new("L", (CARD_WIDTH, CARD_HEIGHT))
    pen = ImageDraw.Draw(sheet)
    small = Type(Face.SANS, 400, view.rtl, view.language)
    pen.rectangle((_MARGIN, 50, CARD_WIDTH - _MARGIN - 1, 55), 255)
    _head(sheet, view, small)
    pen.rectangle((_MARGIN, 141, CARD_WIDTH - _MARGIN - 1, 141), _RULE)
    foot = _foot(view, small)
    top = CARD_HEIGHT - 52 - foot.height
    _title(sheet, view, 141, top - (28 if foot.rows else 0))
    if foot.rows:
        pen.rectangle((_MARGIN, top - 28, CARD_WIDTH - _MARGIN - 1, top - 28), _RULE)
    inks, shades = _inks(tuple(label.label.id for row in foot.rows for label in row))
    card = sheet.point(_steps(0, _SHADES))
    card.putpalette(shades)
    _labels(card, foot, top, inks, small)
    data = BytesIO()
    card.save(data, "PNG", compress_level=6)
    return data.getvalue()


def _head(sheet: Image.Image, view: CardView, small: Type) -> None:
    """The digest's name at the beginning, the date at the end."""
    date = set_text(view.date, small, _WIDE * 0.48, ((27, 1), (23, 1), (20, 1), (17, 1)))
    taken = max((width(line, small, date.size) for line in date.lines), default=0)
    kind = Type(Face.SERIF, 700, is_rtl(view.site, view.rtl), view.language)
    name = set_text(view.site, kind, _WIDE - taken - 48, ((40, 1), (36, 1), (32, 1), (28, 1), (24, 1), (20, 1)))
    for line in name.lines:
        _write(sheet, line, kind, name.size, 112, at_end=view.rtl)
    for line in date.lines:
        _write(sheet, line, small, date.size, 112, at_end=not view.rtl, ink=_MUTED)


def _title(sheet: Image.Image, view: CardView, top: float, bottom: float) -> None:
    kind = Type(Face.SERIF, 600, is_rtl(view.title, view.rtl), view.lang)
    room = bottom - top - 56
    most = tuple((size, min(rows, int(room / (size * _LEADING)))) for size, rows in _TITLES)
    setting = set_text(view.title, kind, _WIDE, most)
    height = setting.size * _LEADING
    baseline = (top + bottom - height * len(setting.lines)) / 2 + setting.size * 0.92
    for line in setting.lines:
        _write(sheet, line, kind, setting.size, round(baseline), at_end=kind.rtl)
        baseline += height


def _write(  # noqa: PLR0913 (a line, how it is set, and where)
    sheet: Image.Image, text: str, kind: Type, size: int, baseline: int, *, at_end: bool, ink: int = 255
) -> None:
    wide = width(text, kind, size)
    _run(sheet, text, kind, size, (CARD_WIDTH - _MARGIN - wide if at_end else _MARGIN, baseline), ink)


def _run(  # noqa: PLR0913 (likewise)
    sheet: Image.Image, text: str, kind: Type, size: int, at: tuple[float, float], ink: int
) -> None:
    pen = ImageDraw.Draw(sheet)
    x, baseline = at
    for run in runs(text, kind):
        used = font(run.face, size, kind.weight)
        direction = "rtl" if run.rtl else "ltr"
        pen.text((x, baseline), run.text, ink, used, anchor="ls", direction=direction, language=kind.lang)
        x += used.getlength(run.text, direction=direction)


@dataclass(frozen=True, slots=True)
class _Foot:
    """The labels in rows, at a size; `more` where not all of them have room."""

    rows: tuple[tuple[LabelCount, ...], ...]
    size: int
    more: bool = False

    @property
    def line(self) -> int:
        return round(self.size * 1.6)

    @property
    def height(self) -> int:
        return self.line * len(self.rows)


def _foot(view: CardView, small: Type) -> _Foot:
    for size, most in _FOOTS:
        rows = _rows(view.labels, small, size)
        if len(rows) <= most:
            return _Foot(rows, size)
    size, most = _FOOTS[-1]
    return _Foot(rows[:most], size, more=True)


def _rows(labels: tuple[LabelCount, ...], small: Type, size: int) -> tuple[tuple[LabelCount, ...], ...]:
    rows: list[list[LabelCount]] = []
    taken = float(_WIDE)
    for label in labels:
        wide = _label_width(label, small, size)
        if taken + wide > _WIDE:
            rows.append([])
            taken = 0.0
        rows[-1].append(label)
        taken += wide + size * 1.6
    return tuple(map(tuple, rows))


def _label_width(label: LabelCount, small: Type, size: int) -> float:
    return sum(wide for _, wide in _parts(label, small, size)) + size * 1.45 + (size * 0.4 if label.count > 1 else 0)


def _parts(label: LabelCount, small: Type, size: int) -> Iterator[tuple[str, float]]:
    """A label's name, and its number where it stands for several claims."""
    name = plain(label.label.name)
    yield name, width(name, replace(small, weight=600), size)
    if label.count > 1:
        yield str(label.count), width(str(label.count), small, size)


def _labels(card: Image.Image, foot: _Foot, top: int, inks: dict[str, int], small: Type) -> None:
    strong = replace(small, weight=600)
    for at, row in enumerate(foot.rows):
        x = 0.0
        strip_top = top + at * foot.line
        baseline = round(foot.line * 0.66)
        for label in row:
            wide = _label_width(label, small, foot.size)
            strip = Image.new("L", (round(wide) + 8, foot.line))
            side = round(foot.size * 1.08)
            begin = 4.0
            pieces = list(_parts(label, small, foot.size))
            flow = [side + foot.size * 0.37, *(w + foot.size * 0.4 for _, w in pieces)]
            places = [begin + sum(flow[:i]) for i in range(len(flow))]
            if small.rtl:
                places = [strip.width - place - w for place, w in zip(places, (side, *(w for _, w in pieces)), strict=True)]
            strip.paste(mark(label.label.id, side), (round(places[0]), round(baseline - foot.size * 0.36 - side / 2)))
            for (text, _), place, kind in zip(pieces, places[1:], (strong, small), strict=False):
                _run(strip, text, kind, foot.size, (place, baseline), 255)
            left = _MARGIN + x - 4 if not small.rtl else CARD_WIDTH - _MARGIN - x + 4 - strip.width
            card.paste(strip.point(_steps(inks[label.label.id], _SHADES // 2)), (round(left), strip_top))
            x += wide + foot.size * 1.6


@cache
def _steps(first: int, count: int) -> list[int]:
    """From how much ink stands somewhere to a colour's number; 0 is the paper."""
    return [first + round(ink * count / 255) if round(ink * count / 255) else 0 for ink in range(256)]


@cache
def _inks(labels: tuple[str, ...]) -> tuple[dict[str, int], list[int]]:
    """For each label the number before its first colour; and all colours: paper, the ink's shades, the labels'."""
    shades = [_PAPER, *(_between(_INK, step / _SHADES) for step in range(1, _SHADES + 1))]
    first = {}
    for label in dict.fromkeys(labels):
        first[label] = len(shades) - 1
        shades += [_between(_LABELS[label], step / (_SHADES // 2)) for step in range(1, _SHADES // 2 + 1)]
    return first, [part for shade in shades for part in shade]


def _between(colour: tuple[int, int, int], ink: float) -> tuple[int, int, int]:
    red, green, blue = (round(p + (c - p) * ink) for p, c in zip(_PAPER, colour, strict=True))
    return red, green, blue
