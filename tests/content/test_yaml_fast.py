from __future__ import annotations

import random
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.content.document import File, decode, front_matter
from digest.content.yaml_fast import MAX_TEXT, fast_yaml
from digest.content.yaml_full import full_yaml
from digest.content.yaml_tree import Map, Node, Seq

CONTENT = Path(__file__).parents[2] / "content"
BEGIN = 4
"""Where front matter begins after its line of ---."""

USUAL = """\
title: Talks resume in the capital\x20
date: 2025-07-01T18:11:00Z
summary: Monitors described conditions along the border as tense.
regions: [NG, PE]
topics: [strikes]
claims:
  - id: c000006
    text: Another round of discussions is expected next month.
    statements:
      - {by: election-commission, via: [daily-record], says: denies, url: 'https://example.org/s/542583'}
      - {by: un-mission, via: [state-wire, agency-one], says: asserts, url: "https://example.org/s/4?a=b"}
"""
RICH = """\
# a note for editors
title: "“Nothing: was paused”, the ministry's office said"
id: us-arms-pause
authors:
- Desk
- 'An editor''s name'

image: {src: map.png, alt: "A map, with {places}"}
thread:
updated: ~
corrections:
  - date: 2025-07-02
    text: The number was 10, not 12.
claims:
  - id: first
    text: Prices rose by 3.5% in C#1 shops at 09:30.
    kind: null
    benefits: []
    harms: [null, russia]
    override:
      label: confirmed
      reason: the court (in ruling#2) said so
    statements:
      - {by: {name: Ada Lovelace, kind: person}, via: [reuters, "daily times"], recorded: 2025-07-02,
         note: "Court filing, on his account; page updated on 4 July.",
         url: https://example.org/a:b}
      -  by: reuters
         derived_from: [[a, b], c]
         value: +5 °C
"""
"""Every form that the quick reader knows."""


def place_tree(node: Node) -> Any:
    """A tree with all its places and the order of its keys, in values that can be compared."""
    if isinstance(node, Map):
        values = [(key, place_tree(value)) for key, value in node.items()]
        return ("map", node.start, list(node.key_at.items()), list(node.value_at.items()), values)
    if isinstance(node, Seq):
        return ("seq", node.start, node.item_at, [place_tree(item) for item in node])
    return node


def is_read_alike(text: str, begin: int = BEGIN) -> bool:
    """Whether the quick reader reads a text; if it does, the full parser must read the same and find no problem."""
    quick = fast_yaml(text, begin)
    if quick is None:
        return False
    full, problems = full_yaml(File("f.md", " " * begin + text), begin, text)
    assert problems == []
    assert place_tree(quick) == place_tree(full)
    return True


def front_matters() -> list[str]:
    """The front matter of the example digest's articles and notes."""
    texts = []
    for path in sorted(CONTENT.rglob("*.md")):
        file, _ = decode(path.name, path.read_bytes())
        assert file is not None
        parts, _ = front_matter(file)
        assert parts is not None
        texts.append(file.text[parts.begin : parts.end])
    return texts


REAL = front_matters()


def test_the_usual_front_matter_is_read() -> None:
    assert is_read_alike(USUAL)


def test_every_known_form_is_read() -> None:
    assert is_read_alike(RICH)


def test_the_example_digest_is_read_where_it_has_no_folded_text() -> None:
    assert len(REAL) > 20
    assert [text for text in REAL if not is_read_alike(text)] == [text for text in REAL if ": >-\n" in text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "- a",
        "a: b\na: c",
        "a: {b: c, b: d}",
        "a: &b c",
        "a: *b",
        "a: !!str b",
        "a: |\n  b",
        "a: >-\n  b",
        "a: b\n  c",
        'a: "b\n  c"',
        'a: "\\x41"',
        "<<: {a: b}",
        "? a\n: b",
        "a: b: c",
        "a: b # c",
        "a: [b: c]",
        "a: [b",
        "a: {b: c]",
        "a: {b: c] d: e}",
        "a: [b}",
        "a: [b} c]",
        "a: [b:]",
        "a: {b: c:, d: e}",
        "a: b\n---\nc: d",
        "a: b\n c: d",
        "a:\n  b: c\n d: e",
        "a:\n  - b\n c: d",
        "a: 'b' c",
        "a: b\tc",
        "\ta: b",
        "a: b\x85c: d",
        "a: b\u2028c: d",
        "\ufeffa: b",
        "a: \x01",
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: -",
        "a: " + "[" * 60 + "]" * 60,
        "a" * 2000 + ": b",
        "a: " + "b" * MAX_TEXT,
    ],
)
def test_what_is_wrong_or_rare_is_left_to_the_full_parser(text: str) -> None:
    assert fast_yaml(text, 0) is None


