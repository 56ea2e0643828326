"""Bytes to text, and raw text to items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from digest.content.document import File
from digest.importing.confined import Confined, confined
from digest.importing.items import Found, Item
from digest.importing.lexicon import lexicon
from digest.importing.markdown import clean, visible
from digest.importing.proposals import each_story
from digest.importing.spans import Piece
from digest.importing.stories import split
from digest.model import SourceKind
from digest.problems import Location, Problem, Severity

MAX_TEXT = 2 * 1024 * 1024
"""A month of running copy has less; more is no news but data."""
LONGEST_LINE = 100_000
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXTS = (
    (b"PK\x03\x04", "a ZIP archive (or a document of a word processor)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""How files begin that people take for texts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What readers of inputs need to know: today, for dates without a year, and names of known sources with their
    kinds."""

    today: date
    registered: Mapping[str, SourceKind] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Names of known sources by the host of their home page."""
    is_topic: Callable[[str], bool] = bool
    is_region: Callable[[str], bool] = bool
    """Whether a word names a topic, or a region."""
    confined: Confined = confined
    """Reads in a process of its own what others have written in HTML or XML."""

    def outlet(self, link: str) -> str:
        """The name of the known source on whose site a link leads; "" where it leads to none."""
        host = (urlsplit(link).hostname or "").removeprefix("www.") if link else ""
        return next((self.hosts[end] for end in _ends(host) if end in self.hosts), "")


def _ends(host: str) -> Iterator[str]:
    """A host and the domains above it."""
    while "." in host:
        yield host
        host = host.partition(".")[2]


def text_of(origin: str, data: bytes, *, most: int = MAX_TEXT) -> tuple[str, list[Problem]]:
    """The text of some bytes: UTF-8, UTF-16 or UTF-32 with their marks, else Windows-1252 where that gives letters.

    The problem, and no text, where the bytes are too many or are no text.
    """
    at = Location(origin)
    if len(data) > most:
        message = f"the input has {len(data):,} bytes; the most that is read is {most:,}"
        return "", [Problem("D952", message, at, hint="split it, and import the parts")]
    packed = next((what for mark, what in _NO_TEXTS if data.startswith(mark)), "")
    if packed:
        hint = "unpack it, or save the text in it, and import that"
        return "", [Problem("D958", f"this is {packed} and no text", at, hint=hint)]
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _western(data)
        if not text:
            message = (
                f"byte 0x{data[error.start]:02X} at offset {error.start} is not {encoding.upper()}, and no other text"
            )
            return "", [Problem("D958", message, at, hint="save the text as UTF-8")]
    if text.count("\x00") > 0:
        return "", [
            Problem("D958", "the input holds NUL bytes: it is no text", at, hint="import text, HTML, a feed or a mail")
        ]
    return clean(text), []


def _western(data: bytes) -> str:
    """Bytes as Windows-1252 where nearly all of them are letters, digits, blanks and usual signs; else ""."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    strange = sum(not (c.isprintable() or c in "\n\r\t") for c in text)
    high = sum(ord(c) > 0x7F for c in text)
    return text if strange == 0 and high * 4 <= len(text) else ""


def raw_items(origin: str, data: bytes, known: Known) -> Found:
    """The stories of a text."""
    parts = list(raw_parts(origin, data, known))
    return Found(
        tuple(item for part in parts for item in part.items), tuple(p for part in parts for p in part.problems)
    )


def raw_parts(origin: str, data: bytes, known: Known) -> Iterator[Found]:
    """The stories of a text, one by one."""
    text, problems = text_of(origin, data)
    if problems:
        yield Found(problems=tuple(problems))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"the line has {len(line):,} characters; the most that is read is {LONGEST_LINE:,}"
            hint = "news has paragraphs: break the line where they end"
            yield Found(problems=(Problem("D952", message, Location(origin, number, 1), hint=hint),))
            return
    text = visible(text)
    found = split(text, lexicon())
    if not found.stories:
        hint = "is it the right file?"
        yield Found(problems=(Problem("D957", "there is no news in it", Location(origin), hint=hint),))
        return
    undated = tuple(_undated(File(origin, text).at(line.begin), line) for line in found.head.unclear)
    for number, story in enumerate(each_story(found, known.today, known.registered), 1):
        item = Item(
            origin=origin,
            title=story.title,
            text="\n".join(paragraph.text for paragraph in story.body),
            proposal=story,
            dropped=found.dropped if number == 1 else (),
        )
        yield Found((item,), undated if number == 1 else (), number, len(found.stories))


def _undated(at: Location, line: Piece) -> Problem:
    message = f"“{line.text}” is no date, or can be read as two"
    hint = "write it as 2025-07-01, or give --date: the line is left out, and the drafts have another date"
    return Problem("D205", message, at, Severity.WARNING, hint, line.text)
