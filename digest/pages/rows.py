"""Claims as rows: what `digest export claims` gives out, and the files of claims on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from digest.index.filing import in_utc
from digest.index.index import Part
from digest.index.packing import Codec
from digest.labels.verdict import Course
from digest.labels.words import admiralty
from digest.model import Article, ClaimKind, Label
from digest.pages.compose import Composer

Moment = Annotated[
    str,
    Meta(
        description="A moment: ISO 8601 in UTC, to the second; empty where nothing was recorded.",
        pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$",
        examples=["2025-07-01T08:30:00Z"],
    ),
]


class Labelled(Struct, frozen=True, gc=False):
    """A label from a moment on, and the rule that gave it."""

    at: Moment
    label: Label
    rule: str


class ClaimRow(Struct, frozen=True, gc=False):
    """One claim of a digest, as it stands now."""

    id: Annotated[str, Meta(description="Names the claim for ever; its page is claims/ID/ below the digest’s address.")]
    text: Annotated[str, Meta(description="The claim in one sentence.")]
    kind: Annotated[ClaimKind, Meta(description="What sort of thing it says.")]
    label: Annotated[Label, Meta(description="How far it is verified.")]
    rule: Annotated[str, Meta(description="The rule that gave the label.")]
    badges: Annotated[
        tuple[str, ...],
        Meta(description="Short notes, as a kind or kind:who.", examples=[["silent:kremlin", "conditional"]]),
    ]
    why: Annotated[str, Meta(description="In one sentence, in the digest’s language, why it has its label.")]
    admiralty: Annotated[
        str,
        Meta(description="Credibility on the Admiralty scale; empty for what cannot be checked.", pattern="^[1-6]?$"),
    ]
    recorded: Annotated[Moment, Meta(description="When its first statement was recorded.")]
    since: Annotated[Moment, Meta(description="Since when it has had this label by this rule.")]
    history: Annotated[tuple[Labelled, ...], Meta(description="Its labels through time, oldest first.")]
    computed: Annotated[
        str, Meta(description="The label by the rules where an editor has overridden it; empty otherwise.")
    ]
    articles: Annotated[
        tuple[str, ...], Meta(description="Ids of the articles that it stands in, oldest first.", min_length=1)
    ]


ROWS: Codec[tuple[ClaimRow, ...]] = Codec(tuple[ClaimRow, ...])


def all_rows(composer: Composer) -> list[ClaimRow]:
    """A row for each claim of the index, sorted by id."""
    courses = (composer.course(claim) for claim in sorted(composer.index.claims()))
    return [_row(composer, course, composer.why(course.now)) for course in courses]


def rows_of(composer: Composer, group: str) -> list[ClaimRow]:
    """The rows of the claims that the articles of a group define, sorted by id: each claim stands in one such group of
    a kind."""
    return sorted(_defined(composer, composer.index.group(group)), key=lambda row: row.id)


def _defined(composer: Composer, articles: Iterable[str]) -> Iterator[ClaimRow]:
    for article in articles:
        kept = composer.index.kept(article, Part.ROWS)
        yield from compose_rows(composer, composer.index.article(article)) if kept is None else ROWS.unpack(kept)


def compose_rows(composer: Composer, article: Article) -> tuple[ClaimRow, ...]:
    """The rows of the claims that an article defines."""
    courses = (course for course in composer.courses(article) if course.claim.article == article.id)
    return tuple(_row(composer, course, composer.claim(course.claim.id).why) for course in courses)


def _row(composer: Composer, course: Course, why: str) -> ClaimRow:
    claim, now = course.claim, course.now
    statements = now.evidence.statements
    others = reversed(composer.index.group(f"claim:{claim.id}"))
    return ClaimRow(
        claim.id,
        claim.text,
        claim.kind,
        now.label,
        now.rule,
        now.badges,
        why,
        admiralty(now.label, now.by_rules),
        in_utc(min(s.recorded for s in statements)) if statements else "",
        in_utc(course.history[-1][0]) if statements else "",
        tuple(Labelled(in_utc(at), v.label, v.rule) for at, v in course.history) if statements else (),
        str(now.computed or ""),
        tuple(others) or (claim.article,),
    )
