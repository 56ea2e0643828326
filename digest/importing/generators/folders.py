"""Content folders of Hugo, Jekyll and Pelican."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from slugify import slugify

from digest.importing.confined import Confined
from digest.importing.generators.front import FrontMatterError, parts_of
from digest.importing.generators.posts import Post
from digest.importing.raw import text_of
from digest.problems import Location, Problem

_MOST_FILE = 10 * 1024 * 1024
_JEKYLL_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_MARKS = {
    "hugo": ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config/_default", "archetypes"),
    "jekyll": ("_config.yml", "_config.yaml", "_posts"),
    "pelican": ("pelicanconf.py", "publishconf.py"),
}


def generator_of(folder: Path) -> str:
    """The generator whose site, or whose content, a folder looks like; "" for none."""
    for name, marks in _MARKS.items():
        if any((place / mark).exists() for mark in marks for place in (folder, folder.parent)):
            return name
    return ""


def post_files(folder: Path, generator: str) -> Iterator[tuple[Path, str]]:
    """The posts' files below a site's folder, or below its content folder, each with its place there."""
    root = _content(folder, generator)
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix.lower() not in {".md", ".markdown", ".rst", ".mdown"} or path.is_symlink() or not path.is_file():
            continue
        if (
            any(part.startswith(".") for part in inside.parts)
            or path.stem == "_index"
            or path.stat().st_size > _MOST_FILE
        ):
            continue
        if generator == "jekyll" and not {"_posts", "_drafts"}.intersection([root.name, *inside.parts]):
            continue
        yield path, inside.as_posix()


def _content(folder: Path, generator: str) -> Path:
    inner = folder / "content"
    return inner if generator in {"hugo", "pelican"} and inner.is_dir() else folder


def post_of(path: Path, origin: str, generator: str, confined: Confined) -> tuple[Post | None, list[Problem]]:
    """The post in a file; `origin` is its place in the site's content. None with what is wrong where there is none."""
    text, problems = text_of(str(path), path.read_bytes(), most=_MOST_FILE)
    if problems:
        return None, problems
    if path.suffix.lower() == ".rst":
        found, problems = confined("rst", str(path), text.encode())
        if problems:
            return None, problems
        fields, body, notes = found[0]["fields"], found[0]["body"], tuple(found[0]["notes"])
    else:
        try:
            (fields, body), notes = parts_of(generator, text), ()
        except FrontMatterError as error:
            at = Location(str(path), error.line, error.column)
            message = f"the front matter cannot be read: {error}"
            return None, [Problem("D959", message, at, hint="mend it, and import again", text=error.text)]
    name, address = _address(generator, PurePosixPath(origin), fields)
    if generator == "jekyll":
        dated = _JEKYLL_NAME.fullmatch(path.stem)
        if dated and "date" not in fields:
            fields = {**fields, "date": f"{int(dated[1]):04}-{int(dated[2]):02}-{int(dated[3]):02}"}
    return Post(origin, generator, fields, body, address, name, notes), []


def _address(generator: str, origin: PurePosixPath, fields: dict[str, Any]) -> tuple[str, str]:
    """The name of a post and the address that it has where the site keeps its generator's usual ones."""
    name = origin.parent.name if origin.stem == "index" and origin.parent.name else origin.stem
    slug = str(fields.get("slug") or "")
    if generator == "hugo":
        folder = (origin.parent.parent if origin.stem == "index" else origin.parent).as_posix()
        return slug or name, "/" + "/".join(part for part in (folder.strip("."), slug or name) if part) + "/"
    if generator == "pelican":
        named = slug or slugify(str(fields.get("title") or ""))  # Pelican makes slugs of titles
        return slug or name, f"/{named}.html" if named else ""
    dated = _JEKYLL_NAME.fullmatch(origin.stem)
    if not dated or fields.get("permalink"):
        return slug or (dated[4] if dated else name), ""
    listed = fields.get("categories") or fields.get("category") or []
    categories = listed if isinstance(listed, list) else str(listed).split()
    steps = [
        *(str(c).casefold().replace(" ", "-") for c in categories),
        dated[1],
        f"{int(dated[2]):02}",
        f"{int(dated[3]):02}",
        f"{slug or dated[4]}.html",
    ]
    return slug or dated[4], "/" + "/".join(steps)
