"""A quick reader for the YAML that most front matter consists of; whatever it does not know, it leaves alone.

It knows block mappings and lists with plain keys, scalars on one line, and brackets whose lines break after commas.
For every text it either builds the very tree that the full parser builds, places included, or gives None: also for
every mistake, so that what is said about mistakes comes from one place.
"""

from __future__ import annotations

import re
from typing import TypeVar

from digest.content.yaml_tree import Map, Node, Seq

Block = TypeVar("Block", Map, Seq)

MAX_TEXT = 100_000
"""Longer texts are left to the full parser (characters)."""
_MAX_DEPTH = 10
"""Blocks nested deeper, and brackets nested deeper, are left to the full parser, which reports what is too deep."""

_NOTHING = frozenset({"~", "null"})
_UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML refuses or gives a meaning: tabs, line breaks other than LF, the byte order mark.

Sets of characters are written so that they hold few: one of all others takes ten times as long to compile, which every
command would wait for."""

# Repeats of one character are possessive (*+), so that no text makes a match slow.
_KEY = r"(?P<key> [A-Za-z_][\w-]{0,99}+ ):"
_FIRST = r"[^\x00-#%-')*,\-:-@\[-^`{-\x7f]"  # YAML's signs are all ASCII; what is none of them begins plain scalars
_BLOCK_PLAIN = rf"(?P<plain> {_FIRST}[^\n:\#]*+ (?: (?: :(?=[^ \n]) | (?<=[^ ])\# ) [^\n:\#]*+ )* | ~ )"
_FLOW_PLAIN = rf"(?P<plain> {_FIRST}[^\n:\#,\[\]{{}}]*+ (?: :(?=[\w/]) [^\n:\#,\[\]{{}}]*+ )* | ~ )"
_QUOTED = r"""'(?P<single> [^'\n]*+ (?:''[^'\n]*+)* )' | "(?P<double> [^"\\\n]*+ )" """
_WORDS = r"\[(?P<words> \w[\w./-]*+ (?:,[ ]\w[\w./-]*+)* )\]"
_BRACKET = r"(?P<bracket> (?=[\[{]) )"
_LINE_END = r"[ ]*+ (?:\n|\Z)"
_FLOW_NEXT = r"[ ]*+ (?: , [ ]*+ (?:\n[ ]++)? | [\]}] )"
_FLOW_VALUE = rf"(?: (?: {_FLOW_PLAIN} | {_QUOTED} | {_WORDS} ) {_FLOW_NEXT} | {_BRACKET} )"

_LINE = re.compile(
    rf"""(?P<indent> [ ]*+ )
    (?: \#[^\n]*+ (?:\n|\Z)
      | (?P<dash> -[ ]++ )? (?: {_KEY} (?=[ \n]|\Z) [ ]*+ )?
        (?: (?: {_BLOCK_PLAIN} | {_QUOTED} | {_WORDS} )? {_LINE_END} | {_BRACKET} )
    )""",
    re.VERBOSE,
)
"""A line: a comment, or dash, key and value, each of which may be missing. The last group that took part names the
kind of value: a scalar, plain or quoted; a list of plain words; or other brackets, before which the match ends."""
_PAIR = re.compile(rf"[ ]*+ {_KEY} [ ]++ {_FLOW_VALUE}", re.VERBOSE)
"""In braces: key and value, and the comma or closing bracket behind it."""
_ITEM = re.compile(rf"[ ]*+ {_FLOW_VALUE}", re.VERBOSE)
"""In brackets: the same without a key."""
_END_OF_LINE = re.compile(_LINE_END, re.VERBOSE)
_END_OF_ITEM = re.compile(_FLOW_NEXT, re.VERBOSE)


class _Unknown(Exception):  # noqa: N818 - no error, the text may well be right
    """The text is not certainly in the subset."""


def fast_yaml(text: str, begin: int) -> Map | None:
    """The mapping that a text holds which stands at the index `begin` of its file; None for the full parser to read."""
    if len(text) > MAX_TEXT or _UNUSUAL.search(text):
        return None
    try:
        return _Blocks(begin).read(text)
    except _Unknown:
        return None


