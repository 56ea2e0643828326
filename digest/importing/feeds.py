"""Feeds: RSS, Atom and JSON Feed, one item an entry; and lists of feeds (OPML)."""

from __future__ import annotations

import json
import re
from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from digest.importing.confined import RefusedError
from digest.importing.headlines import headed
from digest.importing.items import Found, Item, stamp
from digest.importing.lexicon import LANGUAGE, lexicon
from digest.importing.links import without_tracking
from digest.importing.markdown import clean, one_line, visible
from digest.importing.markup import plain, sound_xml
from digest.importing.raw import Known
from digest.importing.surroundings import without_surroundings
from digest.problems import Location, Problem, Severity

_MOST_ENTRIES = 5000
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_LONGEST_WORDS = 1000


def feed_items(origin: str, data: bytes, known: Known) -> Found:
    """The items of a feed; entries without title and text are left out, and counted."""
    entries, problems = known.confined("feed", origin, data)
    at = Location(origin)
    if not entries and not problems:
        problems = [Problem("D957", "the feed has no entries", at, hint="perhaps it will have some later")]
    items = [item for entry in entries if (item := entry_item(origin, entry, known))]
    empty = len(entries) - len(items)
    if empty:
        what = "1 entry of the feed has" if empty == 1 else f"{empty:,} entries of the feed have"
        message = f"{what} neither a title nor a text, and there is no draft of such"
        severity = Severity.WARNING if items else Severity.ERROR
        problems = [*problems, Problem("D957", message, at, severity, "look into the feed: is it as it should be?")]
    beyond = entries[0]["beyond"] if entries else 0
    if beyond:
        message = f"the feed has {len(entries) + beyond:,} entries; the first {len(entries):,} are read"
        hint = "a feed begins with what is newest; to have it all, split it, and import the parts"
        problems = [*problems, Problem("D952", message, at, Severity.WARNING, hint)]
    return Found(tuple(items), tuple(problems))


def entry_item(origin: str, entry: dict[str, Any], known: Known) -> Item | None:
    """The item of one entry, None where it has neither title nor text; `entry` has what `read_feed` gives."""
    text = without_surroundings(visible(clean(entry["text"])), lexicon(LANGUAGE))
    title, proposal = headed(one_line(entry["title"]), text, known)
    if not title:
        return None
    return Item(
        origin=f"the feed {entry['feed'] or origin}",
        title=title,
        text=text,
        key=entry["id"] and f"id:{entry['id']}",
        link=entry["link"],
        when=entry["when"],
        outlet=known.outlet(entry["link"]) or one_line(entry["feed"]),
        proposal=proposal,
        extra=(("authors", tuple(entry["authors"])),),
    )


def read_feed(data: bytes) -> list[dict[str, Any]]:
    """The entries of a feed as plain data. Raises RefusedError where the bytes are no feed."""
    if data.lstrip()[:1] == b"{":
        return _json_feed(data)
    import feedparser  # noqa: PLC0415 (an extra)

    # As a stream: bytes are taken for the name of a file or for an address first, and that is read.
    xml, beyond = _first_entries(sound_xml(data))
    parsed = feedparser.parse(BytesIO(xml), sanitize_html=False)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        why = getattr(parsed, "bozo_exception", "no entries")
        raise RefusedError(f"this is no feed: {why}")
    feed = str(parsed.feed.get("title", ""))
    return [{**_entry(entry, feed), "beyond": beyond} for entry in parsed.entries[:_MOST_ENTRIES]]


def _first_entries(xml: bytes) -> tuple[bytes, int]:
    """A feed with its first entries only, and how many there are beyond: a parser that sees all of a long archive takes
    longer than it may."""
    ends = [found.end() for found in _ENTRY_END.finditer(xml)]
    if len(ends) <= _MOST_ENTRIES:
        return xml, 0
    return xml[: ends[_MOST_ENTRIES - 1]] + xml[ends[-1] :], len(ends) - _MOST_ENTRIES


def _entry(entry: Any, feed: str) -> dict[str, Any]:
    contents = [str(part.value) for part in entry.get("content", ())]
    html = max([*contents, str(entry.get("summary", ""))], key=len)
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    when = stamp(datetime.fromtimestamp(timegm(parsed), UTC)) if parsed else ""
    return {
        "id": str(entry.get("id", "")),
        "link": _web(entry.get("link")),
        "title": plain(str(entry.get("title", ""))).replace("\n", " "),
        "text": plain(html),
        "when": when or _words(entry.get("published") or entry.get("updated")),
        "feed": feed,
        "authors": [str(a["name"]) for a in entry.get("authors", ()) if a.get("name")],
    }


def _json_feed(data: bytes) -> list[dict[str, Any]]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"this is no JSON Feed: {error}") from error
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise RefusedError("this is no JSON Feed: it names no version of https://jsonfeed.org")
    items = feed.get("items")
    if not isinstance(items, list):
        raise RefusedError("this JSON Feed has no list of items")
    title, beyond = str(feed.get("title", "")), max(0, len(items) - _MOST_ENTRIES)
    entries = [item if isinstance(item, dict) else {} for item in items[:_MOST_ENTRIES]]
    return [{**_json_entry(entry, title), "beyond": beyond} for entry in entries]


def _json_entry(item: dict[str, Any], feed: str) -> dict[str, Any]:
    text = str(item.get("content_text") or "") or plain(str(item.get("content_html") or item.get("summary") or ""))
    authors = [a for a in item.get("authors") or [item.get("author")] if isinstance(a, dict)]
    return {
        "id": _words(item.get("id")),
        "link": _web(item.get("url")),
        "title": str(item.get("title") or ""),
        "text": text,
        "when": _moment(item.get("date_published") or item.get("date_modified")),
        "feed": feed,
        "authors": [str(a["name"]) for a in authors if a.get("name")],
    }


def _moment(text: object) -> str:
    """A moment as front matter has it; the words as they are where they give none."""
    try:
        return stamp(datetime.fromisoformat(str(text)))
    except ValueError:
        return _words(text)


def _words(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())[:_LONGEST_WORDS]


def _web(link: object) -> str:
    text = str(link or "").strip()
    fits = text.startswith(("http://", "https://")) and not any(c in text for c in ' "<>\n')
    return without_tracking(text) if fits else ""
