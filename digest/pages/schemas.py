"""The JSON Schemas of what the site gives out as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import json

from digest.pages.edition_data import EditionData
from digest.pages.rows import ClaimRow

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def edition_schema() -> dict[str, Any]:
    """Of an edition's index.json."""
    return _whole(json.schema(EditionData), "An edition of a digest")


def claim_schema() -> dict[str, Any]:
    """Of one line of a file of claims in JSON lines."""
    return _whole(json.schema(ClaimRow), "A claim of a digest: one line of claims.jsonl")


def csv_schema() -> dict[str, Any]:
    """Of one row of a file of claims in CSV, read as an object of texts."""
    schema = claim_schema()
    row = schema["$defs"][ClaimRow.__name__]
    row["properties"] = {name: _cell(entry) for name, entry in row["properties"].items()}
    return schema | {"title": "A claim of a digest: one row of claims.csv"}


def _cell(entry: dict[str, Any]) -> dict[str, Any]:
    """A list stands in its cell as JSON."""
    if entry.get("type") != "array":
        return entry
    return {
        "type": "string",
        "description": f"{entry['description']} A list as JSON.",
        "contentMediaType": "application/json",
        "contentSchema": _without(entry),
    }


def _whole(schema: dict[str, Any], title: str) -> dict[str, Any]:
    # Docstrings are for those who read the code, and are not there under `python -OO`.
    told = {name: {"description": _DESCRIPTIONS[name]} | _without(entry) for name, entry in schema["$defs"].items()}
    return {"$schema": _DRAFT, "title": title, **schema, "$defs": told}


def _without(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "description"}


_DESCRIPTIONS = {
    "ClaimRow": "A claim of the digest, as it stands now.",
    "ClaimKind": "What sort of thing a claim says.",
    "Label": "How far a claim is verified, from strong to weak.",
    "Labelled": "A label from a moment on, and the rule that gave it.",
    "EditionData": "The edition of one day. `articles` and `claims` are their numbers, `labels` how many claims "
    "carried which label at that day’s end; `previous` and `following` are the days of the editions beside it.",
    "Publication": "The digest that the edition is one of.",
    "Editor": "The editor’s note, as plain text.",
    "Counted": "How many claims carry a label; `name` is in the digest’s language.",
    "RegionData": "The articles that have this as their primary region, in the order of the page; `within` is where it "
    "lies, the largest first. The last one may have neither: articles without a region.",
    "Named": "A name with the page that it leads to.",
    "ArticleData": "An article of the edition. `id` never changes; `updated` moves when the article or a label of its "
    "claims does. `sources` says in words on how many it rests; `topic` is its primary one.",
    "ClaimData": "A claim with the label that it had at the end of the edition’s day; `now` where that is no longer "
    "so. `id` is the same as in the files of claims.",
    "Note": "A short note beside a label: its kind, and its words in the digest’s language.",
    "Now": "What a label has become, and since which day.",
}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "edition": edition_schema,
    "claim": claim_schema,
    "claim.csv": csv_schema,
}
"""What each is a schema of; it stands at data/NAME.schema.json."""
