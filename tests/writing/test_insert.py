"""Statements and sources are added to files of any style, and every other byte stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.content.articles import parse_article
from digest.content.catalogue import regions, topics
from digest.content.context import Context, Lookup
from digest.content.document import decode
from digest.content.registry import parse_registry
from digest.model import Settings
from digest.writing import with_source, with_statement
from digest.writing.draft import opened
from digest.writing.insert import in_block, in_flow

SETTINGS = Settings("Test")
SOURCES = """\
parties:
  ru: {name: Russia}
sources:
  tass: {name: Tass, kind: agency, controlled_by: ru}
  reuters: {name: Reuters, kind: agency}
  bbc: {name: BBC, kind: outlet}
"""
_REGISTERED, _ = parse_registry(decode("content/sources.yaml", SOURCES.encode())[0] or pytest.fail("no text"), SETTINGS)
CONTEXT = Context(SETTINGS, _REGISTERED or pytest.fail("no registry"), Lookup(regions("en")), Lookup(topics("en")))
STATEMENT = {
    "by": "tass",
    "says": "denies",
    "via": ["reuters"],
    "recorded": "2025-07-02",
    "note": "No: “never” # it said",
}
PATH = "content/2025/07/01/x.md"


def removed(before: bytes, after: bytes) -> bytes:
    """What stands in the second text and not in the first, if the first is what remains without it."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    size = len(after) - len(before)
    for begin in range(start, -1, -1):  # where the text around repeats, the added piece may begin earlier
        if after[:begin] + after[begin + size :] == before:
            return after[begin : begin + size]
    pytest.fail(f"more than an addition:\n{before.decode()}\n{after.decode()}")


def statements(data: bytes, claim: str) -> list[Any]:
    parsed, problems = parse_article(PATH, data, CONTEXT)
    assert problems == []
    return [(s.by, str(s.says), s.via, s.note) for one in parsed.claims if one.id == claim for s in one.statements]


NEW = ("tass", "denies", ("reuters",), "No: “never” # it said")
FRONT = "title: A title\ndate: 2025-07-01\n"
STYLES = {
    "braces behind dashes": "claims:\n  - id: c\n    text: T.\n    statements:\n      - {by: bbc}   # why\n      # b\n",
    "keys on lines": "claims:\n  - id: c\n    text: T.\n    statements:\n      - by: bbc\n        url: https://x.org/a\n",
    "dashes under the key": "claims:\n- id: c\n  text: T.\n  statements:\n  - by: bbc\n  - {by: reuters}\n",
    "one line": "claims: [{id: c, text: T., statements: [{by: bbc}]}] # end\n",
    "brackets on lines": "claims:\n  - id: c\n    text: T.\n    statements: [\n      {by: bbc}, # one\n    ]\n",
    "empty brackets": "claims:\n  - {id: c, text: T., statements: []}\n",
    "no statements": "claims:\n  - id: c\n    text: T.\n    # so far nobody\n  - id: d\n    text: U.\n",
    "no statements in braces": "claims:\n  - {id: c, text: T.}\n",
    "a key without a value": "claims:\n  - id: c\n    statements:   # to come\n    text: T.\n",
    "a key without a value in braces": "claims:\n  - {id: c, statements: , text: T.}\n",
    "a statement that is no list": "claims: [{id: c, text: T., statements: {by: bbc}}]\n",
    "a note of several lines": "claims:\n  - id: c\n    text: T.\n    statements:\n      - by: bbc\n        note: |\n"
    "          One.\n\n          Two.\n\n\n    # end\n",
    "a note that keeps its blank lines": "claims:\n  - id: c\n    text: T.\n    statements:\n      - by: bbc\n"
    "        note: |+\n          One.\n\n\n    kind: event\n",
    "keys after it": "claims:\n  - id: c\n    text: T.\n    statements: [by: bbc]\n    place: Here\nlang: en\n",
    "quoted words": "\"claims\":\n  - 'id': \"c\"\n    text: 'It''s.'\n    statements:\n      - {\"by\": 'bbc'}\n",
}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("newline", LINE_ENDS.values(), ids=LINE_ENDS.keys())
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_a_statement_is_the_last_of_its_claim_and_the_only_change(style: str, mark: bytes, newline: str) -> None:
    data = mark + f"---\n{FRONT}{style}---\nText with  blanks \n\n".replace("\n", newline).encode()
    made, problems = with_statement(PATH, data, "c", STATEMENT, CONTEXT)
    assert problems == []
    assert statements(made, "c") == [*statements(data, "c"), NEW]
    assert statements(made, "d") == []
    if "{by: bbc}}" not in style:  # brackets around the only statement are a change in two places
        assert b"tass" in removed(data, made)
    assert newline == "\n" or b"\n" not in made.replace(newline.encode(), b"")


