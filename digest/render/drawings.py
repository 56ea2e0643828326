"""Drawings in SVG beside articles: how large they want to be."""

from __future__ import annotations

import re
from io import BytesIO

from digest.model.pictures import Sized

_PIXELS = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn(data: bytes) -> Sized:
    """A drawing's size in CSS pixels: that of its first element, or of what is to be seen of it (viewBox); 0 by 0 where
    neither says, or the file is none. A drawing needs no smaller copies."""
    from lxml import etree  # noqa: PLC0415 (few digests need it)

    try:
        events = etree.iterparse(
            BytesIO(data), events=("start",), resolve_entities=False, no_network=True, load_dtd=False
        )
        _, root = next(iter(events))
    except (etree.XMLSyntaxError, StopIteration):
        return Sized(0, 0)
    width, height = (_PIXELS.fullmatch(str(root.get(name) or "")) for name in ("width", "height"))
    if width and height:
        return Sized(round(float(width[1])), round(float(height[1])))
    box = _NUMBER.findall(str(root.get("viewBox") or ""))
    return Sized(round(float(box[2])), round(float(box[3]))) if len(box) == 4 else Sized(0, 0)
