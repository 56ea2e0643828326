"""Files for machines: Atom feeds, JSON feeds, sitemaps; other XML and JSON must at least be readable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from digest.check.linked_data import is_date
from digest.check.page import Fault, Target, file_at

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_MOST = 50_000
_LARGEST = 50 * 1024 * 1024

Found = Fault | Target


def read_xml(name: str, data: bytes, url: str) -> Iterator[Found]:
    """What is wrong with an XML file, and where it leads within the site at `url`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Fault("D827", f"{name} cannot be read as XML: {error.msg}", error.lineno or 0)
        return
    if root.tag == f"{_ATOM}feed":
        yield from _atom(root, url)
    elif root.tag in (f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"):
        yield from _sitemap(root, len(data), url)


def _atom(feed: etree._Element, url: str) -> Iterator[Found]:
    """RFC 4287: what a feed and its entries must have."""
    entries = feed.findall(f"{_ATOM}entry")
    for element in (feed, *entries):
        what = "the feed" if element is feed else "an entry"
        for name in ("id", "title", "updated"):
            if not (element.findtext(f"{_ATOM}{name}") or "").strip() and (name != "title" or element is feed):
                yield Fault("D827", f"{what} has no <{name}>", element.sourceline or 0)
        for name in ("updated", "published"):
            given = element.findtext(f"{_ATOM}{name}")
            if given and not _is_moment(given):
                yield Fault("D827", f"<{name}> is not a moment with an offset: {given}", element.sourceline or 0)
        if element is not feed and not _has_content(element):
            yield Fault("D827", "an entry has neither <content> nor an alternate <link>", element.sourceline or 0)
        for link in element.findall(f"{_ATOM}link"):
            yield from leads(link.get("href", ""), link.sourceline or 0, url, "D827")
    has_author = feed.find(f"{_ATOM}author") is not None
    if not has_author and any(e.find(f"{_ATOM}author") is None for e in entries):
        yield Fault("D827", "neither the feed nor each of its entries has an <author>", feed.sourceline or 0)
    yield from _twice((e.findtext(f"{_ATOM}id") or "" for e in entries), feed.sourceline or 0)


def _has_content(entry: etree._Element) -> bool:
    links = entry.findall(f"{_ATOM}link")
    return entry.find(f"{_ATOM}content") is not None or any(
        link.get("rel", "alternate") == "alternate" for link in links
    )


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _twice(ids: Iterable[str], line: int) -> Iterator[Fault]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            yield Fault("D827", f"two entries have the id {id_}", line)
        seen.add(id_)


def leads(address: str, line: int, url: str, code: str) -> Iterator[Found]:
    """Where an absolute address leads within the site; what is wrong with one that is not absolute."""
    if not urlsplit(address).scheme:
        yield Fault(code, f"“{address}” is not an absolute address", line, "set url: in digest.yaml")
    elif url and address.startswith(url):
        path, _, fragment = address.removeprefix(url).partition("#")
        yield Target(file_at(path.partition("?")[0]), fragment, line, address, shown=False)


def _sitemap(root: etree._Element, size: int, url: str) -> Iterator[Found]:
    """What https://www.sitemaps.org/protocol.html asks of a sitemap or an index of them."""
    entries = list(root)
    if len(entries) > _MOST or size > _LARGEST:
        yield Fault("D828", f"the sitemap has {len(entries):,} addresses in {size:,} bytes; 50,000 in 50 MiB may be", 0)
    for entry in entries:
        line = entry.sourceline or 0
        address = (entry.findtext(f"{_SITEMAP}loc") or "").strip()
        if not address:
            yield Fault("D828", "an entry of the sitemap has no <loc>", line)
        elif url and not address.startswith(url):
            yield Fault("D828", f"{address} is not an address of this site", line)
        else:
            yield from leads(address, line, url, "D828")
        moment = entry.findtext(f"{_SITEMAP}lastmod")
        if moment is not None and not is_date(moment):
            yield Fault("D828", f"<lastmod> is not a date: {moment}", line)


def read_json(name: str, data: bytes, url: str) -> Iterator[Found]:
    """What is wrong with a JSON file, and where it leads within the site if it is a JSON Feed."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Fault("D827", f"{name} cannot be read as JSON: {error}", 0)
        return
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, str) and version.startswith("https://jsonfeed.org/version/"):
        yield from _json_feed(found, url)


def _json_feed(feed: dict[str, Any], url: str) -> Iterator[Found]:
    """https://www.jsonfeed.org/version/1.1/: what a feed and its items must have."""
    items = feed.get("items")
    if not feed.get("title"):
        yield Fault("D827", "the feed has no “title”", 0)
    if not isinstance(items, list):
        yield Fault("D827", "the feed has no list “items”", 0)
        return
    for item in items:
        if not isinstance(item, dict) or not item.get("id"):
            yield Fault("D827", "an item of the feed has no “id”", 0)
            continue
        if "content_html" not in item and "content_text" not in item:
            yield Fault("D827", f"the item {item['id']} has neither “content_html” nor “content_text”", 0)
        for key in ("date_published", "date_modified"):
            if key in item and not _is_moment(str(item[key])):
                yield Fault("D827", f"“{key}” is not a moment with an offset: {item[key]}", 0)
        if item.get("url"):
            yield from leads(str(item["url"]), 0, url, "D827")
    yield from _twice((str(i.get("id")) for i in items if isinstance(i, dict) and i.get("id")), 0)
