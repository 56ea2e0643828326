"""The page of one claim."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import ArticleCard, ClaimFull, Link


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, the articles it stands in (newest first), and the claims that depend on it."""

    claim: ClaimFull
    articles: tuple[ArticleCard, ...]
    dependents: tuple[Link, ...]
    admiralty: str
