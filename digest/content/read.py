"""Reading a digest from its folder: the one place that says in which order its files are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from digest.content.articles import Parsed, ParsedNote, has_errors, parse_article, parse_note
from digest.content.catalogue import regions, topics
from digest.content.context import Context, Lookup
from digest.content.crosscheck import cross_problems, with_one_offs
from digest.content.document import File, decode, readable, with_lines
from digest.content.files import NOTE, Tree
from digest.content.registry import SOURCES_FILE, Registered, parse_registry
from digest.content.settings import SETTINGS_FILE, parse_settings
from digest.content.taxa import Maker, parse_taxa
from digest.model import Digest, Settings
from digest.problems import Location, Problem, Severity, in_order

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """A digest as read, without the articles that have errors, and all problems. `digest` is None where digest.yaml or
    the registries cannot be used; `context` is what the articles were read against, None where digest.yaml cannot be
    used."""

    digest: Digest | None
    problems: tuple[Problem, ...]
    context: Context | None = field(default=None, compare=False)


def read(root: Path) -> Reading:
    """Read the digest in that folder. Whatever is wrong with its files is a problem, all at once; nothing is raised."""
    tree = Tree(root)
    settings, problems = _read_settings(tree)
    usable = settings is not None
    context, more = _read_context(tree, settings or Settings(title=""))
    problems += more
    usable = usable and not has_errors(more)
    paths, more = tree.articles()
    problems += more

    parsed: list[Parsed] = []
    notes: list[ParsedNote] = []
    for path in paths:
        data, more = tree.read(path)
        problems += more
        if data is None:
            continue
        if PurePosixPath(path).name == NOTE:
            note, more = parse_note(path, data, context)
            notes += [note] if note else []
        else:
            article, more = parse_article(path, data, context)
            parsed.append(article)
        problems += more

    problems += cross_problems(parsed, notes, context.registered.source_ids)
    problems += _missing_pictures(tree, parsed)
    digest = _digest(context, parsed, notes, problems) if usable else None
    found = tuple(in_order(with_lines(problems, lambda path: _text(tree, path))))
    return Reading(digest, found, context if settings else None)


def read_context(root: Path) -> tuple[Context | None, tuple[Problem, ...]]:
    """What the articles of the digest in that folder are read against, without reading them; None, with all problems,
    where digest.yaml cannot be used."""
    tree = Tree(root)
    settings, problems = _read_settings(tree)
    context, more = _read_context(tree, settings or Settings(title=""))
    found = in_order(with_lines([*problems, *more], lambda path: _text(tree, path)))
    return context if settings else None, tuple(found)


def _read_settings(tree: Tree) -> tuple[Settings | None, list[Problem]]:
    settings, problems = _file(tree, SETTINGS_FILE, parse_settings)
    if settings is None and not problems:
        hint = "a digest's folder holds a digest.yaml with at least a title"
        problems = [Problem("D701", "there is no digest.yaml", Location(SETTINGS_FILE), hint=hint)]
    return settings, problems


def _read_context(tree: Tree, settings: Settings) -> tuple[Context, list[Problem]]:
    registered, problems = _file(tree, SOURCES_FILE, lambda file: parse_registry(file, settings))
    if registered is None:
        registered = Registered(complete=not problems)
    region_lookup, more = _read_lookup(tree, "regions", settings, regions)
    problems += more
    topic_lookup, more = _read_lookup(tree, "topics", settings, topics)
    problems += more
    return Context(settings, registered, region_lookup, topic_lookup), problems


def _read_lookup(tree: Tree, section: str, settings: Settings, make: Maker) -> tuple[Lookup | None, list[Problem]]:
    path = f"content/{section}.yaml"
    catalogue, problems = _file(tree, path, lambda file: parse_taxa(file, section, settings.language, make))
    if catalogue is None and not problems:
        catalogue = make(settings.language, ())
    return Lookup(catalogue) if catalogue else None, problems


def _file(tree: Tree, path: str, parse: Callable[[File], tuple[T, list[Problem]]]) -> tuple[T | None, list[Problem]]:
    """What a parser makes of a file; None where there is no such file or no text in it."""
    data, problems = tree.read(path)
    if data is None:
        return None, problems
    file, problems = decode(path, data)
    return parse(file) if file else (None, problems)


def _digest(context: Context, parsed: list[Parsed], notes: list[ParsedNote], problems: list[Problem]) -> Digest | None:
    if context.regions is None or context.topics is None:
        return None
    wrong = {problem.at.path for problem in problems if problem.severity is Severity.ERROR}
    sound = [one for one in parsed if one.article and one.path not in wrong]
    articles = tuple(sorted((one.article for one in sound if one.article), key=lambda article: article.path))
    return Digest(
        settings=context.settings,
        registry=with_one_offs(context.registered.registry, sound),
        regions=context.regions.catalogue.taxonomy(id_ for article in articles for id_ in article.regions),
        topics=context.topics.catalogue.taxonomy(id_ for article in articles for id_ in article.topics),
        articles=articles,
        notes=tuple(note.note for note in notes if note.note.path not in wrong),
    )


def _missing_pictures(tree: Tree, parsed: list[Parsed]) -> list[Problem]:
    problems = []
    for one in parsed:
        if one.article and one.article.image and one.image_at:
            path = (PurePosixPath(one.path).parent / one.article.image.src).as_posix()
            if not tree.holds(path):
                message = f"there is no picture “{one.article.image.src}” beside the article"
                problems.append(Problem("D209", message, one.image_at, hint=f"expected the file {path}"))
    return problems


def _text(tree: Tree, path: str) -> str | None:
    data, _ = tree.read(path)
    return readable(data) if data is not None else None
