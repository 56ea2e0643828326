"""What a build keeps in its store as bytes."""

from __future__ import annotations

from msgspec.structs import replace

from digest.build.records import Entry, Made, Record
from digest.content.articles import Parsed, ParsedNote
from digest.index.packing import Codec
from digest.index.stored import ARTICLE
from digest.model import Source
from digest.problems import Problem

PARSED = Codec(Parsed)
PARSED_NOTE = Codec(ParsedNote)
ENTRY = Codec(Entry)
RECORDS: Codec[list[Record]] = Codec(list[Record])
MADE: Codec[list[Made]] = Codec(list[Made])
PROBLEM = Codec(Problem)
ONE_OFFS: Codec[dict[str, Source]] = Codec(dict[str, Source])
PROBLEMS: Codec[tuple[Problem, ...]] = Codec(tuple[Problem, ...])
FINGERPRINTS: Codec[dict[str, bytes]] = Codec(dict[str, bytes])


def apart(parsed: Parsed) -> tuple[bytes | None, bytes]:
    """What a file holds in two parts: the article without its text, and all else."""
    article = parsed.article
    if article is None:
        return None, PARSED.pack(parsed)
    return ARTICLE.pack(replace(article, body="")), PARSED.pack(replace(parsed, article=None, claims=()))


def whole(main: bytes | None, rest: bytes) -> Parsed:
    """What `apart` took apart."""
    parsed = PARSED.unpack(rest)
    if main is None:
        return parsed
    article = ARTICLE.unpack(main)
    return replace(parsed, article=article, claims=article.claims)
