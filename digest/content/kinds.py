"""The kinds of text that a digest consists of: what each is read as, and where editors find its schema."""

from __future__ import annotations

from dataclasses import dataclass

from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.registry import SOURCES_FILE
from digest.content.schema import RegionsFile, RegistryFile, SettingsFile, Strict, TopicsFile
from digest.content.settings import SETTINGS_FILE

SCHEMA_FOLDER = "schemas"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: its struct, and the YAML file that holds it ("" for the front matter of Markdown files)."""

    struct: type[Strict]
    file: str = ""


KINDS: dict[str, Kind] = {
    "article": Kind(ArticleEntry),
    "note": Kind(NoteEntry),
    "sources": Kind(RegistryFile, SOURCES_FILE),
    "regions": Kind(RegionsFile, "content/regions.yaml"),
    "topics": Kind(TopicsFile, "content/topics.yaml"),
    "digest": Kind(SettingsFile, SETTINGS_FILE),
}
"""By name."""


def schema_file(name: str) -> str:
    """The path of a kind's JSON Schema below a digest's root."""
    return f"{SCHEMA_FOLDER}/{name}.json"


def modeline(name: str) -> str:
    """The comment by which YAML-aware editors find the schema from within the file that it is for."""
    up = "../" * KINDS[name].file.count("/")
    return f"# yaml-language-server: $schema={up}{schema_file(name)}"