def test_a_statement_looks_like_its_neighbours() -> None:
    data = f"---\n{FRONT}{STYLES['keys on lines']}---\n".encode()
    made, _ = with_statement(PATH, data, "c", {"by": "tass", "says": "denies"}, CONTEXT)
    assert made.endswith(b"        url: https://x.org/a\n      - by: tass\n        says: denies\n---\n")


TIDY = {
    "below the last in brackets": (
        "[\n      {by: bbc},  # a\n      {by: reuters}\n    ]",
        "[\n      {by: bbc},  # a\n      {by: reuters},\n      NEW\n    ]",
    ),
    "a comma at the end stays the way": (
        "[\n      {by: bbc},  # a\n      # b\n    ]",
        "[\n      {by: bbc},  # a\n      NEW,\n      # b\n    ]",
    ),
    "a comment without a comma": (
        "[\n      {by: bbc}  # a\n    ]",
        "[\n      {by: bbc},  # a\n      NEW\n    ]",
    ),
    "aligned with the bracket": (
        "[{by: bbc},\n                 {by: reuters}]",
        "[{by: bbc},\n                 {by: reuters},\n                 NEW]",
    ),
    "on one line": (
        "[{by: bbc}]",
        "[{by: bbc}, NEW]",
    ),
    "on one line with a comma": (
        "[{by: bbc}, ]",
        "[{by: bbc}, NEW, ]",
    ),
    "empty": (
        "[]",
        "[NEW]",
    ),
    "empty with a blank": (
        "[ ]  # none yet",
        "[ NEW ]  # none yet",
    ),
    "empty on lines": (
        "[\n      # none yet\n    ]",
        "[\n      # none yet\n      NEW\n    ]",
    ),
    "behind wide dashes": (
        "\n      -   by: bbc\n          says: denies",
        "\n      -   by: bbc\n          says: denies\n      -   by: tass",
    ),
    "below what is said of the last": (
        "\n      - {by: bbc}\n        # said so twice\n      # to come: one more",
        "\n      - {by: bbc}\n        # said so twice\n      - NEW\n      # to come: one more",
    ),
}


@pytest.mark.parametrize(("before", "after"), TIDY.values(), ids=TIDY.keys())
def test_a_statement_stands_where_a_person_would_put_it(before: str, after: str) -> None:
    front = f"---\n{FRONT}claims:\n  - id: c\n    text: T.\n    statements: {before}\n---\n"
    made, problems = with_statement(PATH, front.encode(), "c", {"by": "tass"}, CONTEXT)
    assert problems == []
    assert made.decode() == front.replace(before, after.replace("NEW", "{by: tass}"))


def test_a_claim_of_another_article_is_mentioned() -> None:
    data = f"---\n{FRONT}{STYLES['braces behind dashes']}---\n".encode()
    made, problems = with_statement(PATH, data, "elsewhere", STATEMENT, CONTEXT)
    assert problems == []
    assert statements(made, "elsewhere") == [NEW]
    assert removed(data, made).lstrip().startswith(b"- id: elsewhere\n    statements: [{by: tass")


def test_an_article_without_claims_gets_its_first() -> None:
    data = f"---\n{FRONT}---\n".encode()
    made, problems = with_statement(PATH, data, "elsewhere", STATEMENT, CONTEXT)
    assert problems == []
    assert statements(made, "elsewhere") == [NEW]


@pytest.mark.parametrize("sources", ["[bbc]", "bbc", "\n  - bbc # first\n  - {by: reuters}", "\n- bbc"])
def test_the_claim_of_a_plain_item_gets_one_more_source(sources: str) -> None:
    data = f"---\n{FRONT}sources: {sources}\nlang: en\n---\n".encode()
    made, problems = with_statement(PATH, data, "x", STATEMENT, CONTEXT)
    assert problems == []
    assert statements(made, "x") == [*statements(data, "x"), NEW]


