"""The parts that the views of several page families share: what a template may see of an article, claim or source.

Every `address` is below the digest's base path and has no leading slash; a template writes `{{ root }}{{ x.address }}`.
Texts are plain text; fields that end in `_html` hold HTML that is safe to write as it is.
"""

from __future__ import annotations

from digest.frozen import Frozen


class Link(Frozen, frozen=True):
    """Words with the address that they lead to; `count` is how many articles stand behind it, where that matters."""

    text: str
    address: str
    count: int = 0


class Day(Frozen, frozen=True):
    """A date: `iso` for <time>, `full` "Tuesday 1 July 2025", `short` "1 July 2025", `address` of its edition or "".

    Only days on which an article of the page appeared have an address.
    """

    iso: str
    full: str
    short: str
    address: str


class LabelMark(Frozen, frozen=True):
    """A label: `id` names its symbol, colour and CSS class ("party-claim"), `name` its words ("One side’s claim")."""

    id: str
    name: str
    address: str


class LabelCount(Frozen, frozen=True):
    """How many claims carry a label."""

    label: LabelMark
    count: int


class Change(Frozen, frozen=True):
    """A label from a day on."""

    label: LabelMark
    day: Day


class Badge(Frozen, frozen=True):
    """A short note beside a label: `id` its kind ("no-comment"), `text` its words ("no comment from Kyiv")."""

    id: str
    text: str


class SourceMark(Frozen, frozen=True):
    """A source where it is named with a claim: `note` is its own label in words ("agency, controlled by Russia").

    `address` is "" for a one-off source, which has no page.
    """

    id: str
    name: str
    note: str
    address: str


class StatementRow(Frozen, frozen=True):
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


class OverrideNote(Frozen, frozen=True):
    """An editor's override: the computed label that it replaces, the reason, who and when; `stale` if something was
    recorded after it."""

    computed: LabelMark
    reason: str
    editor: str
    day: Day
    evidence: str
    stale: bool


class ClaimBrief(Frozen, frozen=True):
    """A claim as one sentence with its label. `label`, `badges` and `why` are of the moment that the page speaks of;
    `now` is the newest label with its date where it differs from that (only in editions)."""

    id: str
    text: str
    address: str
    label: LabelMark
    badges: tuple[Badge, ...]
    why: str
    now: Change | None = None


class ClaimFull(Frozen, frozen=True):
    """A claim with all that is known of it. `anchor` is its id on the article's page ("claim-…"); `statements` are in
    order of day, `history` is every label with its day (one entry: it never changed); `admiralty` is its credibility on
    that scale, "" for what cannot be checked."""

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
    admiralty: str


class ArticleCard(Frozen, frozen=True):
    """An article in a list. `sources` is its count in words ("4 sources, 1 independent"), "" if it names none;
    `labels` how many of its claims carry which label now; `region` and `topic` are the primary ones. `published` is
    when it appeared, `updated` when it was last updated or corrected, or a label of its claims changed (RFC 3339,
    UTC)."""

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
    published: str
    updated: str


class FeedLink(Frozen, frozen=True):
    """A feed as pages link to it: `type` is its media type, `form` its name ("Atom")."""

    title: str
    address: str
    type: str
    form: str


class Page(Frozen, frozen=True):
    """What every page has: its own address and title, the trail to it, and where the digest's root lies from here.

    `root` is a relative prefix ("../../", "./" at the top; the base path on 404.html). `canonical` is the absolute
    address, "" where the digest has no url. `kind` is the page family. `feeds` follow what the page shows. `card` is
    the absolute address of the social card that it is shared with, "" if there is none.
    """

    kind: str
    title: str
    description: str
    address: str
    root: str
    canonical: str
    trail: tuple[Link, ...]
    index: bool = True
    feeds: tuple[FeedLink, ...] = ()
    card: str = ""


class ReviewMark(Frozen, frozen=True):
    """What a label is in a schema.org ClaimReview: `name` in words, `rating` from 1 to 5, or 0 where it has none."""

    label: str
    name: str
    rating: int


class Site(Frozen, frozen=True):
    """What all pages share: settings that readers see, the stylesheet's address, the navigation, the feeds of the whole
    digest, the address of the page that lists all feeds ("" where there is none); `reviews` for the labels that have
    one, empty where the digest publishes no ClaimReview; `mail` is the name of the file beside an edition that holds it
    as a letter, `data` the address of the page about data, each "" where the site has none; `reference` is the address
    of the stylesheet for pages of tables and lists, `script` of the search page's script."""

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
    reference: str
    icon: str
    navigation: tuple[Link, ...]
    generator: str
    feeds: tuple[FeedLink, ...] = ()
    feeds_page: str = ""
    reviews: tuple[ReviewMark, ...] = ()
    mail: str = ""
    data: str = ""
    script: str = ""
