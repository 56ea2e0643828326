"""The shapes of the schema.org types that digest writes: which properties each may and must have, and of what kind.

From the definitions at schema.org (version 29) and, for what must be there, Google's lists for Article, ClaimReview and
BreadcrumbList.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?")
_URL = re.compile(r"https?://[^\s<>\"]+")

SIMPLE: dict[str, Callable[[Any], bool]] = {
    "Text": lambda v: isinstance(v, str) and v != "",
    "Number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "Boolean": lambda v: isinstance(v, bool),
    "Date": lambda v: isinstance(v, str) and _DATE.fullmatch(v) is not None,
    "URL": lambda v: isinstance(v, str) and _URL.fullmatch(v) is not None,
}
WORK = {
    "@id": "URL",
    "url": "URL",
    "name": "Text",
    "description": "Text",
    "inLanguage": "Text",
    "isPartOf": "CreativeWork",
    "mainEntityOfPage": "URL",
    "datePublished": "Date",
    "publisher": "Organization",
    "author": "Organization Person",
    "citation": "CreativeWork",
    "mentions": "Claim",
    "contentLocation": "Place",
    "text": "Text",
    "creditText": "Text",
    "isBasedOn": "Claim",
    "about": "Thing",
}
PAGE = WORK | {"breadcrumb": "BreadcrumbList", "primaryImageOfPage": "ImageObject", "mainEntity": "ItemList"}


@dataclass(frozen=True)
class Shape:
    """What a type may have, and what it must have in any case."""

    may: dict[str, str]
    must: frozenset[str]


def _shape(may: dict[str, str], must: str) -> Shape:
    return Shape(may, frozenset(must.split()))


SHAPES: dict[str, Shape] = {
    "NewsArticle": _shape(
        WORK
        | {
            "headline": "Text",
            "dateModified": "Date",
            "isAccessibleForFree": "Boolean",
            "image": "URL",
            "articleSection": "Text",
            "correction": "CorrectionComment",
        },
        "@id headline datePublished",
    ),
    "Claim": _shape(WORK | {"appearance": "CreativeWork", "firstAppearance": "CreativeWork"}, "@id"),
    "ClaimReview": _shape(
        WORK | {"claimReviewed": "Text", "itemReviewed": "Claim", "reviewBody": "Text", "reviewRating": "Rating"},
        "@id url claimReviewed itemReviewed author datePublished reviewRating",
    ),
    "Rating": _shape(
        {"alternateName": "Text", "ratingValue": "Number", "bestRating": "Number", "worstRating": "Number"},
        "alternateName",
    ),
    "CorrectionComment": _shape(WORK, "text datePublished"),
    "CreativeWork": _shape(WORK, "url creditText"),
    "BreadcrumbList": _shape({"@id": "URL", "itemListElement": "ListItem"}, "@id itemListElement"),
    "ItemList": _shape({"numberOfItems": "Number", "itemListElement": "ListItem"}, "numberOfItems itemListElement"),
    "ListItem": _shape({"position": "Number", "name": "Text", "item": "URL", "url": "URL"}, "position"),
    "CollectionPage": _shape(PAGE, "@id url name isPartOf"),
    "WebPage": _shape(PAGE, "@id url name isPartOf"),
    "WebSite": _shape(WORK, "@id url name publisher"),
    "ImageObject": _shape({"url": "URL", "width": "Number", "height": "Number"}, "url width height"),
    "Organization": _shape({"@id": "URL", "name": "Text", "url": "URL"}, "name"),
    "Person": _shape({"name": "Text", "url": "URL"}, "name"),
    "Place": _shape({"name": "Text"}, "name"),
    "Thing": _shape({"name": "Text", "url": "URL"}, "name"),
}
_WORKS = frozenset({"NewsArticle", "Claim", "CreativeWork", "CollectionPage", "WebPage", "WebSite", "ClaimReview"})


def faults(node: object, where: str = "", expected: str = "") -> Iterator[str]:
    """What is wrong with a thing and with all that it holds."""
    if not isinstance(node, dict):
        yield f"{where}: {node!r} is no thing"
        return
    if node.keys() == {"@id"}:
        if not SIMPLE["URL"](node["@id"]):
            yield f"{where}: {node['@id']!r} is no address"
        return
    kind = node.get("@type", "Thing")
    if kind not in SHAPES or (expected and not _fits(kind, expected)):
        yield f"{where}: a {kind} stands for {expected or 'a known type'}"
        return
    shape = SHAPES[kind]
    given = node.keys() - {"@type"}
    yield from (f"{where}/{kind}: no {name}" for name in sorted(shape.must - given) if node.keys() - {"@type", "@id"})
    for name in given:
        if name not in shape.may:
            yield f"{where}/{kind}: {name} is no property of it"
            continue
        values = node[name] if isinstance(node[name], list) else [node[name]]
        if not values:
            yield f"{where}/{kind}: {name} is empty"
        for value in values:
            yield from _value_faults(value, f"{where}/{kind}/{name}", shape.may[name])


def _value_faults(value: object, where: str, kind: str) -> Iterator[str]:
    if kind not in SIMPLE:
        yield from faults(value, where, kind)
    elif not SIMPLE[kind](value):
        yield f"{where}: {value!r} is no {kind}"


def _fits(kind: str, expected: str) -> bool:
    return kind in expected.split() or (expected == "CreativeWork" and kind in _WORKS) or expected == "Thing"
