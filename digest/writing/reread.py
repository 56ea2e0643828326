"""What is wrong with one file of a digest, whatever kind of file it is, without looking at any other."""

from __future__ import annotations

from pathlib import PurePosixPath

from digest.content.article_schema import ArticleEntry, NoteEntry
from digest.content.articles import parse_article, parse_note
from digest.content.catalogue import regions, topics
from digest.content.context import Context
from digest.content.document import decode
from digest.content.files import CONTENT, NOTE
from digest.content.kinds import KINDS
from digest.content.registry import SOURCES_FILE, parse_registry
from digest.content.schema import Strict
from digest.content.settings import SETTINGS_FILE, parse_settings
from digest.content.taxa import parse_taxa
from digest.problems import Problem


def kind_of(path: str) -> type[Strict] | None:
    """The struct that a file's YAML is read as; None where it is not one of the digest's texts."""
    place = PurePosixPath(path)
    if place.suffix == ".md" and CONTENT in place.parts[:1]:
        return NoteEntry if place.name == NOTE else ArticleEntry
    return next((kind.struct for kind in KINDS.values() if kind.file == path), None)


def problems_of(path: str, data: bytes, context: Context) -> list[Problem]:
    """The problems of a file with these bytes, in the digest that `context` tells of."""
    if path.endswith(".md"):
        parse = parse_note if kind_of(path) is NoteEntry else parse_article
        return parse(path, data, context)[1]
    file, problems = decode(path, data)
    if file is None:
        return problems
    if path == SETTINGS_FILE:
        return parse_settings(file)[1]
    if path == SOURCES_FILE:
        return parse_registry(file, context.settings)[1]
    section = PurePosixPath(path).stem
    return parse_taxa(file, section, context.settings.language, regions if section == "regions" else topics)[1]
