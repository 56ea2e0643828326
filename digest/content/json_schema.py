"""JSON Schemas of a digest's files, for editors: made of the very structs that reading goes by."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from digest.content.kinds import KINDS, schema_file
from digest.content.models import model_of


class _Editors(GenerateJsonSchema):
    """Without what editors would show or insert and nobody would write: names of Python's, and null as a default."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's)
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def json_schema(name: str) -> dict[str, Any]:
    """The schema of a kind of text in `KINDS`, in the JSON Schema dialect of draft 7, which all editors know."""
    made = model_of(KINDS[name].struct).model_json_schema(schema_generator=_Editors)
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("title", None)
        if "enum" in part:  # the key that takes it says what it is for
            part.pop("description", None)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"digest: {name}", **made}


def schema_text(name: str) -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """The texts of all schemas, by path below a digest's root."""
    return {schema_file(name): schema_text(name) for name in KINDS}


def editor_files() -> dict[str, bytes]:
    """Every schema, and the settings by which VS Code's YAML extension finds those of files with a place of their own;
    by path below a digest's root."""
    found = {f"./{schema_file(name)}": f"/{kind.file}" for name, kind in KINDS.items() if kind.file}
    settings = {
        ".vscode/settings.json": {"yaml.schemas": found},
        ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
    }
    texts = schema_files() | {path: json.dumps(data, indent=2) + "\n" for path, data in settings.items()}
    return {path: text.encode() for path, text in texts.items()}
