"""JSON-LD in pages: what search engines and fact-check tools require of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

REQUIRED = {
    "NewsArticle": ("headline", "datePublished"),
    "Claim": ("@id",),
    "ClaimReview": ("claimReviewed", "reviewRating", "author", "url"),
    "BreadcrumbList": ("itemListElement",),
    "Organization": ("name",),
    "NewsMediaOrganization": ("name",),
}
"""What must be there, by type: schema.org's own and Google's rules for what it shows."""
_DATES = ("datePublished", "dateModified")


def json_ld_faults(text: str) -> Iterator[str]:
    """What is wrong with the text of a JSON-LD script, in words."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield f"it cannot be read ({error})"
        return
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            yield "an object is expected"
            continue
        if "schema.org" not in json.dumps(item.get("@context", "")):
            yield "“@context” is not https://schema.org"
        graph = item.get("@graph")
        for node in graph if isinstance(graph, list) else [item]:
            yield from _node(node)


def _node(node: Any) -> Iterator[str]:
    """What is wrong with an object and those within it."""
    if isinstance(node, list):
        for entry in node:
            yield from _node(entry)
        return
    if not isinstance(node, dict):
        return
    kinds = node.get("@type", ())
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        # an object with an @id and nothing else only points to another
        missing = [key for key in REQUIRED.get(kind, ()) if node.get(key) in (None, "", [], {})]
        if missing and node.keys() - {"@type", "@id"}:
            yield f"{kind} lacks {', '.join(f'“{key}”' for key in missing)}"
        if kind == "BreadcrumbList":
            yield from _crumbs(node.get("itemListElement"))
    for key in _DATES:
        if key in node and not is_date(node[key]):
            yield f"“{key}” is not a date: {node[key]!r}"
    for value in node.values():
        yield from _node(value)


def _crumbs(items: Any) -> Iterator[str]:
    listed = items if isinstance(items, list) else []
    positions = [item.get("position") if isinstance(item, dict) else None for item in listed]
    if positions != list(range(1, len(listed) + 1)):
        yield "the positions of BreadcrumbList are not 1, 2, 3 …"


def is_date(value: object) -> bool:
    """Whether a value is a date or a moment as ISO 8601 writes them."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True
