"""Topics: the IPTC Media Topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.content.catalogue.catalogue import Catalogue
from digest.content.catalogue.data import rows_of
from digest.content.catalogue.entry import Entry
from digest.content.catalogue.shelf import Row, Shelf
from digest.content.catalogue.slugs import slugs_of


def topics(language: str, own: Sequence[Entry] = ()) -> Catalogue:  # noqa: ARG001 - IPTC's labels come in English only
    """The catalogue of topics: ids such as "20000056" (or "medtop:20000056"), with the digest's own entries."""
    return Catalogue([Shelf(_media_topics, _as_code)], own, codes_shown=False)


def _media_topics() -> Iterator[Row]:
    topics = rows_of("iptc-media-topics.csv")
    slugs = dict(zip((id_ for id_, _, _ in topics), slugs_of(label for _, _, label in topics), strict=True))
    for id_, parent, label in topics:
        yield Row(id_, label, parent, tail=slugs.get(parent, ""))


def _as_code(word: str) -> str:
    code = word.strip().lower().removeprefix("medtop:")
    return code if len(code) == 8 and code.isascii() and code.isdigit() else ""
