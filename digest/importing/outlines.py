"""Lists of feeds (OPML)."""

from __future__ import annotations

import re

from digest.importing.confined import RefusedError, missing
from digest.importing.markup import sound_xml
from digest.problems import Location, Problem

_MOST_FEEDS = 500


def feeds_in(origin: str, data: bytes) -> tuple[list[str], list[Problem]]:
    """The addresses of the feeds that a list names, each once."""
    try:
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415 (an extra)
        from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415
    except ModuleNotFoundError as error:
        return [], [missing(error.name, Location(origin))]
    try:
        root = fromstring(sound_xml(data), forbid_dtd=True)
    except (ParseError, DefusedXmlException, RefusedError, RecursionError) as error:
        return [], [
            Problem("D959", f"the list of feeds cannot be read: {error}", Location(origin), hint="is it whole?")
        ]
    addresses = [str(outline.get("xmlUrl") or "") for outline in root.iter("outline")]
    good = list(dict.fromkeys(a for a in addresses if re.match(r"https?://", a)))
    if not good:
        return [], [Problem("D957", "the list names no feed", Location(origin), hint="feeds stand in it as xmlUrl")]
    return good[:_MOST_FEEDS], []
