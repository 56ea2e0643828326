"""A struct of the schema takes only what its model takes, and as the model does."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.document import File
from digest.content.findings import Findings
from digest.content.models import model_of
from digest.content.schema import RegistryFile, SettingsFile, Strict, TopicsFile
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map, Node, Seq, trimmed

KINDS: tuple[type[Strict], ...] = (ArticleEntry, NoteEntry, RegistryFile, TopicsFile, SettingsFile)

words = st.sampled_from(["a", " a ", "event", "asserts", "draft", "2025-07-01", "person", "true", "A", ""])
ids = words.map(str.strip)
"""Keys have no space at their ends, unless they are quoted; then the rules of ids say what is wrong."""

statements = st.fixed_dictionaries(
    {"by": st.one_of(words, st.fixed_dictionaries({"name": words, "kind": words}))},
    optional={"says": words, "via": st.one_of(words, st.lists(words)), "url": st.none() | words, "odd": words},
)
claims = st.fixed_dictionaries(
    {"id": words},
    optional={"text": words, "kind": words, "harms": st.lists(words), "statements": st.lists(statements) | statements},
)
articles = st.fixed_dictionaries(
    {"title": words, "date": words},
    optional={
        "status": words,
        "regions": st.one_of(st.none(), words, st.lists(words)),
        "image": st.fixed_dictionaries({"src": words}, optional={"alt": words}),
        "claims": st.lists(claims),
        "sources": st.lists(words | statements),
        "unknown": words,
    },
)
others = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "date": words,
        "parties": st.dictionaries(ids, st.fixed_dictionaries({"name": words}, optional={"opposes": words})),
        "sources": st.dictionaries(ids, st.fixed_dictionaries({"name": words, "kind": words})),
        "topics": st.dictionaries(ids, st.none() | st.fixed_dictionaries({}, optional={"name": words})),
        "outputs": st.fixed_dictionaries(
            {},
            optional={
                "feeds": st.lists(st.sampled_from(["home", "moon"])),
                "cards": st.sampled_from(["none", "editions", "stars"]),
            },
        ),
        "claim_review": words,
    },
)


def as_data(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: as_data(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, msgspec.Struct):
        return {name: as_data(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: as_data(item) for key, item in value.items()}
    return [as_data(item) for item in value] if isinstance(value, list) else value


def as_node(value: Any) -> Node:
    if isinstance(value, dict):
        made = Map(0)
        made.update({key: as_node(item) for key, item in value.items()})
        return made
    if isinstance(value, list):
        items = Seq(0)
        items += [as_node(item) for item in value]
        return items
    return str(value) if value is not None else None


def taken(kind: type[Strict], node: Node) -> Strict | None:
    try:
        return msgspec.convert(trimmed(node), kind)
    except msgspec.ValidationError:
        return None


@given(kind=st.sampled_from(KINDS), tree=articles | others)
@example(TopicsFile, {"topics": {"a": None}})
def test_what_a_struct_takes_is_what_the_model_makes_of_it(kind: type[Strict], tree: Any) -> None:
    node = as_node(tree)
    found = taken(kind, node)
    try:
        expected = model_of(kind).model_validate(node)
    except ValidationError:
        assert found is None
    else:
        assert found is None or as_data(found) == as_data(expected)


def test_an_ordinary_article_needs_no_model() -> None:
    text = "title: One\ndate: 2025-07-01\nregions: [UA]\nclaims:\n  - id: one\n    text: It is so.\n    statements:\n"
    root, problems = parse_yaml(File("one.md", text + "      - {by: {name: A witness, kind: person}, says: denies}\n"))
    assert problems == []
    found = taken(ArticleEntry, root)
    assert found is not None
    assert as_data(found) == as_data(model_of(ArticleEntry).model_validate(root))


@pytest.mark.parametrize("written", ["'a '", '" a"', "|\n  a\n"])
def test_space_around_a_text_is_no_part_of_it(written: str) -> None:
    file = File("one.md", f"title: {written}\ndate: 2025-07-01\n")
    root, _ = parse_yaml(file)
    assert root is not None
    entry = Findings(file, root).validated(ArticleEntry, root)
    assert entry is not None
    assert entry.title == "a"
