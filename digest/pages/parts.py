"""The parts that the views of several page families share: what a template may see of an article, claim or source.

Every `address` is below the digest's base path and has no leading slash; a template writes `{{ root }}{{ x.address }}`.
Texts are plain text; fields that end in `_html` hold HTML that is safe to write as it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words with the address that they lead to; `count` is how many articles stand behind it, where that matters."""

    text: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A date: `iso` for <time>, `full` "Tuesday 1 July 2025", `short` "1 July 2025", `address` of its edition or "".

    Only days on which an article of the page appeared have an address.
    """

    iso: str
    full: str
    short: str
    address: str


@dataclass(frozen=True, slots=True)
class LabelMark:
    """A label: `id` names its symbol, colour and CSS class ("party-claim"), `name` its words ("One side’s claim")."""

    id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many claims carry a label."""

    label: LabelMark
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """A label from a day on."""

    label: LabelMark
    day: Day


@dataclass(frozen=True, slots=True)
class Badge:
    """A short note beside a label: `id` its kind ("no-comment"), `text` its words ("no comment from Kyiv")."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A source where it is named with a claim: `note` is its own label in words ("agency, controlled by Russia").

    `address` is "" for a one-off source, which has no page.
    """

    id: str
    name: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement: who says what through whom, how they know, when, where it was read.

    `stance` is the id ("denies"), `says` its words, `side` "for", "against" or "other"; `worth` says in words what it
    counts for; `site` is the host name behind `url`.
    """

    source: SourceMark
    via: tuple[SourceMark, ...]
    stance: str
    says: str
    side: str
    basis: str
    worth: str
    recorded: Day
    said: Day | None
    url: str
    site: str
    archive: str
    quote: str
    note: str
    figure: str


@dataclass(frozen=True, slots=True)
class OverrideNote:
    """An editor's override: the computed label that it replaces, the reason, who and when; `stale` if something was
    recorded after it."""

    computed: LabelMark
    reason: str
    editor: str
    day: Day
    evidence: str
    stale: bool


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    """A claim as one sentence with its label. `label`, `badges` and `why` are of the moment that the page speaks of;
    `now` is the newest label with its date where it differs from that (only in editions)."""

    id: str
    text: str
    address: str
    label: LabelMark
    badges: tuple[Badge, ...]
    why: str
    now: Change | None = None


@dataclass(frozen=True, slots=True)
class ClaimFull:
    """A claim with all that is known of it. `anchor` is its id on the article's page ("claim-…"); `statements` are in
    order of day, `history` is every label with its day (one entry: it never changed)."""

    id: str
    anchor: str
    text: str
    address: str
    kind: str
    label: LabelMark
    badges: tuple[Badge, ...]
    why: str
    statements: tuple[StatementRow, ...]
    history: tuple[Change, ...]
    override: OverrideNote | None
    depends_on: Link | None
    place: str
    precision: str


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list. `sources` is its count in words ("4 sources, 1 independent"), "" if it names none;
    `labels` how many of its claims carry which label now; `region` and `topic` are the primary ones."""

    id: str
    title: str
    address: str
    day: Day
    summary: str
    region: Link | None
    topic: Link | None
    sources: str
    labels: tuple[LabelCount, ...]
    corrected: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has: its own address and title, the trail to it, and where the digest's root lies from here.

    `root` is a relative prefix ("../../", "./" at the top; the base path on 404.html). `canonical` is the absolute
    address, "" where the digest has no url. `kind` is the page family. `wide` pages have no narrow text column.
    """

    kind: str
    title: str
    description: str
    address: str
    root: str
    canonical: str
    trail: tuple[Link, ...]
    index: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share: settings that readers see, the stylesheet's address, the navigation."""

    title: str
    description: str
    notice: str
    publisher: str
    publisher_url: str
    contact: str
    language: str
    direction: str
    url: str
    stylesheet: str
    icon: str
    navigation: tuple[Link, ...]
    generator: str
