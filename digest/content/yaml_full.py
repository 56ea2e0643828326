"""YAML as people expect it, by YAML's own parser: every scalar is text, nothing is guessed, every place is known.

The tree consists of `Map` and `Seq`, which are a dict and a list that remember where they and their parts begin, of
text, and of None for a value that is empty, `null` or `~`. Places are indices into the file's text.
"""

from __future__ import annotations

from typing import Any

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from digest.content.document import CONTROL, File
from digest.content.yaml_errors import event_parser, quoted_line, syntax_problem
from digest.content.yaml_tree import Map, Node, Seq
from digest.problems import Problem

MAX_DEPTH = 50
_TOO_DEEP = "maximum nesting depth"
"""What newer versions of libyaml say while they look ahead for a key among brackets."""


def full_yaml(file: File, begin: int, text: str) -> tuple[Map | None, list[Problem]]:
    """The mapping that a text holds which stands at `begin` in the file; None where it cannot be read to its end."""
    builder = _Builder(file, begin, text)
    return builder.build(), builder.problems


class _Builder:
    """Builds one tree from the parser's events, without recursion, so that depth costs nothing."""

    def __init__(self, file: File, begin: int, text: str) -> None:
        self.file = file
        self.begin = begin
        self.text = text
        self.problems: list[Problem] = []
        self.root: Node = None
        self.root_at = begin
        self.stack: list[Map | Seq] = []
        self.keys: list[str | None] = []

    def build(self) -> Map | None:
        try:
            finished = self._run()
        except YAMLError as error:
            if isinstance(error, MarkedYAMLError) and error.problem_mark and str(error.problem).endswith(_TOO_DEEP):
                self._too_deep(self.begin + error.problem_mark.index)
            else:
                self.problems.append(syntax_problem(self.file, self.begin, self.text, error))
            return None
        if not finished:
            return None
        if self.root is None:
            return Map(self.begin)
        if isinstance(self.root, Map):
            return self.root
        self._problem("D106", "keys with values are expected here, as in “title: …”", self.root_at)
        return None

    def _run(self) -> bool:  # noqa: C901, PLR0912, PLR0915 - the hot loop of every read: one flat dispatch by type
        next_event = event_parser(self.text).get_event
        begin, stack, keys = self.begin, self.stack, self.keys
        top: Map | Seq | None = None
        documents = 0
        value: Node
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if not event.style:
                    if value in {"", "~", "null"} and (type(top) is not Map or keys[-1] is not None):
                        value = None
                elif event.style == '"' and not event.value.isprintable():
                    self._check_escapes(event.value, begin + event.start_mark.index)
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                value = (Map if kind is MappingStartEvent else Seq)(begin + event.start_mark.index)
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                if len(stack) == MAX_DEPTH:
                    self._too_deep(value.start)
                    return False
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
                keys.pop()
                top = stack[-1] if stack else None
                continue
            elif kind is AliasEvent:
                self._refuse(event)
                value = f"*{event.anchor}"
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "a file holds one document: delete the line ---"
                    self._problem("D105", "a second YAML document begins here", begin + event.start_mark.index, hint)
                    return False
                continue
            elif kind is StreamEndEvent:
                return True
            else:
                continue

            index = begin + event.start_mark.index
            if type(top) is Map:
                key = keys[-1]
                if key is None:
                    if not isinstance(value, str):
                        self._problem("D106", "a key must be a word", index, self._quote_hint(index))
                        return False
                    if value == "<<" and not event.style:
                        self._problem("D103", "merge keys (<<) are not read", index, "write the keys out")
                    keys[-1] = value
                    if value in top.key_at:
                        self._duplicate(top, value, index)
                    else:
                        top.key_at[value] = index
                    continue
                keys[-1] = None
                if key not in top:
                    top[key] = value
                    top.value_at[key] = index
            elif type(top) is Seq:
                top.append(value)
                top.item_at.append(index)
            else:
                self.root, self.root_at = value, index
            if type(value) is Map or type(value) is Seq:
                top = value
                stack.append(value)
                keys.append(None)

    def _too_deep(self, index: int) -> None:
        self._problem("D104", f"brackets or indents are nested over {MAX_DEPTH} deep", index)

    def _duplicate(self, top: Map, key: str, index: int) -> None:
        first = self.file.at(top.key_at[key])
        message = f"the key “{key}” stands twice; the first is in line {first.line}"
        self.problems.append(Problem("D102", message, self.file.at(index), also=(first,), hint="keep one of them"))

    def _refuse(self, event: Any) -> None:
        what = "aliases (*)" if isinstance(event, AliasEvent) else "anchors (&)" if event.anchor else "tags (!)"
        index = self.begin + event.start_mark.index
        is_word = isinstance(event, ScalarEvent | AliasEvent)
        hint = (is_word and self._quote_hint(index)) or "write the value out; if the sign belongs to the text, quote it"
        self._problem("D103", f"{what} are not read", index, hint)

    def _check_escapes(self, value: str, index: int) -> None:
        wrong = CONTROL.search(value)
        if wrong:
            message = f"the control character U+{ord(wrong.group()):04X} cannot stand in a page or a feed"
            self._problem("D107", message, index, "delete the escape")

    def _quote_hint(self, index: int) -> str:
        line = quoted_line(self.text, index - self.begin)
        return f"if the sign belongs to the text, quote the value:\n{line}" if line else ""

    def _problem(self, code: str, message: str, index: int, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self.file.at(index), hint=hint))
