"""What the steps of a build hand to one another about one file and one page."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Source
from digest.problems import Problem


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim's label now, since when (ISO 8601), a fingerprint of its whole course, and what it depends on; `warning`
    if an override does not know of the newest statement."""

    id: str
    label: str
    since: str
    course: bytes
    depends_on: str
    warning: Problem | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in an article, under its speaker or one of its carriers; `place` is its place in the claim there."""

    source: str
    carried: bool
    recorded: str
    claim: str
    place: int
    says: str


@dataclass(frozen=True, slots=True)
class Entry:
    """How an article is to be filed. `begins` and `ends` (ISO 8601 in UTC, "" for never) bound the time when it is out.

    `claims` are as far as this article alone tells; `card` is its packed entry in lists on the same ground, and
    `one_offs` are the sources that it describes in place, of which others may tell more.
    """

    id: str
    sort: str
    address: str
    draft: bool
    begins: str
    ends: str
    groups: tuple[str, ...]
    claims: tuple[ClaimState, ...]
    mentions: tuple[str, ...]
    said: tuple[Said, ...]
    card: bytes
    one_offs: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What reading one file gave: packed content without its text, the text as HTML, how to file it, names that must
    agree with other files, problems. `kind` is "article", "note" or "broken", `pictures` the files beside it that it
    shows."""

    path: str
    sha: bytes
    kind: str
    parsed: bytes
    body: str
    entry: Entry | None
    pictures: tuple[str, ...]
    names: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was rendered: fingerprints of its view and its bytes; `staged` if its bytes are new."""

    address: str
    view: bytes
    sha: bytes
    staged: bool
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """A page that may differ from what stands in the output: `view` and `sha` are of what was written last, or b""."""

    address: str
    family: str
    key: str
    view: bytes
    sha: bytes
