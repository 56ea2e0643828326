"""A digest as it was read: everything that later steps need, and nothing that they fill in."""

from __future__ import annotations

from digest.frozen import Frozen
from digest.model.articles import Article, EditionNote
from digest.model.settings import Settings
from digest.model.sources import Registry
from digest.model.taxa import Taxonomy


class Digest(Frozen, frozen=True):
    """The whole content of a digest. `articles` are sorted by path and include drafts and future ones;
    `regions` and `topics` hold what articles use, with ancestors."""

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy
    articles: tuple[Article, ...]
    notes: tuple[EditionNote, ...]
