"""Front matter in its normal form says what it said, and is not changed again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.content.article_schema import ArticleEntry, ClaimEntry, StatementEntry
from digest.content.schema import Strict
from digest.content.yaml_tree import plain
from digest.starter import Choices, seed
from digest.starter.article import Request, article_text
from digest.starter.scalar import scalar
from digest.writing import formatted, keys
from digest.writing.draft import opened

PATH = "content/x.md"


def fmt(front: str, body: str = "Text.\n") -> str:
    """The front matter in normal form."""
    made, problems = formatted(PATH, f"---\n{front}---\n{body}".encode())
    assert problems == []
    text = made.decode()
    assert text.startswith("---\n")
    assert text.endswith(f"---\n{body}")
    return text[4 : -len(body) - 4]


def test_keys_stand_in_the_order_of_the_schema_with_what_belongs_to_them() -> None:
    front = (
        "# Notes for the desk.\n\n# When it came in.\ndate: 2025-07-01   # London\n"
        "claims:\n  - text: T.   # checked\n    id: c\n    statements:\n      - {says: denies, by: bbc}\n"
        "      # They say\n      - note: |\n          One.\n\n          Two.\n        by: bbc\n"
        "# So far.\ntitle: A title\n# end\n"
    )
    assert fmt(front) == (
        "# Notes for the desk.\n\n# So far.\ntitle: A title\n# When it came in.\ndate: 2025-07-01   # London\n"
        "claims:\n  - id: c\n    text: T.   # checked\n    statements:\n      - {by: bbc, says: denies}\n"
        "      # They say\n      - by: bbc\n        note: |\n          One.\n\n          Two.\n"
        "# end\n"
    )


def test_a_comment_goes_above_the_dash_with_the_key_that_becomes_the_first_of_an_entry() -> None:
    begin = "title: A\ndate: 2025-07-01\nclaims:\n  # One.\n"
    front = begin + "  - text: T.\n    # The id.\n    id: c\n    # Kind.\n    kind: act\n"
    assert fmt(front) == begin + "  # The id.\n  - id: c\n    text: T.\n    # Kind.\n    kind: act\n"
    image = "title: A\ndate: 2025-07-01\nimage:\n  alt: Words.\n  # The file.\n  src: a.png\n"
    assert fmt(image) == "title: A\ndate: 2025-07-01\nimage:\n  # The file.\n  src: a.png\n  alt: Words.\n"


def test_the_line_by_which_editors_find_the_schema_stays_the_first() -> None:
    front = "# yaml-language-server: $schema=x.json\n# Why.\ndate: 2025-07-01\ntitle: A\n"
    assert fmt(front) == "# yaml-language-server: $schema=x.json\ntitle: A\n# Why.\ndate: 2025-07-01\n"


def test_words_that_other_readers_take_for_something_else_get_quotes() -> None:
    front = "title: 12:30\ndate: 2025-07-01\nregions: [NO, FR]\nlang: no\nthread: on\n"
    assert fmt(front) == ('title: "12:30"\ndate: 2025-07-01\nregions: ["NO", FR]\nthread: "on"\nlang: "no"\n')


def test_other_quotes_and_dates_and_texts_of_several_lines_stay() -> None:
    front = "title: 'A title'\ndate: 2025-07-01 09:30\nsummary: on\n  and off\nupdated: \"2025-07-02\"\nregions:\n"
    assert fmt(front) == front.replace("updated", "updated").replace(
        'updated: "2025-07-02"\nregions:\n', 'regions:\nupdated: "2025-07-02"\n'
    )


def test_keys_in_brackets_over_several_lines_stay_where_they_share_lines() -> None:
    shared = "title: A\ndate: 2025-07-01\nsources:\n  - {says: denies, by: bbc,\n     basis: relay}\n"
    assert fmt(shared) == shared
    own = "title: A\ndate: 2025-07-01\nsources: [{\n  says: denies,\n  by: bbc,\n}]\n"
    assert fmt(own) == "title: A\ndate: 2025-07-01\nsources: [{\n  by: bbc,\n  says: denies,\n}]\n"


def test_unknown_keys_come_last_and_stay_in_their_order() -> None:
    assert fmt("zebra: 1\napple: no\ntitle: A\n") == "title: A\nzebra: 1\napple: no\n"


@pytest.mark.parametrize("text", ["title: War: day 3\n", "title: A\ntitle: B\n", "title: &a x\n"])
def test_what_cannot_be_read_without_doubt_stays_and_is_reported(text: str) -> None:
    data = f"---\n{text}---\n".encode()
    made, problems = formatted(PATH, data)
    assert made == data
    assert problems


def test_an_article_without_front_matter_or_with_an_empty_one_stays() -> None:
    for data in (b"Text.\n", b"---\n---\nText.\n", b"---\n# none\n---\n"):
        assert formatted(PATH, data)[0] == data


def test_notes_have_an_order_of_their_own() -> None:
    made, _ = formatted("content/2025/07/01/_edition.md", b"---\ntitle: A\ndate: 2025-07-01\n---\n")
    assert made == b"---\ndate: 2025-07-01\ntitle: A\n---\n"


def test_new_articles_the_starters_and_the_examples_are_in_normal_form(repository: Path) -> None:
    files = {path: data for path, data in seed(Choices())[0].items() if path.endswith(".md") and "content" in path}
    files |= {
        path.relative_to(repository).as_posix(): path.read_bytes() for path in (repository / "content").rglob("*.md")
    }
    files["content/new.md"] = article_text(Request("On: a", "2025-07-01", "on-a", ("NO",), ("war",), "on")).encode()
    assert len(files) > 20
    assert [path for path, data in files.items() if formatted(path, data) != (data, [])] == []


_TEXTS = st.sampled_from(["A title", "12:30", "NO", "on", "a: b", "x # y", "it's", '"q"', "2025", "é", "- a", "?"])
_COMMENT = st.sampled_from(["", "", "# plain", "# a: b", "#", "# “quoted” 'one", ""])


def _quoted(draw: st.DrawFn, text: str, indent: str) -> str:
    """A text as some writer could have put it."""
    forms = [scalar(text, in_list=True), "'" + text.replace("'", "''") + "'"]
    if indent and draw(st.booleans()):
        sign = draw(st.sampled_from(["|", ">", "|+", ">-"]))
        return f"{sign}\n{indent}  {text}\n\n{indent}  more" + draw(st.sampled_from(["", "\n", "\n\n"]))
    return draw(st.sampled_from(forms))


def _lines(draw: st.DrawFn, kind: type[Strict], given: dict[str, str], indent: str) -> str:
    """A mapping on lines, its keys in any order, with comments."""
    order = draw(st.permutations(list(given)))
    text = ""
    for i, key in enumerate(order):
        above = draw(st.lists(_COMMENT, max_size=2)) if i or not indent else []
        text += "".join(f"{' ' * draw(st.integers(0, 12))}{line}\n" if line else "\n" for line in above)
        value = given[key]
        end = draw(_COMMENT) if value and value[0] not in "|>\n" else ""
        gap = "" if value.startswith("\n") else " "
        text += f"{indent if i or not indent else ''}{key}:{gap}{value}{f'  {end}' if end else ''}\n"
    assert given.keys() <= keys(kind).keys() | {"unknown", "odd"}
    return text


@st.composite
def fronts(draw: st.DrawFn) -> str:
    """Front matter in any order and style."""

    def statement() -> str:
        given = {"by": draw(_TEXTS), "says": "denies", "note": draw(_TEXTS), "recorded": "2025-07-01"}
        if draw(st.booleans()):
            pairs = [f"{key}: {_quoted(draw, given[key], '')}" for key in draw(st.permutations(list(given)))]
            comma = draw(st.sampled_from([", ", ",", " ,  ", ",\n          "]))
            return "{" + comma.join(pairs) + "}\n"
        quoted = {key: _quoted(draw, text, "        ") for key, text in given.items()}
        return _lines(draw, StatementEntry, quoted, "        ")

    def claim() -> str:
        statements = "".join(f"\n      - {statement()}".rstrip("\n") for _ in range(draw(st.integers(1, 2))))
        given = {"id": "c", "text": _quoted(draw, draw(_TEXTS), "    "), "kind": "event", "statements": statements}
        return _lines(draw, ClaimEntry, given, "    ")

    claims = "".join(f"\n  - {claim()}".rstrip("\n") for _ in range(draw(st.integers(1, 2))))
    given = {
        "title": _quoted(draw, draw(_TEXTS), ""),
        "date": "2025-07-01",
        "regions": f"[{_quoted(draw, draw(_TEXTS), '')}]",
        "summary": _quoted(draw, draw(_TEXTS), draw(st.sampled_from(["", " "]))),
        "claims": claims,
        "unknown": draw(_TEXTS.map(scalar)),
    }
    return _lines(draw, ArticleEntry, given, "") + draw(st.sampled_from(["", "# end\n"]))


@settings(max_examples=100, deadline=None)
@given(fronts(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "Text  \n\n", "---\nb: 1\na: 2\n"]))
def test_the_normal_form_is_stable_and_says_the_same(front: str, newline: str, body: str) -> None:
    data = f"---\n{front}---\n{body}".replace("\n", newline).encode()
    before, problems = opened(PATH, data)
    if before is None:
        assert problems
        assert formatted(PATH, data)[0] == data
        return
    made, _ = formatted(PATH, data)
    after, problems = opened(PATH, made)
    assert after is not None
    assert plain(after.tree) == plain(before.tree)
    assert formatted(PATH, made) == (made, [])
    assert made.endswith(f"\n---\n{body}".replace("\n", newline).encode())
    assert _comments(made) == _comments(data)
    assert before.root is not None
    order = [key for key in (*keys(ArticleEntry), "unknown") if key in before.tree]
    assert list(after.tree) == order
    for claim in after.tree["claims"]:
        assert list(claim) == [key for key in keys(ClaimEntry) if key in claim]


def _comments(data: bytes) -> Counter[str]:
    return Counter(re.findall(r"# plain|# a: b|#$|# “quoted” 'one", data.decode().replace("\r\n", "\n"), re.MULTILINE))


def test_comments_indented_deeper_than_the_keys_stay_with_what_they_stand_below() -> None:
    front = (
        "date: 2025-07-01\nclaims:\n  - id: c\n    text: T.\n    # no more\n  # none yet\n"
        "summary: S.\ntitle: A\n  # a working title\n"
    )
    assert fmt(front) == (
        "title: A\n  # a working title\ndate: 2025-07-01\nsummary: S.\n"
        "claims:\n  - id: c\n    text: T.\n    # no more\n  # none yet\n"
    )
