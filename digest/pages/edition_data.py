"""An edition as data for other programs: the same view as its page, under keys that stay."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from digest.model import Settings
from digest.model.html import plain_text
from digest.pages.edition import EditionArticle, EditionView, RegionSection, TopicSection
from digest.pages.parts import Badge, Change, ClaimBrief, LabelCount, Link

SCHEMA = "data/edition.schema.json"

Day = Annotated[str, Meta(description="A day in the digest’s timezone.", pattern=r"^\d{4}-\d\d-\d\d$")]
Moment = Annotated[str, Meta(description="ISO 8601 in UTC.", pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
Url = Annotated[
    str, Meta(description="Absolute where the digest has a url, else relative to the root of the site.", min_length=1)
]
LabelId = Annotated[str, Meta(description="A label’s id, such as party-claim; it is the same in every language.")]


class Named(Struct, frozen=True, gc=False):
    """A name with the page that it leads to."""

    name: str
    url: Url


class Counted(Struct, frozen=True, gc=False):
    """How many claims carry a label; `name` is in the digest’s language."""

    label: LabelId
    name: str
    count: Annotated[int, Meta(ge=1)]


class Note(Struct, frozen=True, gc=False):
    """A short note beside a label: its kind, and its words in the digest’s language."""

    kind: str
    text: str


class Now(Struct, frozen=True, gc=False):
    """What a label has become, and since which day."""

    label: LabelId
    label_name: str
    since: Day


class ClaimData(Struct, frozen=True, gc=False):
    """A claim with the label that it had at the end of the edition’s day; `now` where that is no longer so. `id` is the
    same as in the files of claims."""

    id: str
    text: str
    url: Url
    label: LabelId
    label_name: str
    badges: tuple[Note, ...]
    why: str
    now: Now | None


class ArticleData(Struct, frozen=True, gc=False):
    """An article of the edition. `id` never changes; `updated` moves when the article or a label of its claims does.
    `sources` says in words on how many it rests; `topic` is its primary one."""

    id: str
    title: str
    url: Url
    summary: str
    published: Moment
    updated: Moment
    topic: Named | None
    sources: str
    corrected: bool
    claims: tuple[ClaimData, ...]


class RegionData(Struct, frozen=True, gc=False):
    """The articles that have this as their primary region, in the order of the page; `within` is where it lies, the
    largest first. The last one may have neither: articles without a region."""

    name: str
    url: Url | None
    within: tuple[Named, ...]
    articles: tuple[ArticleData, ...]


class Editor(Struct, frozen=True, gc=False):
    """The editor’s note, as plain text."""

    title: str
    text: str
    authors: tuple[str, ...]


class Publication(Struct, frozen=True, gc=False):
    """The digest that the edition is one of."""

    title: str
    url: str
    language: Annotated[str, Meta(description="BCP 47.")]
    timezone: Annotated[str, Meta(description="IANA name; it decides which day is which.")]
    publisher: str


class EditionData(Struct, frozen=True, gc=False):
    """The edition of one day. `articles` and `claims` are their numbers, `labels` how many claims carried which label
    at that day’s end; `previous` and `following` are the days of the editions beside it."""

    schema: str = field(name="$schema")
    date: Day
    url: Url
    digest: Publication
    note: Editor | None
    articles: Annotated[int, Meta(ge=1)]
    claims: Annotated[int, Meta(ge=0)]
    labels: tuple[Counted, ...]
    regions: tuple[RegionData, ...]
    previous: Day | None
    following: Day | None


def edition_data(edition: EditionView, settings: Settings) -> EditionData:
    """An edition as data."""
    url = settings.url
    note = edition.note_html or edition.note_title
    return EditionData(
        schema=f"{url or '../../../'}{SCHEMA}",
        date=edition.day.iso,
        url=f"{url}{edition.day.address}",
        digest=Publication(settings.title, url, settings.language, settings.timezone, settings.publisher),
        note=Editor(edition.note_title, plain_text(edition.note_html), edition.note_authors) if note else None,
        articles=edition.articles,
        claims=edition.claims,
        labels=tuple(_counted(c) for c in edition.labels),
        regions=tuple(_region(s, url) for s in edition.sections if s.topics),
        previous=edition.previous.iso if edition.previous else None,
        following=edition.following.iso if edition.following else None,
    )


def _named(link: Link, url: str) -> Named:
    return Named(link.text, f"{url}{link.address}")


def _counted(counted: LabelCount) -> Counted:
    return Counted(counted.label.id, counted.label.name, counted.count)


def _region(section: RegionSection, url: str) -> RegionData:
    return RegionData(
        section.region.text,
        f"{url}{section.region.address}" if section.region.address else None,
        tuple(_named(link, url) for link in section.trail),
        tuple(_article(item, group, url) for group in section.topics for item in group.articles),
    )


def _article(item: EditionArticle, group: TopicSection, url: str) -> ArticleData:
    card = item.card
    return ArticleData(
        card.id,
        card.title,
        f"{url}{card.address}",
        card.summary,
        card.published,
        card.updated,
        _named(group.topic, url) if group.topic else None,
        card.sources,
        card.corrected,
        tuple(_claim(claim, url) for claim in item.claims),
    )


def _claim(claim: ClaimBrief, url: str) -> ClaimData:
    return ClaimData(
        claim.id,
        claim.text,
        f"{url}{claim.address}",
        claim.label.id,
        claim.label.name,
        tuple(map(_note, claim.badges)),
        claim.why,
        _now(claim.now) if claim.now else None,
    )


def _note(badge: Badge) -> Note:
    return Note(badge.id, badge.text)


def _now(change: Change) -> Now:
    return Now(change.label.id, change.label.name, change.day.iso)
