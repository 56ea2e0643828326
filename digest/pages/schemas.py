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
    content = {key: value for key, value in entry.items() if key != "description"}
    return {
        "type": "string",
        "description": f"{entry['description']} A list as JSON.",
        "contentMediaType": "application/json",
        "contentSchema": content,
    }


def _whole(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title, **schema}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "edition": edition_schema,
    "claim": claim_schema,
    "claim.csv": csv_schema,
}
"""What each is a schema of; it stands at data/NAME.schema.json."""
