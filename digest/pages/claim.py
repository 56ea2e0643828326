"""The page of one claim."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import SourceKind
from digest.model.settings import Picture
from digest.pages.compose import Composer
from digest.pages.drawn.timeline import Timeline, compose_timeline
from digest.pages.parts import ArticleCard, ClaimFull, Link
from digest.pages.sheet import Family, Sheet


class ClaimView(Frozen, frozen=True):
    """A claim, the articles it stands in (newest first), and the claims that depend on it. `people` are the ids of
    those who speak about it that are persons and no organisations."""

    claim: ClaimFull
    articles: tuple[ArticleCard, ...]
    dependents: tuple[Link, ...]
    admiralty: str
    people: tuple[str, ...] = ()
    timeline: Timeline | None = None


_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.ANONYMOUS, SourceKind.SOCIAL})


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each claim."""
    return ((claim, f"claims/{claim}/") for claim in index.claims())


def reads(key: str) -> tuple[str, ...]:
    """The articles that the claim stands in; the claims that depend on it."""
    return (f"claim:{key}", f"dependents:{key}")


def view(composer: Composer, key: str) -> Sheet:
    """The page of a claim."""
    index = composer.index
    claim = composer.claim(key)
    sources = index.registry.sources
    dependents = tuple(Link(composer.course(d).claim.text, f"claims/{d}/") for d in index.group(f"dependents:{key}"))
    made = ClaimView(
        claim,
        tuple(composer.cards(f"claim:{key}")),
        dependents,
        claim.admiralty,
        tuple(s for s in dict.fromkeys(s.source.id for s in claim.statements) if sources[s].kind in _PEOPLE),
        compose_timeline(composer, [(Link(claim.text, claim.address), claim.history)])
        if Picture.TIMELINE in index.settings.pictures
        else None,
    )
    trail = (Link(composer.tongue.gettext("Labels"), "labels/"), Link(claim.label.name, claim.label.address))
    return Sheet(claim.text, f"{claim.label.name}. {claim.why}", trail, made)


FAMILY = Family("claim", "claim.html", plan, reads, view)
