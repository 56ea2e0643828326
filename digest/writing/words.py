"""The words that a writer may choose from: what the registries, the catalogues and the articles know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from digest.content.context import Context, Lookup
from digest.content.document import readable
from digest.content.files import NOTE, Tree
from digest.frozen import Frozen

_LOOKED_AT = 2000
"""So many articles, those of the last folders first, are asked for threads and claims: nobody waits for a list."""
_THREAD = re.compile(r"^thread: *[\"']?([a-z0-9][a-z0-9_-]*)", re.MULTILINE)
_CLAIM = re.compile(r"\bid: *[\"']?([a-z0-9][a-z0-9_-]*)[^\n]*?(?:\n *|, )text: *([^\n]*)")


class Word(Frozen, frozen=True):
    """What is written, and what it means in words."""

    written: str
    means: str = ""


def sources(context: Context) -> Iterator[Word]:
    """The ids of the registry's sources, with name and kind."""
    for id_, source in context.registered.registry.sources.items():
        yield Word(id_, f"{source.name} ({source.kind.replace('_', ' ')})")


def parties(context: Context) -> Iterator[Word]:
    """The ids of the registry's parties."""
    for id_, party in context.registered.registry.parties.items():
        yield Word(id_, party.name)


def taxa(lookup: Lookup | None) -> Iterator[Word]:
    """The codes of regions, or the slugs of topics."""
    if lookup is not None:
        yield from (Word(word, name) for word, name in lookup.catalogue.listed())


def threads(root: Path, context: Context) -> Iterator[Word]:
    """The threads of the settings and of the newest articles."""
    yield from (Word(id_, name) for id_, name in context.settings.threads.items())
    for id_ in dict.fromkeys(found for text in _newest(root) for found in _THREAD.findall(text)):
        if id_ not in context.settings.threads:
            yield Word(id_)


def claims(root: Path) -> Iterator[Word]:
    """The claims that the newest articles define."""
    found = {id_: Word(id_, text.strip("\"' }]")) for text in _newest(root) for id_, text in _CLAIM.findall(text)}
    yield from found.values()


def articles(root: Path) -> Iterator[Word]:
    """The newest articles' files."""
    tree = Tree(root)
    yield from (Word(path) for path in islice(_paths(tree), _LOOKED_AT))


def _newest(root: Path) -> Iterator[str]:
    tree = Tree(root)
    for path in islice(_paths(tree), _LOOKED_AT):
        data, _ = tree.read(path)
        if data is not None:
            yield readable(data)


def _paths(tree: Tree) -> Iterator[str]:
    return (path for path in reversed(tree.articles()[0]) if PurePosixPath(path).name != NOTE)
