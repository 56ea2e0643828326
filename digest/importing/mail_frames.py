"""What mail programs write around a mail: headers of what was forwarded, quote marks, device lines, notices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.importing.lexicon import Lexicon
from digest.importing.moments import said_in_head
from digest.importing.spans import Piece, ends_a_sentence

_LONGEST_NOTE = 200
"""What somebody writes above a forwarded text has at most so many characters."""
_QUOTE = re.compile(r"(?:> ?)+")
_FEW_WORDS = 4
"""Quoted lines of so many words that end as no sentence are somebody's greeting."""


@dataclass(frozen=True, slots=True)
class Unframed:
    """The text of a mail without frames, the lines that were left out, and the day that a forwarded header gives."""

    text: str
    dropped: tuple[str, ...] = ()
    sent: str = ""


def unframed(text: str, lexicon: Lexicon) -> Unframed:
    """The text of a mail as whoever sent the news wrote it."""
    lines = text.split("\n")
    gone: set[int] = set()
    sent = ""
    for begin, end in _headers(lines, lexicon):
        gone.update(range(begin, end))
        sent = sent or next(filter(None, (_day(line, lexicon) for line in lines[begin:end])), "")
        above, below = " ".join(lines[:begin]).strip(), " ".join(lines[end:]).strip()
        if len(above) <= min(_LONGEST_NOTE, len(below)):
            gone.update(range(begin))
    notice = False
    kept = []
    for number, line in enumerate(lines):
        plain = _unquoted(line) if line.lstrip().startswith(">") else line
        notice = (notice and bool(plain.strip())) or bool(lexicon.mail["notice"].fullmatch(plain.strip()))
        if number in gone or notice or _frame(plain.strip(), lexicon) or (plain is not line and _greeting(plain)):
            gone.add(number)
            kept.append("")
        else:
            kept.append(plain)
    return Unframed("\n".join(kept), tuple(lines[n].strip() for n in sorted(gone) if lines[n].strip()), sent)


def _unquoted(line: str) -> str:
    return _QUOTE.sub("", line.strip(), count=1)


def _headers(lines: list[str], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where headers of forwarded mails begin and end: two or more in a row."""
    found, begin = [], 0
    while begin < len(lines):
        end = begin
        while end < len(lines) and lexicon.mail["header"].fullmatch(_unquoted(lines[end])):
            end += 1
        if end - begin > 1:
            found.append((begin, end))
        begin = end + 1
    return found


def _day(line: str, lexicon: Lexicon) -> str:
    match = lexicon.mail["sent"].fullmatch(_unquoted(line))
    said = f"date: {match['when']}" if match else ""
    dated = said_in_head([Piece(said, 0, len(said))]).dated if said else None
    return str(dated.day) if dated else ""


def _frame(line: str, lexicon: Lexicon) -> bool:
    return any(lexicon.mail[name].fullmatch(line) for name in ("divider", "wrote", "device"))


def _greeting(line: str) -> bool:
    return bool(line.strip()) and len(line.split()) <= _FEW_WORDS and not ends_a_sentence(line)
