"""The fonts of cards: which one draws a character, and the font objects, kept as long as the process lives.

All of them come from packages of PyPI, so that a card looks the same on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from unicodedata import category

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont, Layout


class Face(StrEnum):
    """A font file; each is named by what it is for."""

    SERIF = "serif"
    SANS = "sans"
    ARABIC = "arabic"
    ARMENIAN = "Armenian"
    BENGALI = "Bengali"
    CJK = "cjk"
    DEVANAGARI = "Devanagari"
    EMOJI = "emoji"
    ETHIOPIC = "Ethiopic"
    GEORGIAN = "Georgian"
    GUJARATI = "Gujarati"
    GURMUKHI = "Gurmukhi"
    HEBREW = "Hebrew"
    KANNADA = "Kannada"
    KHMER = "Khmer"
    LAO = "Lao"
    MALAYALAM = "Malayalam"
    MYANMAR = "Myanmar"
    ORIYA = "Oriya"
    SINHALA = "Sinhala"
    SYMBOLS = "Symbols"
    TAMIL = "Tamil"
    TELUGU = "Telugu"
    THAI = "Thai"


_STARTS: tuple[tuple[int, Face | None], ...] = (
    (0x0000, None),  # None: Latin, Greek, Cyrillic and common signs, in the font that the text is set in
    (0x0530, Face.ARMENIAN),
    (0x0590, Face.HEBREW),
    (0x0600, Face.ARABIC),
    (0x0900, Face.DEVANAGARI),
    (0x0980, Face.BENGALI),
    (0x0A00, Face.GURMUKHI),
    (0x0A80, Face.GUJARATI),
    (0x0B00, Face.ORIYA),
    (0x0B80, Face.TAMIL),
    (0x0C00, Face.TELUGU),
    (0x0C80, Face.KANNADA),
    (0x0D00, Face.MALAYALAM),
    (0x0D80, Face.SINHALA),
    (0x0E00, Face.THAI),
    (0x0E80, Face.LAO),
    (0x0F00, None),
    (0x1000, Face.MYANMAR),
    (0x10A0, Face.GEORGIAN),
    (0x1100, Face.CJK),
    (0x1200, Face.ETHIOPIC),
    (0x13A0, None),
    (0x1780, Face.KHMER),
    (0x1800, None),
    (0x19E0, Face.KHMER),
    (0x1A00, None),
    (0x1C90, Face.GEORGIAN),
    (0x1CC0, None),
    (0x2160, Face.CJK),
    (0x2190, Face.SYMBOLS),
    (0x2194, Face.CJK),
    (0x2300, Face.SYMBOLS),
    (0x2460, Face.CJK),
    (0x2600, Face.EMOJI),
    (0x27C0, None),
    (0x2B00, Face.EMOJI),
    (0x2C00, None),
    (0x2D00, Face.GEORGIAN),
    (0x2D30, None),
    (0x2D80, Face.ETHIOPIC),
    (0x2DE0, None),
    (0x2E80, Face.CJK),
    (0xA000, None),
    (0xA960, Face.CJK),
    (0xA980, None),
    (0xAC00, Face.CJK),
    (0xD800, None),
    (0xF900, Face.CJK),
    (0xFB00, None),
    (0xFB13, Face.ARMENIAN),
    (0xFB1D, Face.HEBREW),
    (0xFB50, Face.ARABIC),
    (0xFE10, Face.CJK),
    (0xFE20, None),
    (0xFE30, Face.CJK),
    (0xFE70, Face.ARABIC),
    (0xFF00, Face.CJK),
    (0xFFF0, None),
    (0x1F000, Face.EMOJI),
    (0x1F100, Face.SYMBOLS),
    (0x1F200, Face.CJK),
    (0x1F300, Face.EMOJI),
    (0x1F700, Face.SYMBOLS),
    (0x1F780, Face.EMOJI),
    (0x1FB00, None),
    (0x20000, Face.CJK),
    (0x32000, None),
)
"""From which character on which font; where Unicode's blocks begin, as far as the fonts have their characters."""

_FIRST = [start for start, _ in _STARTS]
_HAVE_SIGNS = frozenset({Face.SERIF, Face.SANS, Face.ARABIC, Face.CJK})
"""Fonts with spaces, digits and punctuation of their own."""
_NO_SPACE = frozenset({Face.EMOJI, Face.SYMBOLS})
"""Fonts whose space is not that of a text; the others keep theirs, so that a line is not set word by word."""


@lru_cache(8192)
def script_of(character: str) -> Face | None:
    """The font that a character needs; None for one that any text font has."""
    return _STARTS[bisect_right(_FIRST, ord(character)) - 1][1]


def clings(character: str) -> bool:
    """Whether a character is drawn with the one before it: accents, joiners, shades of emoji."""
    return category(character)[0] == "M" or character in "\u200c\u200d" or "\U0001f3fb" <= character <= "\U0001f3ff"


def keeps_face(character: str, face: Face) -> bool:
    """Whether a sign that belongs to no script can be drawn in the font of what stands before it."""
    return (character == " " and face not in _NO_SPACE) or (face in _HAVE_SIGNS and category(character)[0] in "NPSZ")


def _path(face: Face) -> str:
    noto = "manimgx_fonts"
    package, name = {
        Face.SERIF: ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
        Face.SANS: (noto, "NotoSans[wght].ttf"),
        Face.ARABIC: ("pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf"),
        Face.CJK: ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
        Face.EMOJI: (noto, "NotoEmoji[wght].ttf"),
    }.get(face, (noto, f"NotoSans{face.value}[wght].ttf"))
    return str(files(package) / name)


@lru_cache(256)
def font(face: Face, size: int, weight: int) -> FreeTypeFont:
    """A font at a size in pixels; `weight` counts where the font has more than one (400 is regular, 700 bold)."""
    made = ImageFont.truetype(_path(face), size, layout_engine=Layout.RAQM)
    if face is Face.SERIF:
        made.set_variation_by_axes([weight, 100])
    elif face is not Face.CJK:
        made.set_variation_by_axes([weight])
    return made
