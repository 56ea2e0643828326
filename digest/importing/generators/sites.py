"""Other generators' content as parts of an import: a whole site, one post, an export file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.importing.generators.folders import post_files, post_of
from digest.importing.generators.posts import post_item
from digest.importing.generators.wordpress import wordpress_posts
from digest.importing.items import Found
from digest.importing.raw import Known


def site_parts(folder: Path, generator: str, known: Known) -> Iterator[Found]:
    """The posts of a site, one by one. Nothing where it has none."""
    listed = list(post_files(folder, generator))
    for number, (file, origin) in enumerate(listed, 1):
        post, problems = post_of(file, origin, generator, known.confined)
        yield Found((post_item(post, known),) if post else (), tuple(problems), number, len(listed))


def post_found(file: Path, generator: str, known: Known) -> Found:
    """A single post."""
    post, problems = post_of(file, file.name, generator, known.confined)
    return Found((post_item(post, known),) if post else (), tuple(problems))


def export_found(origin: str, data: bytes, known: Known) -> Found:
    """The posts of a WordPress export."""
    exported, problems = wordpress_posts(origin, data, known)
    return Found(tuple(post_item(post, known) for post in exported), tuple(problems))
