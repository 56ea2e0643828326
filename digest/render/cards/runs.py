"""A line of text as runs: pieces of one font and one direction, in the order in which they are seen.

Within a run the library shapes letters and orders digits; runs are put in order as the Unicode bidirectional algorithm
does it for text without embeddings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from unicodedata import bidirectional, category, normalize

from digest.render.cards.fonts import Face, clings, font, keeps_face, script_of

_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff") | {
    chr(n) for a, b in ((0x202A, 0x202E), (0x2066, 0x2069)) for n in range(a, b + 1)
}


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: `face` is the font of what any font has, `rtl` the direction of the whole, `lang` its
    language (BCP 47), which decides on forms of letters."""

    face: Face
    weight: int
    rtl: bool = False
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line."""

    text: str
    face: Face
    rtl: bool


def plain(text: str) -> str:
    """Text for drawing: one line, composed, without characters that are not seen."""
    seen = ("" if c in _UNSEEN else " " if category(c) in ("Cc", "Zl", "Zp", "Cs", "Cn") else c for c in text)
    return " ".join(normalize("NFC", "".join(seen)).split())


def is_rtl(text: str, default: bool) -> bool:  # noqa: FBT001 (what holds where nothing in the text says)
    """The direction of a text: that of its first letter."""
    return next((d for c in text if (d := _side(c)) is not None), default)


def runs(text: str, kind: Type) -> Iterator[Run]:
    """The runs of a line, leftmost first."""
    if text.isascii():
        yield Run(text, kind.face, rtl=False)
        return
    for rtl, part in _sides(text, base=kind.rtl):
        made = [Run(piece, face, rtl) for face, piece in _faces(part, kind.face)]
        yield from reversed(made) if rtl else made


@lru_cache(4096)
def _side(character: str) -> bool | None:
    """True for a letter that is written from the right, False for one from the left, None for all else."""
    side = bidirectional(character)
    return True if side in ("R", "AL") else False if side == "L" else None


def _sides(text: str, *, base: bool) -> list[tuple[bool, str]]:
    """Parts of one direction, leftmost first; what has none goes with its neighbours if they agree."""
    parts = [(side, "".join(group)) for side, group in groupby(text, _side)]
    known: list[tuple[bool, str]] = []
    for at, (side, part) in enumerate(parts):
        if side is None:
            before = parts[at - 1][0] if at else base
            after = parts[at + 1][0] if at + 1 < len(parts) else base
            side = before if before == after else base  # noqa: PLW2901 (now it is known)
        known.append((bool(side), part))
    joined = [(side, "".join(part for _, part in group)) for side, group in groupby(known, lambda p: p[0])]
    return joined[::-1] if base else joined


def _faces(text: str, face: Face) -> Iterator[tuple[Face, str]]:
    """Pieces of one font."""
    now, begin = face, 0
    for at, character in enumerate(text):
        wanted = script_of(character) or (now if clings(character) or keeps_face(character, now) else face)
        if wanted is not now:
            if at > begin:
                yield now, text[begin:at]
            now, begin = wanted, at
    yield now, text[begin:]


@lru_cache(16_384)
def width(text: str, kind: Type, size: int) -> float:
    """How wide a line is, in pixels."""
    return sum(
        font(run.face, size, kind.weight).getlength(run.text, direction="rtl" if run.rtl else "ltr")
        for run in runs(text, kind)
    )
