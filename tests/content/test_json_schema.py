"""The JSON Schemas say of a digest's files what reading them says."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from digest.content.document import decode, front_matter
from digest.content.json_schema import editor_files, json_schema, schema_files
from digest.content.kinds import KINDS, modeline
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import plain
from digest.starter import Choices, seed


def data(path: str, text: bytes) -> Any:
    """What the YAML of a file holds."""
    file, _ = decode(path, text)
    assert file is not None
    parts = front_matter(file)[0] if path.endswith(".md") else None
    tree, _ = parse_yaml(file, parts.begin, parts.end) if parts else parse_yaml(file)
    return plain(tree)


def mistakes(name: str, value: Any) -> list[str]:
    """What an editor would underline."""
    return [error.message for error in Draft7Validator(json_schema(name)).iter_errors(value)]


@pytest.mark.parametrize("name", KINDS)
def test_each_schema_is_one_and_every_key_is_described(name: str) -> None:
    schema = json_schema(name)
    Draft7Validator.check_schema(schema)
    mappings = [schema, *schema.get("$defs", {}).values()]
    bare = [key for part in mappings for key, of in part.get("properties", {}).items() if not of.get("description")]
    assert bare == []
    assert 'default": null' not in json.dumps(schema)


def test_the_files_of_a_new_digest_and_of_the_example_have_no_mistakes(repository: Path) -> None:
    files = [(path, text) for path, text in seed(Choices())[0].items() if path.endswith((".md", ".yaml"))]
    example = [path for path in (repository / "content").rglob("*") if path.is_file()]
    files += [(path.relative_to(repository).as_posix(), path.read_bytes()) for path in example]
    names = {kind.file: name for name, kind in KINDS.items() if kind.file}
    checked = 0
    for path, text in files:
        name = "note" if path.endswith("_edition.md") else "article" if path.endswith(".md") else names[path]
        if path != "README.md":
            checked += 1
            assert (path, mistakes(name, data(path, text))) == (path, [])
    assert checked > 25


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "A"},
        {"title": "A", "date": "2025-07-01", "regoins": ["UA"]},
        {"title": "A", "date": "2025-07-01", "status": "drft"},
        {"title": "A", "date": "2025-07-01", "claims": [{"text": "T."}]},
        {"title": "A", "date": "2025-07-01", "claims": [{"id": "c", "statements": [{"by": "a", "says": "denys"}]}]},
        {"title": "", "date": "2025-07-01"},
    ],
)
def test_mistakes_are_found(wrong: dict[str, Any]) -> None:
    assert mistakes("article", wrong)


def test_what_reading_takes_leniently_is_no_mistake() -> None:
    fine = {
        "title": "A", "date": "2025-07-01", "regions": "UA", "topics": None,
        "claims": {"id": "c", "text": "T.", "statements": {"by": {"name": "N", "kind": "person"}, "value": 12}},
    }  # fmt: skip
    assert mistakes("article", fine) == []


def test_each_file_with_a_place_of_its_own_leads_to_its_schema() -> None:
    settings = json.loads(editor_files()[".vscode/settings.json"])["yaml.schemas"]
    for name, kind in KINDS.items():
        if kind.file:
            link = modeline(name).partition("$schema=")[2]
            schema = posixpath.normpath(f"{posixpath.dirname(kind.file)}/{link}".lstrip("/"))
            assert schema in schema_files()
            assert settings[f"./schemas/{name}.json"] == f"/{kind.file}"
