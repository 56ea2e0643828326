"""What a digest says about a region or topic itself."""

from __future__ import annotations

from digest.frozen import Frozen


class Entry(Frozen, frozen=True):
    """One entry of regions.yaml or topics.yaml; an empty field leaves the built-in value as it is.

    `id` is the code or the slug of a built-in taxon, which the entry then changes, or a new id. `parent` is any word
    that names a taxon. `shapes` is what a region is drawn as on maps, None for what it is by itself.
    """

    id: str
    name: str = ""
    parent: str = ""
    slug: str = ""
    shapes: tuple[str, ...] | None = None
