"""Front matter in its normal form: keys in one order, quotes where YAML needs them."""

from __future__ import annotations

from digest.content.yaml_tree import plain
from digest.problems import Problem
from digest.writing.draft import Draft, Edit, edited, opened
from digest.writing.order import depths_out_of_order, order_edits
from digest.writing.quoting import quote_edits
from digest.writing.reread import kind_of


def formatted(path: str, data: bytes) -> tuple[bytes, list[Problem]]:
    """The bytes of an article or an edition's note with its front matter in normal form; the same bytes, and the
    problems, where the front matter cannot be read.

    What the front matter says, its comments and the text below it are as they were; a second time changes nothing. A
    file in which any of that would not hold is left alone, and so is one that is none of the digest's.
    """
    draft, problems = opened(path, data)
    kind = kind_of(path)
    if draft is None or kind is None:
        return data, problems
    made = draft
    for depth in depths_out_of_order(draft, kind):
        made = _after(made, list(order_edits(made, kind, depth)))
    made = _after(made, list(quote_edits(made, kind)))
    same = plain(made.tree) == plain(draft.tree) and made.text[made.end :] == draft.text[draft.end :]
    return made.data if same else data, []


def _after(draft: Draft, edits: list[Edit]) -> Draft:
    if not edits:
        return draft
    made, _ = opened(draft.file.path, edited(draft.data, edits))
    return made or draft
