"""JSON Schemas of a digest's files, for editors: made of the very structs that reading goes by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.models import model_of
from digest.content.registry import SOURCES_FILE
from digest.content.schema import RegionsFile, RegistryFile, SettingsFile, Strict, TopicsFile
from digest.content.settings import SETTINGS_FILE

SCHEMA_FOLDER = "schemas"


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of text: its struct, and the YAML file that holds it ("" for the front matter of Markdown files)."""

    kind: type[Strict]
    file: str = ""


SCHEMAS: dict[str, Described] = {
    "article": Described(ArticleEntry),
    "note": Described(NoteEntry),
    "sources": Described(RegistryFile, SOURCES_FILE),
    "regions": Described(RegionsFile, "content/regions.yaml"),
    "topics": Described(TopicsFile, "content/topics.yaml"),
    "digest": Described(SettingsFile, SETTINGS_FILE),
}
"""What there is a schema for, by its name."""


class _Editors(GenerateJsonSchema):
    """Without what editors would show or insert and nobody would write: names of Python's, and null as a default."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's)
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def json_schema(name: str) -> dict[str, Any]:
    """The schema of a kind of text in `SCHEMAS`, in the JSON Schema dialect of draft 7, which all editors know."""
    made = model_of(SCHEMAS[name].kind).model_json_schema(schema_generator=_Editors)
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("title", None)
        if "enum" in part:  # the key that takes it says what it is for
            part.pop("description", None)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"digest: {name}", **made}


def schema_file(name: str) -> str:
    """The path of a schema below a digest's root."""
    return f"{SCHEMA_FOLDER}/{name}.json"


def schema_text(name: str) -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """The texts of all schemas, by path below a digest's root."""
    return {schema_file(name): schema_text(name) for name in SCHEMAS}


def modeline(name: str) -> str:
    """The comment by which YAML-aware editors find the schema from within the file that it is for."""
    up = "../" * SCHEMAS[name].file.count("/")
    return f"# yaml-language-server: $schema={up}{schema_file(name)}"


def editor_files() -> dict[str, bytes]:
    """Every schema, and the settings by which VS Code's YAML extension finds those of files with a place of their own;
    by path below a digest's root."""
    found = {f"./{schema_file(name)}": f"/{described.file}" for name, described in SCHEMAS.items() if described.file}
    settings = {
        ".vscode/settings.json": {"yaml.schemas": found},
        ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
    }
    texts = schema_files() | {path: json.dumps(data, indent=2) + "\n" for path, data in settings.items()}
    return {path: text.encode() for path, text in texts.items()}
