from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.models import model_of
from digest.content.schema import RegionsFile, RegistryFile, SettingsFile, Strict, TopicsFile


@pytest.mark.parametrize("model", [ArticleEntry, NoteEntry, RegionsFile, RegistryFile, SettingsFile, TopicsFile])
def test_every_key_is_described(model: type[Strict]) -> None:
    bare = [name for name, schema in _properties(model_of(model).model_json_schema()) if not schema.get("description")]
    assert bare == []


def test_the_schema_allows_a_word_where_a_list_is_expected() -> None:
    regions = model_of(ArticleEntry).model_json_schema()["properties"]["regions"]
    assert {"type": "string"} in regions["anyOf"]


def test_the_schema_uses_the_keys_of_the_files() -> None:
    relation = model_of(RegistryFile).model_json_schema()["$defs"]["RelationEntry"]
    assert "from" in relation["properties"]


def _properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for mapping in (schema, *schema.get("$defs", {}).values()):
        yield from mapping.get("properties", {}).items()
