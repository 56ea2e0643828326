"""A digest as it was read: everything that later steps need, and nothing that they fill in."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model.articles import Article, EditionNote
from digest.model.settings import Settings
from digest.model.sources import Registry
from digest.model.taxa import Taxonomy


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole content of a digest. `articles` are sorted by path and include drafts and future ones;
    `regions` and `topics` hold what articles use, with ancestors."""

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy
    articles: tuple[Article, ...]
    notes: tuple[EditionNote, ...]
