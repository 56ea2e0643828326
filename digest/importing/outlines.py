"""Lists of feeds (OPML)."""

from __future__ import annotations

import re
from html import escape

from digest.importing.confined import RefusedError, missing
from digest.importing.markup import sound_xml
from digest.problems import Location, Problem

_MOST_FEEDS = 500
_WEB = re.compile(r"https?://", re.IGNORECASE)


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
    named = (str(outline.get("xmlUrl") or "").strip() for outline in root.iter("outline"))
    addresses = list(dict.fromkeys(address for address in named if address))
    if not addresses:
        return [], [Problem("D957", "the list names no feed", Location(origin), hint="feeds stand in it as xmlUrl")]
    good = [address for address in addresses if _WEB.match(address)]
    problems = [_not_fetched(origin, data, address) for address in addresses if not _WEB.match(address)]
    if len(good) > _MOST_FEEDS:
        message = f"the list names {len(good):,} feeds; the first {_MOST_FEEDS:,} are fetched"
        problems.append(Problem("D952", message, Location(origin), hint="split it, and import the parts"))
    return good[:_MOST_FEEDS], problems


def _not_fetched(origin: str, data: bytes, address: str) -> Problem:
    """The problem of a feed at something else than a web address: a list from outside must not lead to this machine's
    files."""
    text = data.decode("utf-8", "replace")
    index = max(text.find(form) for form in (address, escape(address, quote=False), escape(address)))
    begin = text.rfind("\n", 0, index) + 1
    at = Location(origin, text.count("\n", 0, index) + 1, index - begin + 1) if index >= 0 else Location(origin)
    message = f"the feed “{address[:200]}” is at no http or https address, so it is not read"
    hint = "where it is a feed of yours, import its file: digest import FILE"
    shown = text[begin:].partition("\n")[0] if index >= 0 else ""
    return Problem("D955", message, at, hint=hint, text=shown)
