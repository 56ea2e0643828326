"""A card: from its view to the bytes of a PNG, 1200 by 630 pixels, in a few dozen colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from digest.pages.card import CARD_HEIGHT, CARD_WIDTH, CardView
from digest.pages.parts import LabelCount
from digest.render.cards.fonts import Face, font
from digest.render.cards.lines import set_text
from digest.render.cards.marks import mark
from digest.render.cards.runs import Type, is_rtl, plain, runs, width

_MARGIN = 72
_WIDE = CARD_WIDTH - 2 * _MARGIN
_HEAD, _BOTTOM = 141, 52
"""Where the line below the name is, and how much is free below the labels."""

_LEADING, _ROW = 1.2, 1.6
"""The height of a line of the title and of a row of labels, in sizes of their type."""

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

_SHADES, _TINTS = 9, 3
"""Steps from paper to ink, and to a label's colour: with two labels 16 colours, which take half a byte each."""

_RUN_LENGTHS = 3
"""zlib's Z_RLE: for pictures of this kind as small as its best and three times as fast."""

_MUTED, _RULE = 170, 60
"""How much of the ink small print and hairlines have, of 255."""

_TITLES = ((74, 3), (66, 4), (60, 5), (54, 6), (48, 6), (42, 7), (37, 8), (32, 10), (28, 12))
"""Sizes of the title, and the most lines of each."""

_FOOTS = ((27, 1), (23, 2), (20, 2), (18, 3), (15, 4))
"""Sizes of the labels, and the most rows of each."""


def draw(view: CardView) -> bytes:
    """The card as a PNG; the same bytes for equal views."""
    small = Type(Face.SANS, 400, view.rtl, view.language)
    sheet = Image.new("L", (CARD_WIDTH, CARD_HEIGHT))
    sheet.paste(_head(view.site, view.date, small))
    foot = _foot(view.labels, small)
    top = CARD_HEIGHT - _BOTTOM - foot.height
    line = top - 28 if foot.rows else top
    _title(sheet, view, _HEAD, line)
    if foot.rows:
        sheet.paste(_RULE, (_MARGIN, line, CARD_WIDTH - _MARGIN, line + 1))
    inks, shades = _inks(tuple(label.label.id for row in foot.rows for label in row))
    card = sheet.point(_steps(0, _SHADES))
    card.putpalette(shades)
    _labels(card, foot, top, inks, small)
    data = BytesIO()
    bits = 4 if len(shades) <= 3 * 16 else 8
    card.save(data, "PNG", bits=bits, compress_level=1, compress_type=_RUN_LENGTHS)
    return data.getvalue()


@lru_cache(64)
def _head(site: str, date: str, small: Type) -> Image.Image:
    """The top of a card: the digest's name at the beginning, the date at the end."""
    sheet = Image.new("L", (CARD_WIDTH, _HEAD + 1))
    sheet.paste(255, (_MARGIN, 50, CARD_WIDTH - _MARGIN, 56))
    day = set_text(date, small, _WIDE * 0.48, ((27, 1), (23, 1), (20, 1), (17, 1)))
    taken = max((width(line, small, day.size) for line in day.lines), default=0)
    kind = Type(Face.SERIF, 700, is_rtl(site, small.rtl), small.lang)
    name = set_text(site, kind, _WIDE - taken - 48, ((40, 1), (36, 1), (32, 1), (28, 1), (24, 1), (20, 1)))
    for line in name.lines:
        _write(sheet, line, kind, name.size, 112, at_end=small.rtl)
    for line in day.lines:
        _write(sheet, line, small, day.size, 112, at_end=not small.rtl, ink=_MUTED)
    sheet.paste(_RULE, (_MARGIN, _HEAD, CARD_WIDTH - _MARGIN, _HEAD + 1))
    return sheet


def _title(sheet: Image.Image, view: CardView, top: int, bottom: int) -> None:
    kind = Type(Face.SERIF, 600, is_rtl(view.title, view.rtl), view.lang)
    room = bottom - top - 56
    most = tuple((size, min(rows, int(room / (size * _LEADING)))) for size, rows in _TITLES)
    setting = set_text(view.title, kind, _WIDE, most)
    height = setting.size * _LEADING
    baseline = (top + bottom - height * len(setting.lines)) / 2 + setting.size * 0.92
    for line in setting.lines:
        _write(sheet, line, kind, setting.size, round(baseline), at_end=kind.rtl)
        baseline += height


