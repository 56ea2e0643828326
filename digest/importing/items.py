"""What is imported: one item of a text, a feed, a page, a mail or another generator's content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digest.importing.proposals import Proposal
from digest.importing.spans import Piece
from digest.problems import Problem


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be. `key` tells it from all others for ever (a feed's id, a link); "" where only the text does.

    `when` is a date or moment as front matter has it, or the source's words where they give none that an article can
    have; "" where unknown. `text` is plain text to read proposals from;
    where `markdown` is True it is the finished text of an article, kept as it is. `extra` are further keys of front
    matter (aliases, authors, lang, regions, topics); `notes` go to the editor.
    """

    origin: str
    title: str
    text: str
    key: str = ""
    link: str = ""
    when: str = ""
    outlet: str = ""
    summary: str = ""
    proposal: Proposal | None = None
    dropped: tuple[Piece, ...] = ()
    markdown: bool = False
    extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    def extras(self, key: str) -> tuple[str, ...]:
        """The values of a further key."""
        return dict(self.extra).get(key, ())


@dataclass(frozen=True, slots=True)
class Found:
    """The items of an input, or of a part of it, and what is wrong with it; `number` counts its parts, of which there
    are `parts` (0 where nobody knows)."""

    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    number: int = 0
    parts: int = 0


def stamp(moment: datetime | None) -> str:
    """A moment as front matter has it; "" for none."""
    return moment.isoformat(timespec="minutes") if moment else ""
