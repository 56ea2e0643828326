"""Repairing a digest's files, the settings before the registries, and these before the articles that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from digest.content.articles import parse_article
from digest.content.context import Context
from digest.content.files import NOTE, Tree
from digest.content.read import read_context
from digest.content.registry import Registered
from digest.content.settings import SETTINGS_FILE
from digest.model import Settings
from digest.problems import Problem
from digest.writing.repair import OF_ALL, Repair, repaired
from digest.writing.replace import replaced

_NOTHING_KNOWN = Context(Settings(title=""), Registered(complete=False), None, None)


def mended(root: Path, problems: Sequence[Problem]) -> tuple[list[Repair], list[Problem]]:
    """Repair what is certain in the files that the problems are about, and write the files.

    What was done, and what kept files from being written. Only the first kind of file in which something could be
    repaired is touched: what else is wrong has to be looked at again, in the light of it.
    """
    context, _ = read_context(root)
    claims = _claims(root, context) if context and any(p.code in OF_ALL for p in problems) else ()
    for paths in _in_turn({problem.at.path for problem in problems}):
        done: list[Repair] = []
        failed: list[Problem] = []
        for path in paths:
            data, _ = Tree(root).read(path)
            if data is None:
                continue
            own = [problem for problem in problems if problem.at.path == path]
            made, repairs = repaired(path, data, own, context or _NOTHING_KNOWN, claims)
            problem = replaced(root, path, made, data) if repairs else None
            failed += [problem] if problem else []
            done += [] if problem else repairs
        if done or failed:
            return done, failed
    return [], []


def _in_turn(paths: Iterable[str]) -> list[list[str]]:
    every = sorted(paths)
    articles = [path for path in every if path.endswith(".md")]
    registries = [path for path in every if path.endswith(".yaml") and path != SETTINGS_FILE]
    return [[path for path in every if path == SETTINGS_FILE], registries, articles]


def _claims(root: Path, context: Context) -> tuple[str, ...]:
    """The ids of all claims that an article defines."""
    tree = Tree(root)
    found: dict[str, None] = {}
    for path in tree.articles()[0]:
        data, _ = tree.read(path)
        if data is not None and not path.endswith(f"/{NOTE}"):
            parsed, _ = parse_article(path, data, context)
            found |= {claim.id: None for claim in parsed.claims if claim.defines}
    return tuple(found)
