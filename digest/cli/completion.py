"""What the shell completes: words of the digest's own registries, catalogues and articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from digest.cli.common import find_root
from digest.content.context import Context
from digest.content.read import read_context
from digest.writing import words
from digest.writing.words import Word

Completer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_MOST = 500
"""More answers than a shell should show."""


def _completer(choose: Callable[[Path, Context], Iterable[Word]]) -> Completer:
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 (click's)
        try:
            root = find_root(ctx.params.get("root"))
        except click.UsageError:
            return []
        context, _ = read_context(root)
        if context is None:
            return []
        begun = incomplete.casefold()
        found = (word for word in choose(root, context) if word.written.casefold().startswith(begun))
        return [
            CompletionItem(word.written, help=word.means or None) for word, _ in zip(found, range(_MOST), strict=False)
        ]

    return complete


source_ids = _completer(lambda _, context: words.sources(context))
party_ids = _completer(lambda _, context: words.parties(context))
region_words = _completer(lambda _, context: words.taxa(context.regions))
topic_words = _completer(lambda _, context: words.taxa(context.topics))
thread_ids = _completer(words.threads)
claim_ids = _completer(lambda root, _: words.claims(root))
article_paths = _completer(lambda root, _: words.articles(root))
