"""Rows as text: read back as they were put in, and harmless where they are opened."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from digest.pages.tables import as_csv, as_json, as_jsonl, harmless


class Row(Struct, frozen=True):
    id: str
    text: str
    many: tuple[str, ...]


ROWS = st.builds(Row, id=st.text(), text=st.text(), many=st.lists(st.text()).map(tuple))


def back(cell: str) -> str:
    """A cell as it was, as the documentation says how to get it back."""
    return re.sub("^'(?='*[=+\\-@\t\r\n＝＋－＠])", "", cell)


@given(st.lists(ROWS))
def test_csv_gives_back_every_text(rows: list[Row]) -> None:
    found = list(csv.DictReader(io.StringIO(as_csv(rows, Row), newline="")))
    assert [(back(r["id"]), back(r["text"]), tuple(json.loads(r["many"]))) for r in found] == [
        (r.id, r.text, r.many) for r in rows
    ]


@given(st.lists(ROWS))
def test_json_lines_are_one_line_each_however_lines_are_told(rows: list[Row]) -> None:
    text = as_jsonl(rows)
    assert len(text.splitlines()) == len(rows)
    assert [json.loads(line) for line in text.splitlines()] == [
        {"id": r.id, "text": r.text, "many": list(r.many)} for r in rows
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", "'=1"])
def test_what_spreadsheets_take_for_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "1", "“=”", "'tis", "[]", "х"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_json_has_its_keys_in_order_and_escapes_control_characters() -> None:
    assert as_json(Row("a", "\x1f\u2028&", ())) == '{"id":"a","text":"\\u001f\\u2028&","many":[]}'
