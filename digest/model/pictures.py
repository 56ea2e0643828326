"""Pictures beside articles."""

from __future__ import annotations

from digest.frozen import Frozen


class Sized(Frozen, frozen=True):
    """A picture as it stands in the site: its size in pixels, and the widths of its smaller copies in WebP."""

    width: int
    height: int
    widths: tuple[int, ...] = ()


def copy_of(name: str, width: int) -> str:
    """The name of a picture's copy of some width, or the end of its address."""
    return f"{name}.{width}w.webp"