def _write(
    sheet: Image.Image, text: str, kind: Type, size: int, baseline: int, *, at_end: bool, ink: int = 255
) -> None:
    x = CARD_WIDTH - _MARGIN - width(text, kind, size) if at_end else _MARGIN
    _run(sheet, text, kind, size, (x, baseline), ink)


def _run(sheet: Image.Image, text: str, kind: Type, size: int, at: tuple[float, float], ink: int) -> None:
    pen = ImageDraw.Draw(sheet)
    x, baseline = at
    found = list(runs(text, kind))
    for run in found:
        used = font(run.face, size, kind.weight)
        direction = "rtl" if run.rtl else "ltr"
        pen.text((x, baseline), run.text, ink, used, anchor="ls", direction=direction, language=kind.lang)
        x += used.getlength(run.text, direction=direction) if len(found) > 1 else 0


@dataclass(frozen=True, slots=True)
class _Foot:
    """The labels in rows, at a size; `counted` where a number stands beside each."""

    rows: tuple[tuple[LabelCount, ...], ...]
    size: int
    counted: bool

    @property
    def height(self) -> int:
        return round(self.size * _ROW) * len(self.rows)


@lru_cache(256)
def _foot(labels: tuple[LabelCount, ...], small: Type) -> _Foot:
    """Each label in as large a type as lets all of them stand; what has no room even in the smallest is left out."""
    counted = any(label.count > 1 for label in labels)
    for size, most in _FOOTS:
        rows = _rows(labels, small, size, counted=counted)
        if len(rows) <= most:
            break
    return _Foot(rows[:most], size, counted)


def _rows(
    labels: tuple[LabelCount, ...], small: Type, size: int, *, counted: bool
) -> tuple[tuple[LabelCount, ...], ...]:
    rows: list[list[LabelCount]] = []
    taken = float(_WIDE)
    for label in labels:
        wide = _badge(label, small, size, counted=counted).width
        if taken + wide > _WIDE or not rows:
            rows.append([])
            taken = 0.0
        rows[-1].append(label)
        taken += wide + size * 1.3
    return tuple(map(tuple, rows))


@lru_cache(512)
def _badge(label: LabelCount, small: Type, size: int, *, counted: bool) -> Image.Image:
    """A label's mark and name, and how many claims carry it: how much ink stands where."""
    strong = replace(small, weight=600)
    side = round(size * 1.08)
    pieces = [(plain(label.label.name), strong)]
    if counted:
        pieces.append((str(label.count), small))
    widths = [width(text, kind, size) for text, kind in pieces]
    starts = [side + size * 0.37 + sum(widths[:at]) + size * 0.4 * at for at in range(len(widths))]
    sheet = Image.new("L", (round(starts[-1] + widths[-1]) + 2, round(size * _ROW)))
    baseline = round(sheet.height * 0.66)
    drawn = mark(label.label.id, side)
    sheet.paste(drawn, (sheet.width - side if small.rtl else 0, round(baseline - size * 0.36 - side / 2)))
    for (text, kind), start, wide in zip(pieces, starts, widths, strict=True):
        _run(sheet, text, kind, size, (sheet.width - start - wide if small.rtl else start, baseline), 255)
    return sheet


def _labels(card: Image.Image, foot: _Foot, top: int, inks: dict[str, int], small: Type) -> None:
    for at, row in enumerate(foot.rows):
        x = float(_MARGIN)
        for label in row:
            badge = _badge(label, small, foot.size, counted=foot.counted)
            left = CARD_WIDTH - x - badge.width if small.rtl else x
            card.paste(badge.point(_steps(inks[label.label.id], _TINTS)), (round(left), top + at * badge.height))
            x += badge.width + foot.size * 1.3


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
        shades += [_between(_LABELS[label], step / (_TINTS)) for step in range(1, _TINTS + 1)]
    return first, [part for shade in shades for part in shade]


def _between(colour: tuple[int, int, int], ink: float) -> tuple[int, int, int]:
    red, green, blue = (round(p + (c - p) * ink) for p, c in zip(_PAPER, colour, strict=True))
    return red, green, blue
