"""Adding a statement to a claim in an article's front matter."""

from __future__ import annotations

from collections.abc import Mapping as Data
from pathlib import Path
from typing import Any

from digest.content.articles import Parsed, has_errors, parse_article
from digest.content.context import Context
from digest.content.files import Tree
from digest.content.yaml_tree import plain
from digest.problems import Location, Problem
from digest.writing.draft import Draft, Edit, edited, opened
from digest.writing.insert import Value, appended, with_list
from digest.writing.nodes import Mapping, Sequence


def with_statement(
    path: str, data: bytes, claim: str, statement: Data[str, Value], context: Context
) -> tuple[bytes, list[Problem]]:
    """The bytes of an article with one more statement on a claim that it holds, or from now on mentions.

    All else is as it was. Where that cannot be done, or the article would have errors, the problems tell why and the
    bytes are b"". A plain item's claim has the article's id; its statements are its sources.
    """
    draft, problems = opened(path, data)
    if draft is None:
        return b"", problems
    before, _ = parse_article(path, data, context)
    edits, expected = _edits(draft, before, claim, statement)
    if not edits or draft.root is None:
        return b"", [_by_hand(draft, claim)]
    made = edited(data, edits)
    after, _ = opened(path, made)
    _, problems = parse_article(path, made, context)
    if has_errors(problems):
        return b"", problems
    if after is None or plain(after.tree) != expected or after.text[after.end :] != draft.text[draft.end :]:
        return b"", [_by_hand(draft, claim)]
    return made, []


def holders(root: Path, claim: str, context: Context) -> list[Parsed]:
    """The articles that hold a claim, the one that defines it first. Only files that may hold it are parsed."""
    tree = Tree(root)
    found = []
    for path in tree.articles()[0]:
        data, _ = tree.read(path)
        # The claim of a plain item is named after the file where nothing else names it.
        if data is not None and (claim.encode() in data or claim in path):
            parsed, _ = parse_article(path, data, context)
            if any(one.id == claim for one in parsed.claims):
                found.append(parsed)
    return sorted(found, key=lambda parsed: not any(one.id == claim and one.defines for one in parsed.claims))


def _edits(draft: Draft, before: Parsed, claim: str, statement: Data[str, Value]) -> tuple[list[Edit], Any]:
    """The edits, and the data that the front matter holds after them."""
    root, text, expected = draft.root, draft.text, plain(draft.tree)
    if root is None:
        return [], expected
    if before.article is not None and before.article.id == claim and "sources" in expected:
        sources = root.get("sources")
        expected["sources"] = [*_listed(expected["sources"]), dict(statement)]
        return (appended(text, root, sources, statement) if sources else []), expected
    found = _claim(root, claim)
    if found is None:
        mention: dict[str, Value] = {"id": claim, "statements": [statement]}
        claims = root.get("claims")
        expected["claims"] = [*_listed(expected.get("claims")), {"id": claim, "statements": [dict(statement)]}]
        return (appended(text, root, claims, mention) if claims else with_list(text, root, "claims", mention)), expected
    data = next(one for one in _listed(expected["claims"]) if one["id"].strip() == claim)
    data["statements"] = [*_listed(data.get("statements")), dict(statement)]
    pair = found.get("statements")
    edits = appended(text, found, pair, statement) if pair else with_list(text, found, "statements", statement)
    return edits, expected


def _claim(root: Mapping, claim: str) -> Mapping | None:
    pair = root.get("claims")
    if pair is None:
        return None
    items = pair.value.items if isinstance(pair.value, Sequence) else (pair.value,)
    return next((item for item in items if isinstance(item, Mapping) and _is(item, claim)), None)


def _is(item: Mapping, claim: str) -> bool:
    pair = item.get("id")
    return pair is not None and getattr(pair.value, "value", "").strip() == claim


def _listed(data: Any) -> list[Any]:
    if data is None:
        return []
    return data if isinstance(data, list) else [data]


def _by_hand(draft: Draft, claim: str) -> Problem:
    message = f"the statements of “{claim}” are not written in a way that one can be added to"
    return Problem(
        "D203", message, Location(draft.file.path), hint="make them a list, each behind a dash, and try again"
    )
