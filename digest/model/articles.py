"""Articles and the editor's notes of editions (SPEC 2.1)."""

from __future__ import annotations

import datetime as dt

from digest.frozen import Frozen
from digest.model.claims import Claim
from digest.problems import NOWHERE, Location


class Correction(Frozen, frozen=True):
    """A correction that readers see, with its day."""

    day: dt.date
    text: str


class Image(Frozen, frozen=True):
    """A picture beside the article; `src` is relative to the article's folder."""

    src: str
    alt: str
    credit: str = ""
    caption: str = ""


class Article(Frozen, frozen=True):
    """One text file in content/. Datetimes are aware; `day` is the article's date in the digest's timezone and
    decides its edition and address. `regions` are region ids, `topics` topic ids; the first is the primary one.
    `gone` is why it was taken down.
    """

    id: str
    path: str
    title: str
    date: dt.datetime
    day: dt.date
    has_time: bool = False
    summary: str = ""
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    thread: str = ""
    draft: bool = False
    embargo: dt.datetime | None = None
    expires: dt.datetime | None = None
    updated: dt.datetime | None = None
    authors: tuple[str, ...] = ()
    lang: str = ""
    image: Image | None = None
    aliases: tuple[str, ...] = ()
    gone: str = ""
    corrections: tuple[Correction, ...] = ()
    claims: tuple[Claim, ...] = ()
    body: str = ""
    body_line: int = 1
    at: Location = NOWHERE

    @property
    def address(self) -> str:
        """The article's address below the digest's base path, without a leading slash."""
        return f"{self.day.isoformat().replace('-', '/')}/{self.id}/"

    @property
    def withheld(self) -> bool:
        """Whether no build has the article, at whatever moment."""
        return self.draft or bool(self.gone)

    def out(self, clock: dt.datetime) -> bool:
        """Whether readers may see the article at that wall-clock moment: not a draft, not gone, not embargoed, not in
        the future, not expired."""
        return (
            not self.withheld
            and self.date <= clock
            and (self.embargo is None or self.embargo <= clock)
            and (self.expires is None or clock < self.expires)
        )


class EditionNote(Frozen, frozen=True):
    """The editor's note for one day's edition (`_edition.md`)."""

    day: dt.date
    path: str
    title: str = ""
    body: str = ""
    body_line: int = 1
    authors: tuple[str, ...] = ()