def test_nothing_is_made_where_the_article_would_have_errors() -> None:
    data = f"---\n{FRONT}{STYLES['one line']}---\n".encode()
    made, problems = with_statement(PATH, data, "c", {"by": "tas"}, CONTEXT)
    assert (made, [problem.code for problem in problems]) == (b"", ["D302"])
    broken = b"---\ntitle: War: day 3\n---\n"
    assert with_statement(PATH, broken, "c", STATEMENT, CONTEXT)[1][0].code == "D101"


def test_a_statement_on_lines_that_is_no_list_is_left_to_the_writer() -> None:
    data = f"---\n{FRONT}claims:\n  id: c\n  text: T.\n  statements:\n    by: bbc\n---\n".encode()
    made, (problem,) = with_statement(PATH, data, "c", STATEMENT, CONTEXT)
    assert (made, problem.code) == (b"", "D203")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1).filter(
    lambda text: text == text.strip()
)
comments = st.sampled_from(["", "  # a: {b", "\n      # - {by: reuters}", "\n\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["bbc", "reuters"]), words, comments), max_size=4), words, st.booleans())
def test_whatever_stands_there_stays_byte_for_byte(held: list[tuple[str, str, str]], note: str, block: bool) -> None:
    items = [({"by": by, "note": words}, after) for by, words, after in held]
    lines = "".join(f"\n      - {in_block(one, 8) if block else in_flow(one)}{after}" for one, after in items)
    data = f"---\n{FRONT}claims:\n  - id: c\n    text: T.\n    statements:{lines}\n    # end\n---\n{note}\n".encode()
    made, problems = with_statement(PATH, data, "c", {"by": "tass", "note": note}, CONTEXT)
    assert [p for p in problems if p.code not in {"D107", "D118", "D211", "D412"}] == []
    if problems:
        return
    assert b"tass" in removed(data, made)
    assert statements(made, "c") == [*statements(data, "c"), ("tass", "asserts", (), note)]


REGISTRIES = {
    "one line each": SOURCES,
    "comments at the end": SOURCES + "  # --- Own ---\n\n# end\n",
    "no line end": SOURCES.rstrip("\n"),
    "keys on lines": "sources:\n  bbc:\n    name: BBC\n    kind: outlet\nparties: {ru: {name: Russia}}\n",
    "braces": "{sources: {bbc: {name: BBC, kind: outlet}}, parties: {ru: {name: Russia}}}\n",
    "no sources": "parties:\n  ru: {name: Russia}   # one\n",
    "sources to come": "sources:   # soon\nparties:\n  ru: {name: Russia}\n",
    "comments only": "# nothing yet\n",
    "empty braces": "sources: {}\nparties: {ru: {name: Russia}}\n",
}


@pytest.mark.parametrize("newline", LINE_ENDS.values(), ids=LINE_ENDS.keys())
@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES.keys())
def test_a_source_is_the_only_change(registry: str, newline: str) -> None:
    data = registry.replace("\n", newline).encode()
    relation = {"controlled_by": "ru"} if "ru:" in registry else {}
    source = {"name": "RIA: Novosti", "kind": "agency", **relation}
    made, problems = with_source(data, "ria", source, SETTINGS)
    assert problems == []
    assert b"ria: {" in removed(data, made) or b"ria:" in removed(data, made)
    after, _ = opened("content/sources.yaml", made)
    assert after is not None
    assert list(after.tree["sources"])[-1] == "ria"
    assert after.tree["sources"]["ria"] == source


def test_the_first_source_makes_the_registry() -> None:
    made, problems = with_source(None, "bbc", {"name": "BBC", "kind": "outlet"}, SETTINGS)
    assert problems == []
    assert made.endswith(b"sources:\n  bbc: {name: BBC, kind: outlet}\n")


def test_a_source_that_stands_there_or_is_wrong_is_a_problem() -> None:
    for id_, source, code in [
        ("bbc", {"name": "BBC", "kind": "outlet"}, "D102"),
        ("A b", {"name": "X", "kind": "outlet"}, "D501"),
        ("x", {"name": "X", "kind": "outlet", "speaks_for": "fr"}, "D301"),
        ("x", {"name": "X", "kind": "radio"}, "D204"),
    ]:
        made, (problem,) = with_source(SOURCES.encode(), id_, source, SETTINGS)
        assert (made, problem.code) == (b"", code)
