"""Texts that have grown: which draft a newer version of a story belongs to, and what it says that the draft does not.

A feed tells its items apart by ids; a text has none. So it counts as a newer version only where all agrees: the day,
the title and most of the words, and where nobody has touched the draft.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from digest.content.files import Tree
from digest.importing.items import Item
from digest.importing.known import Imported
from digest.importing.record import Entry, untouched
from digest.importing.similar import ALIKE, overlap, share
from digest.importing.spans import paragraphs, sentences

TEXT = "text:"
"""What keys of items begin with that only their text tells from others."""
_TITLES_ALIKE = 0.6
"""So many of the words of both titles are in both: a toll may rise, a subject may not change."""
_LONGEST = 80
_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_WORD = re.compile(r"\w+")


def older_version(item: Item, day: str, path: str, known: Imported, root: Path, done: Collection[str]) -> Entry | None:
    """The entry of the draft at a path, where a text is a newer version of its story and nobody has touched it.

    `day` is the text's date; `done` holds the paths that this run has filed something at already."""
    entry = current(known, path, root)
    if entry is None or path in done or not entry.key.startswith(TEXT) or entry.date[:10] != day[:10]:
        return None
    title = _TITLE.search(_read(root, path))
    alike = _alike(item.title, title[1] if title else "") >= _TITLES_ALIKE
    return entry if alike and share(entry.sketch, f"{item.title}\n{item.text}") >= ALIKE else None


def current(known: Imported, path: str, root: Path) -> Entry | None:
    """The entry of what stands at a path, as it was written; None where a person has touched it."""
    entries = (known.entries[key] for key in reversed(known.at.get(path, [])))
    return next((entry for entry in entries if untouched(root, entry)), None)


def new_in(item: Item, path: str, root: Path) -> str:
    """The first sentence of an item that the article at a path does not have, shortened; "" where it has all."""
    there = _plain(_read(root, path))
    every = (s.text for p in paragraphs(item.text) for s in sentences(p))
    first = next((text for text in every if _plain(text) not in there), "")
    return first if len(first) <= _LONGEST else first[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _read(root: Path, path: str) -> str:
    data, _ = Tree(root).read(path)
    return (data or b"").decode("utf-8", "replace")


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _alike(one: str, other: str) -> float:
    return overlap(set(_plain(one).split()), set(_plain(other).split()))