class _Blocks:
    """The mappings and lists that may go on in the next line, with their columns, innermost last."""

    __slots__ = ("begin", "open", "root", "waiting")

    def __init__(self, begin: int) -> None:
        self.begin = begin
        self.root = Map(begin)
        self.open: list[tuple[int, Map | Seq]] = [(0, self.root)]
        self.waiting: str | None = None
        """The innermost mapping's last key, where its line held no value: a block may follow."""

    def read(self, text: str) -> Map:
        """The mapping that the lines of a text make."""
        begin, root = self.begin, self.root
        position, end = 0, len(text)
        while position < end:
            line = _LINE.match(text, position)
            if line is None:
                raise _Unknown
            start, position = position, line.end()
            if line.lastgroup == "indent":
                continue
            indent, dash, key = line.group("indent", "dash", "key")
            column = len(indent)
            at = begin + start + column
            if dash:
                items = self._at(Seq, column, at)
                if key is None:
                    item, item_at, position = _value(line, begin, 0, _END_OF_LINE)
                    items.append(item)
                    items.item_at.append(item_at)
                    continue
                at += len(dash)
                block = Map(at)
                items.append(block)
                items.item_at.append(at)
                self._open(column + len(dash), block)
            else:
                block = self._at(Map, column, at)
            if key is None or key in block:
                raise _Unknown
            block.key_at[key] = at
            if line.lastgroup == "key":
                self.waiting = key
                block[key], block.value_at[key] = None, begin + line.end("key") + 1
            else:
                block[key], block.value_at[key], position = _value(line, begin, 0, _END_OF_LINE)
        if not root:
            raise _Unknown
        root.start = next(iter(root.key_at.values()))
        root.certain = True
        return root

    def _at(self, kind: type[Block], column: int, at: int) -> Block:
        """The mapping or list that goes on at a column, or begins there as the waiting key's value."""
        outer, top = self.open[-1]
        key, self.waiting = self.waiting, None
        if key is not None and type(top) is Map and (column > outer or (column == outer and kind is Seq)):
            block = kind(at)
            top[key], top.value_at[key] = block, at
            self._open(column, block)
            return block
        while column < outer or (column == outer and kind is Map and type(top) is Seq):
            self.open.pop()
            outer, top = self.open[-1]
        if column != outer or type(top) is not kind:
            raise _Unknown
        return top

    def _open(self, column: int, block: Map | Seq) -> None:
        self.open.append((column, block))
        if len(self.open) > _MAX_DEPTH:
            raise _Unknown


def _value(match: re.Match[str], begin: int, depth: int, after: re.Pattern[str]) -> tuple[Node, int, int]:
    """The value that was matched, its place, and the index behind what comes after it."""
    kind = match.lastgroup
    if kind == "plain":
        value = match["plain"].rstrip(" ")
        if value[-1].isspace():
            raise _Unknown
        return None if value in _NOTHING else value, begin + match.start("plain"), match.end()
    if kind == "single":
        return _tight(match["single"]).replace("''", "'"), begin + match.start("single") - 1, match.end()
    if kind == "double":
        return _tight(match["double"]), begin + match.start("double") - 1, match.end()
    if kind == "words":
        words = _words(match["words"], begin + match.start("words") - 1)
        return words, words.start, match.end()
    if kind != "bracket" or depth == _MAX_DEPTH:
        raise _Unknown
    text, start = match.string, match.end()
    read = _braces if text[start] == "{" else _brackets
    node, position = read(text, begin, start, depth + 1)
    end = after.match(text, position)
    if end is None:
        raise _Unknown
    return node, node.start, end.end()


def _tight(text: str) -> str:
    """The text, if it neither begins nor ends with space."""
    if text != text.strip():
        raise _Unknown
    return text


def _words(words: str, at: int) -> Seq:
    """A list of plain words with one comma and space between them, at the place of its bracket."""
    node = Seq(at)
    at += 1
    for word in words.split(", "):
        node.append(None if word in _NOTHING else word)
        node.item_at.append(at)
        at += len(word) + 2
    return node


def _braces(text: str, begin: int, start: int, depth: int) -> tuple[Map, int]:
    """The mapping in the braces that open at an index, and the index behind them."""
    node = Map(begin + start)
    key_at, value_at, match = node.key_at, node.value_at, _PAIR.match
    position = start + 1
    if text.startswith("}", position):
        return node, position + 1
    while True:
        pair = match(text, position)
        if pair is None:
            raise _Unknown
        key = pair["key"]
        if key in key_at:
            raise _Unknown
        key_at[key] = begin + pair.start("key")
        node[key], value_at[key], position = _value(pair, begin, depth, _END_OF_ITEM)
        closing = text[position - 1]
        if closing == "}":
            return node, position
        if closing == "]":
            raise _Unknown


def _brackets(text: str, begin: int, start: int, depth: int) -> tuple[Seq, int]:
    """The list in the brackets that open at an index, and the index behind them."""
    node = Seq(begin + start)
    position = start + 1
    if text.startswith("]", position):
        return node, position + 1
    while True:
        item = _ITEM.match(text, position)
        if item is None:
            raise _Unknown
        value, at, position = _value(item, begin, depth, _END_OF_ITEM)
        node.append(value)
        node.item_at.append(at)
        closing = text[position - 1]
        if closing == "]":
            return node, position
        if closing == "}":
            raise _Unknown
