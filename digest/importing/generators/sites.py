"""Other generators' content as parts of an import: a whole site, one post, an export file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.importing.generators.folders import listing_of, post_of
from digest.importing.generators.permalinks import Permalinks
from digest.importing.generators.posts import post_item
from digest.importing.generators.settings import permalinks_of
from digest.importing.generators.wordpress import wordpress_posts
from digest.importing.items import Found
from digest.importing.passed_over import nothing_in, passed_over
from digest.importing.raw import Known


def site_parts(folder: Path, generator: str, known: Known) -> Iterator[Found]:
    """The posts of a site, one by one. At the end what is not read of it, and that it has none."""
    listing = listing_of(folder, generator)
    links = permalinks_of(folder, generator)
    for number, (file, origin) in enumerate(listing.posts, 1):
        post, problems = post_of(file, origin, generator, known.confined, links)
        yield Found((post_item(post, known),) if post else (), tuple(problems), number, len(listing.posts))
    if not listing.posts:
        hint = f"is it the folder of a {generator} site, or of its content? Posts end in .md, .html or .rst"
        yield nothing_in(folder, hint)
    yield Found(problems=passed_over(folder, listing.others))


def post_found(file: Path, generator: str, known: Known) -> Found:
    """A single post."""
    post, problems = post_of(file, file.name, generator, known.confined, Permalinks())
    return Found((post_item(post, known),) if post else (), tuple(problems))


def export_found(origin: str, data: bytes, known: Known) -> Found:
    """The posts of a WordPress export."""
    exported, problems = wordpress_posts(origin, data, known)
    return Found(tuple(post_item(post, known) for post in exported), tuple(problems))
