"""Rows as text for other programs: JSON, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, json, to_builtins

_BREAKS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}
"""Characters at which some programs end a line, though JSON need not escape them."""

_ENCODER = json.Encoder()

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that spreadsheets take for a formula (OWASP, “CSV Injection”), full-width forms included; with
apostrophes before it too, so that taking the first one away always gives back what was put in."""


def as_json(value: object) -> str:
    """A value as one line of JSON."""
    text = _ENCODER.encode(value).decode()
    if text.isascii():
        return text
    for character, escape in _BREAKS.items():
        text = text.replace(character, escape)
    return text


def as_document(value: object) -> str:
    """A value as JSON with indents, for people and programs."""
    return json.format(as_json(value), indent=2) + "\n"


def as_jsonl(rows: Iterable[Struct]) -> str:
    """Rows as JSON lines."""
    return "".join(as_json(row) + "\n" for row in rows)


def as_csv(rows: Sequence[Struct], kind: type[Struct]) -> str:
    """Rows of a kind as CSV (RFC 4180) with a head: lists as JSON in a cell; cells that spreadsheets would take for a
    formula have an apostrophe before them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(kind.__struct_fields__)
    writer.writerows([harmless(cell) for cell in flat(row).values()] for row in rows)
    return out.getvalue()


def flat(row: Struct) -> dict[str, str]:
    """A row's cells: texts as they are, lists as JSON."""
    return {key: value if isinstance(value, str) else as_json(value) for key, value in to_builtins(row).items()}


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
