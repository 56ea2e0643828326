"""A text becomes YAML that reads back as the same text, here and in other YAML readers."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.content.document import CONTROL, File
from digest.content.yaml_nodes import parse_yaml
from digest.starter.scalar import scalar

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not CONTROL.search(text))


@given(TEXTS, st.booleans())
def test_any_text_reads_back_as_itself(text: str, in_list: bool) -> None:
    value = scalar(text, in_list=in_list)
    root, problems = parse_yaml(File("f.yaml", f"key: [{value}]\n" if in_list else f"key: {value}\n"))
    assert problems == []
    assert root == {"key": [text] if in_list else text}


@given(TEXTS)
def test_other_yaml_readers_take_it_for_the_same_text(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}\n") == {"key": text}


@pytest.mark.parametrize(
    "text", ["Talks resume", "Київ: ні", "it's", "a#b", "50 % more", "a - b", "Ünïcödé", "O’Neill"]
)
def test_quotes_appear_only_where_they_are_needed(text: str) -> None:
    assert scalar(text) == (f'"{text}"' if ": " in text else text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("War: day 3", '"War: day 3"'),
        ("Ends in:", '"Ends in:"'),
        ("Item #1", '"Item #1"'),
        ("# of dead", '"# of dead"'),
        ("null", '"null"'),
        ("NO", '"NO"'),
        ("12:30", '"12:30"'),
        ("2025-07-01", '"2025-07-01"'),
        ("- a list", '"- a list"'),
        ("[bracket", '"[bracket"'),
        ("@handle", '"@handle"'),
        ("%tag", '"%tag"'),
        ("*star", '"*star"'),
        ("&co", '"&co"'),
        ("!bang", '"!bang"'),
        ("'single' first", '''"'single' first"'''),
        ('"double": it\'s first', """'"double": it''s first'"""),
        (r"back\slash: yes", r"'back\slash: yes'"),
        ("\ufeffmark", '"\\U0000FEFFmark"'),
        ("", '""'),
    ],
)
def test_what_yaml_would_read_otherwise_is_quoted(text: str, value: str) -> None:
    assert scalar(text) == value


def test_a_comma_needs_quotes_in_a_list_only() -> None:
    assert scalar("war, peace") == "war, peace"
    assert scalar("war, peace", in_list=True) == '"war, peace"'


def test_control_characters_have_no_form() -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        scalar("a\x07b")
