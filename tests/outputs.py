"""Reading what a build writes for programs: feeds, lists of feeds, sitemaps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def feed_faults(file: Path) -> list[str]:
    """What is wrong with an Atom feed, by RFC 4287 and beyond what its schema can say."""
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    tree = etree.parse(file)
    faults = [] if schema.validate(tree) else [str(error) for error in schema.error_log]
    links = [[link.get("rel") for link in element.findall(f"{ATOM}link")] for element in tree.iter(f"{ATOM}entry")]
    faults += ["an entry without its one page"] if links != [["alternate"]] * len(links) else []
    own = sorted(link.get("rel") or "" for link in tree.getroot().findall(f"{ATOM}link"))
    faults += [] if own == ["alternate", "self"] else [f"links of the feed: {own}"]
    ids = [element.text or "" for element in tree.iter(f"{ATOM}id")]
    faults += [f"an id stands twice: {id_}" for id_ in {i for i in ids if ids.count(i) > 1}]
    return [f"{file.name}: {fault}" for fault in faults]


def sitemap_faults(file: Path) -> list[str]:
    """What is wrong with a sitemap or an index of sitemaps, by sitemaps.org's protocol and Google's rules for news."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    return [] if schema.validate(etree.parse(file)) else [f"{file.name}: {error}" for error in schema.error_log]


def json_faults(file: Path) -> list[str]:
    """What is wrong with a JSON Feed, by jsonfeed.org's version 1.1."""
    feed = json.loads(file.read_text(encoding="utf-8"))
    faults = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["no version"]
    faults += [f"no {name}" for name in ("title", "home_page_url", "feed_url") if not _text(feed.get(name))]
    for item in feed["items"]:
        faults += [f"no {name}: {item}" for name in ("id", "url", "date_published") if not _text(item.get(name))]
        faults += [] if _text(item.get("content_html")) or _text(item.get("content_text")) else [f"no content: {item}"]
        tags, authors = item.get("tags", []), item.get("authors", [])
        faults += [] if all(map(_text, tags)) and all(_text(a["name"]) for a in authors) else [f"empty: {item}"]
    ids = [item["id"] for item in feed["items"]]
    return [f"{file.name}: {fault}" for fault in faults + (["an id stands twice"] if len(set(ids)) < len(ids) else [])]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def locations(file: Path) -> dict[str, str]:
    """The addresses in a sitemap or its index, each with its last change, "" where none is given."""
    found = {}
    for element in etree.parse(file).getroot():
        found[element.findtext(f"{SITEMAP}loc") or ""] = element.findtext(f"{SITEMAP}lastmod") or ""
    return found
