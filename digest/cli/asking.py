"""Questions on a terminal, with the digest's own words to choose from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from prompt_toolkit import prompt
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.validation import ValidationError, Validator

from digest.content.context import Context, Lookup
from digest.content.dates import NotADate, read_date
from digest.content.text import ID, id_hint
from digest.starter import Request, headline, not_a_title
from digest.writing import words
from digest.writing.words import Word

_MOST = 50
"""Answers that are shown at once."""

Wrong = Callable[[str], str]
"""Why an answer cannot be; "" if it can."""


def on_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(given: Request, context: Context, root: Path, today: str) -> Request:
    """The request with answers for all that it leaves open.

    Raises KeyboardInterrupt where whoever is asked wants no more of it (Ctrl-C or Ctrl-D).
    """
    title = given.title or headline(_ask("Title", wrong=not_a_title))
    date = given.date or _ask("Date", today, wrong=lambda text: _no_date(text, context)) or today
    summary = given.summary or _ask("Summary, in one sentence")
    regions = given.regions or _several("Regions", words.taxa(context.regions), _unknown(context.regions, "region"))
    topics = given.topics or _several("Topics", words.taxa(context.topics), _unknown(context.topics, "topic"))
    thread = given.thread or _ask(
        "Thread, the story that it continues", choices=words.threads(root, context), wrong=_no_id
    )
    sources = given.sources or _several(
        "Sources, if nothing is in dispute", words.sources(context), lambda word: _no_source(word, context)
    )
    return replace(
        given, title=title, date=date, summary=summary, regions=regions, topics=topics, thread=thread, sources=sources
    )


def _ask(
    question: str, default: str = "", *, choices: Iterable[Word] = (), wrong: Wrong | None = None, several: bool = False
) -> str:
    try:
        answer: str = prompt(
            f"{question}: ",
            default=default,
            completer=_Choices(choices, several=several),
            complete_while_typing=True,
            validator=_Check(wrong or (lambda _: ""), several=several),
            validate_while_typing=False,
        )
    except EOFError as error:
        raise KeyboardInterrupt from error
    return answer.strip()


def _several(question: str, choices: Iterable[Word], wrong: Wrong) -> tuple[str, ...]:
    answer = _ask(f"{question} (with commas between)", choices=choices, wrong=wrong, several=True)
    return tuple(_parts(answer))


def _parts(answer: str) -> Iterator[str]:
    return (part.strip() for part in answer.split(",") if part.strip())


class _Choices(Completer):
    """Completes a word, or the last one after a comma, by its beginning or the beginning of a word of its meaning."""

    def __init__(self, choices: Iterable[Word], *, several: bool) -> None:
        self._choices = list(choices)
        self._several = several

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """The choices that go with what stands before the cursor."""
        begun = document.text_before_cursor
        part = (begun.rpartition(",")[2] if self._several else begun).lstrip()
        fit = (word for word in self._choices if _fits(part.casefold(), word))
        for word, _ in zip(fit, range(_MOST), strict=False):
            yield Completion(word.written, start_position=-len(part), display_meta=word.means)


def _fits(begun: str, word: Word) -> bool:
    meaning = word.means.casefold()
    return word.written.casefold().startswith(begun) or meaning.startswith(begun) or f" {begun}" in meaning


class _Check(Validator):
    """Says what is wrong with an answer, or with a part of it, before it is taken."""

    def __init__(self, wrong: Wrong, *, several: bool) -> None:
        self._wrong = wrong
        self._several = several

    def validate(self, document: Document) -> None:
        """Raises ValidationError with the words to show."""
        answers = _parts(document.text) if self._several else [document.text.strip()]
        for answer in answers:
            message = self._wrong(answer)
            if message:
                raise ValidationError(len(document.text), message)


def _no_date(text: str, context: Context) -> str:
    found = read_date(text, context.settings) if text else None
    return f"{found.message}; {found.hint}" if isinstance(found, NotADate) else ""


def _unknown(lookup: Lookup | None, what: str) -> Wrong:
    def wrong(word: str) -> str:
        if lookup is None or lookup.find(word):
            return ""
        return f"no {what} is known as “{word}”; {lookup.meant(word)}".rstrip("; ")

    return wrong


def _no_id(text: str) -> str:
    return "" if not text or ID.fullmatch(text) else f"“{text}” is not an id; {id_hint(text)}"


def _no_source(word: str, context: Context) -> str:
    registered = context.registered
    if word in registered.source_ids or not registered.complete:
        return ""
    return f"no source has the id “{word}”; {registered.sources.meant(word)}".rstrip("; ")
