"""Pieces of a text that know where they stand: paragraphs, sentences, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TERMINAL = (".", "?", "!", "…")
_CLOSING = "\"”’')]"
_WRAPPED = range(50, 90)
"""Lengths of lines that a mail program has broken."""
_END = re.compile(r"""[.?!…]+["”’')\]]*(?=\s+["“‘'(\[]?[A-Z0-9À-ÞĀ-ɏ"“])""")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|vs|Jr|Sr|Inc|Ltd|Co|Corp|Jan|Feb|Aug|Sept|Sep|"
    r"Oct|Nov|Dec|approx|est|incl|excl|ca|Ave|Rd|Blvd|Mt|Ft|Pres|Bros|Hon|Rev|Adm|Brig|Cmdr|Cpl|Pvt|Supt|Insp|Det|Atty|"
    r"Dept|Univ|Assn|Nos|e\.g|i\.e|al|Messrs|Fr|Sr|U\.S|U\.K|U\.N|a\.m|p\.m)|\b[A-Z])\.$"
)
_QUOTES = re.compile(r"[“”\"]|(?<!\w)‘|’(?!\w)")
BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
"""What a line of a list begins with."""
_ALONE = re.compile(rf"{BULLET.pattern}|\S+@\S+$")
"""Lines that no line above them goes on with."""
HIDDEN = "□"
"""Stands for each character of a quotation, so that nothing in it is taken for the words around it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text; `begin` and `end` count its characters there."""

    text: str
    begin: int
    end: int

    def part(self, begin: int, end: int) -> Piece:
        """A piece of this piece, without blanks around it."""
        text = self.text[begin:end].rstrip()
        bare = text.lstrip()
        begin += self.begin + len(text) - len(bare)
        return Piece(bare, begin, begin + len(bare))


def ends_a_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return text.rstrip().rstrip(_CLOSING).endswith(_TERMINAL)


def paragraphs(text: str) -> list[Piece]:
    """The lines of a text that hold something; lines that a mail program has broken are one."""
    found: list[Piece] = []
    block: list[Piece] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            block.append(Piece(line, at, at + len(line)).part(0, len(line)))
        elif block:
            found += _joined(block, text)
            block = []
        at += len(line) + 1
    return [*found, *_joined(block, text)]


def _joined(block: list[Piece], text: str) -> Iterator[Piece]:
    wrapped = len(block) > 2 and all(len(piece.text) in _WRAPPED for piece in block[:-1])
    begin = 0
    for i, piece in enumerate(block):
        last = i + 1 == len(block)
        goes_on = (
            not last
            and not ends_a_sentence(piece.text)
            and (wrapped or block[i + 1].text[0].islower())
            and not _ALONE.match(block[i + 1].text)
        )
        if last or not goes_on:
            first = block[begin]
            yield Piece(text[first.begin : piece.end].replace("\n", " "), first.begin, piece.end)
            begin = i + 1


def sentences(paragraph: Piece) -> list[Piece]:
    """The sentences of a paragraph; a quotation of several sentences is not taken apart."""
    shown = hidden(paragraph.text)
    found, begin = [], 0
    for match in _END.finditer(paragraph.text):
        inside = shown[match.start()] == HIDDEN and shown[match.end() - 1] == HIDDEN
        if inside or _SHORT.search(paragraph.text, max(begin, match.end() - 12), match.end()):
            continue
        found.append(paragraph.part(begin, match.end()))
        begin = match.end()
    rest = paragraph.part(begin, len(paragraph.text))
    return [*found, rest] if rest.text else found


@lru_cache(64)  # several rules look at the same sentence
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations begin and end, marks included. One that is not closed goes to the end."""
    found: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for match in _QUOTES.finditer(text):
        sign = match.group()
        if opened < 0 and sign not in "”’":
            opened, mark = match.start(), {"“": "”", "‘": "’"}.get(sign, sign)
        elif opened >= 0 and sign == mark:
            found.append((opened, match.end()))
            opened = -1
    if opened >= 0 and mark != "’":
        found.append((opened, len(text)))
    return tuple(found)


@lru_cache(64)
def hidden(text: str) -> str:
    """The text with HIDDEN for what stands in quotations, the marks themselves kept."""
    shown = list(text)
    for begin, end in quotations(text):
        closed = end - 1 if text[end - 1] in '”"’' and end - 1 > begin else end
        shown[begin + 1 : closed] = HIDDEN * (closed - begin - 1)
    return "".join(shown)