SIGNS = [
    *"ab0é \n\t-[]{},'\"#:?~&*!|>%",
    "a: ",
    "a:",
    "- ",
    ", ",
    " #",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    "null",
    "<<",
]
"""What YAML-like text is made of."""
KEYS = st.text("abxyz_-09AZé", min_size=1, max_size=6).map(lambda key: "k" + key)
SCALARS = st.one_of(
    st.sampled_from(["", "~", "null", "Null", "a", "it's", 'say "x"', "2025-07-01", "09:30", "https://x.org/?a=b#c"]),
    st.text("ab 09é“”.,:;#'\"-?!/()[]{}&*%@~|>=+\\\u00a0", max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=12,
    ),
    max_size=5,
)


def written(data: Any, style: random.Random, indent: str = "", *, flow: bool = False) -> str:
    """Data as YAML in a style that changes from place to place, and that is now and then wrong."""
    if isinstance(data, str):
        if data.isalnum() or style.random() < 0.1:
            return data + style.choice(["", "", " "])
        return style.choice(["'" + data.replace("'", "''") + "'", f"'{data}'" if "'" not in data else "x", f'"{data}"'])
    if flow or not data or style.random() < 0.3:
        break_ = ",\n" + indent + " " * style.randint(0, 3)
        comma = style.choice([", "] * 5 + [",", " ,  ", break_])
        if isinstance(data, list):
            return "[" + comma.join(written(item, style, indent, flow=True) for item in data) + "]"
        pairs = (f"{key}: {written(value, style, indent, flow=True)}" for key, value in data.items())
        return style.choice(["{", "{ "]) + comma.join(pairs) + "}"
    deeper = indent + " " * style.choice([2] * 9 + [0, 1, 4])
    between = style.choice([""] * 9 + ["\n", f"\n{indent}# note: x", "\n   "])
    if isinstance(data, list):
        gap = style.choice([" "] * 5 + ["   "])
        inner = deeper + " " + gap
        return "".join(f"{between}\n{deeper}-{gap}{written(item, style, inner).lstrip()}" for item in data)
    space = style.choice([" "] * 20 + ["  ", ""])
    return "".join(f"{between}\n{deeper}{key}:{space}{written(value, style, deeper)}" for key, value in data.items())


def mutated(text: str, style: random.Random) -> str:
    """A text with a few characters, words or lines deleted, doubled, moved or put in."""
    signs = [*SIGNS, *"@`\\\u2028", "  ", "\n\n", "''", "---\n"]
    for _ in range(style.randint(1, 4)):
        at = style.randrange(len(text) + 1)
        length = style.choice([0, 0, 1, 1, 2, 8, 40])
        put = style.choice([style.choice(signs), "", text[at : at + length] * 2])
        if style.random() < 0.3:
            lines = text.split("\n")
            line = style.randrange(len(lines))
            indent = style.choice([" ", "  ", "- ", "", lines[style.randrange(len(lines))] + "\n"])
            lines[line] = indent + (lines[line] if style.random() < 0.5 else lines[line].removeprefix("  "))
            text = "\n".join(lines)
        else:
            text = text[:at] + put + text[at + length :]
    return text


STYLES = st.randoms(use_true_random=True)


@settings(max_examples=300, deadline=None)
@given(TREES, STYLES)
def test_data_in_any_style_is_read_alike(data: dict[str, Any], style: random.Random) -> None:
    is_read_alike(dedent(written(data, style)) + style.choice(["", "\n"]))


@settings(max_examples=200, deadline=None)
@given(TREES, st.sampled_from([True, False, None]), st.sampled_from([20, 80, 10**6]), st.booleans())
def test_data_as_the_library_writes_it_is_read_alike(
    data: dict[str, Any], flow: bool | None, width: int, unicode: bool
) -> None:
    is_read_alike(yaml.safe_dump(data, default_flow_style=flow, width=width, allow_unicode=unicode, sort_keys=False))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([USUAL, RICH, *REAL]), STYLES)
def test_real_front_matter_with_changes_is_read_alike(text: str, style: random.Random) -> None:
    is_read_alike(mutated(text, style))


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
def test_any_yaml_like_text_is_read_alike(text: str) -> None:
    is_read_alike("k: " + text)
    is_read_alike("k:" + text)
    is_read_alike(text)
