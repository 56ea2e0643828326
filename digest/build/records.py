"""What the steps of a build hand to one another about one file and one page."""

from __future__ import annotations

from digest.frozen import Frozen
from digest.model import Source
from digest.problems import Problem


class ClaimState(Frozen, frozen=True):
    """A claim's label now, since when (ISO 8601), a fingerprint of its whole course, what it depends on, which article
    defines it, and when something was last recorded on it; `warning` if an override does not know of the newest
    statement."""

    id: str
    label: str
    since: str
    course: bytes
    depends_on: str
    article: str
    recorded: str
    warning: Problem | None = None


class Said(Frozen, frozen=True):
    """A statement in an article, under its speaker or one of its carriers; `place` is its place in the claim there."""

    source: str
    carried: bool
    recorded: str
    claim: str
    place: int
    says: str


class Entry(Frozen, frozen=True):
    """How an article is to be filed. `begins` and `ends` (ISO 8601 in UTC, "" for never) bound the time when it is out.

    `claims` are as far as this article alone tells, as is `changed`, when its page last did; `one_offs` are the sources
    that it describes in place, of which others may tell more.
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
    changed: str
    one_offs: tuple[Source, ...] = ()


class Kept(Frozen, frozen=True):
    """What pages show of an article as far as it alone tells, packed: its entry in lists, its own page without its text
    and neighbours, its place in its edition, its claims as rows where the site has them, its entry in feeds. `outside`
    is a fingerprint of all that other pages than its own show of it, feeds aside."""

    card: bytes
    leaf: bytes
    story: bytes
    rows: bytes | None
    outside: bytes
    feed: bytes


class Record(Frozen, frozen=True):
    """What reading one file gave: packed content without its text, the text as HTML, how to file it (a packed `Entry`,
    of which `draft`, `begins` and `ends` are parts), names that must agree with other files, packed problems. `kind` is
    "article", "note" or "broken", `main` the article or note itself where there is one, `pictures` the files beside it
    that it shows."""

    path: str
    sha: bytes
    kind: str
    main: bytes | None
    rest: bytes
    body: str
    problems: bytes | None
    names: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    draft: bool = False
    begins: str = ""
    ends: str = ""
    entry: bytes | None = None
    kept: Kept | None = None


class Made(Frozen, frozen=True):
    """A page that was rendered: fingerprints of its view and its bytes; `staged` if its bytes are new."""

    address: str
    view: bytes
    sha: bytes
    staged: bool
    problem: Problem | None = None


class Stale(Frozen, frozen=True):
    """A page that may differ from what stands in the output: `view` and `sha` are of what was written last, or b""."""

    address: str
    family: str
    key: str
    view: bytes
    sha: bytes
