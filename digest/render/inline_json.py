"""JSON that may stand in a file of its own and in a page."""

from __future__ import annotations

import msgspec
from markupsafe import Markup


def as_json(value: object) -> Markup:
    """`{{ value | json }}`: a value as JSON in which no character can end a script element or a line."""
    return Markup(_script_safe(msgspec.json.encode(value).decode()))  # noqa: S704 (no "<" and no "&" is left)


def _script_safe(json: str) -> str:
    json = json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return json if json.isascii() else json.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
