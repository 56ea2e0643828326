"""Content folders of Hugo, Jekyll and Pelican."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from digest.importing.confined import Confined
from digest.importing.generators.front import FrontMatterError, parts_of
from digest.importing.generators.permalinks import JEKYLL_NAME, Permalinks, address_of, is_pattern
from digest.importing.generators.posts import Post
from digest.importing.raw import text_of
from digest.problems import Location, Problem

_MOST_FILE = 10 * 1024 * 1024
_MARKDOWN = frozenset([".md", ".markdown", ".mdown"])
_HTML = frozenset([".html", ".htm"])
_MARKS = {
    "hugo": ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config/_default", "archetypes"),
    "jekyll": ("_config.yml", "_config.yaml", "_posts"),
    "pelican": ("pelicanconf.py", "publishconf.py"),
}
_MACHINERY = {
    "hugo": re.compile(r"archetypes|assets|config|data|i18n|layouts|node_modules|public|resources|static|themes"),
    "jekyll": re.compile(r"_(?:data|includes|layouts|plugins|sass|site)|assets|node_modules|vendor"),
    "pelican": re.compile(r"cache|output|plugins|themes?"),
}
"""Folders of a site that hold what it is made with, and what was made."""


def generator_of(folder: Path) -> str:
    """The generator whose site, or whose content, a folder looks like; "" for none."""
    for name, marks in _MARKS.items():
        if any((place / mark).exists() for mark in marks for place in (folder, folder.parent)):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A site's posts, each with its place in the folder of its content, and the places of files that are of other
    kinds."""

    posts: tuple[tuple[Path, str], ...]
    others: tuple[PurePath, ...]


def listing_of(folder: Path, generator: str) -> Listing:
    """What is below a site's folder, or below its content folder. Sections' own pages (`_index.md`) are no posts."""
    root = _content(folder, generator)
    whole = any((root / mark).exists() for mark in _MARKS[generator])
    posts: list[tuple[Path, str]] = []
    others: list[PurePath] = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        hidden = any(part.startswith(".") for part in inside.parts) or path.stem == "_index"
        if (
            hidden
            or (whole and _MACHINERY[generator].fullmatch(inside.parts[0]))
            or path.is_symlink()
            or not path.is_file()
        ):
            continue
        below = generator != "jekyll" or bool({"_posts", "_drafts"}.intersection([root.name, *inside.parts]))
        if below and _is_post(path, generator):
            posts.append((path, inside.as_posix()))
        elif (below and not (whole and len(inside.parts) == 1)) or _is_page(path, inside):
            others.append(inside)
    return Listing(tuple(posts), tuple(others))


def _is_post(path: Path, generator: str) -> bool:
    if path.suffix.lower() in _HTML:
        return generator == "pelican" or _has_front_matter(path)
    return path.suffix.lower() in {*_MARKDOWN, ".rst"}


def _is_page(path: Path, inside: PurePath) -> bool:
    """Whether a file of a Jekyll site is a page, or an entry of a collection."""
    kinds = {*_MARKDOWN, *_HTML} if inside.parts[0].startswith("_") else _MARKDOWN
    return path.suffix.lower() in kinds and _has_front_matter(path)


def _has_front_matter(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6).removeprefix(b"\xef\xbb\xbf").startswith((b"---", b"+++"))


def _content(folder: Path, generator: str) -> Path:
    inner = folder / "content"
    return inner if generator in {"hugo", "pelican"} and inner.is_dir() else folder


def post_of(
    path: Path, origin: str, generator: str, confined: Confined, links: Permalinks
) -> tuple[Post | None, list[Problem]]:
    """The post in a file; `origin` is its place in the site's content. None with what is wrong where there is none."""
    with path.open("rb") as file:
        text, problems = text_of(str(path), file.read(_MOST_FILE + 1), most=_MOST_FILE)
    if problems:
        return None, problems
    kind = path.suffix.lower()
    reader = "rst" if kind == ".rst" else "pelican" if kind in _HTML and generator == "pelican" else ""
    fields: dict[str, Any] = {}
    body, notes = text, ()
    if not reader:
        try:
            fields, body = parts_of(generator, text)
        except FrontMatterError as error:
            at = Location(str(path), error.line, error.column)
            message = f"the front matter cannot be read: {error}"
            return None, [Problem("D959", message, at, hint="mend it, and import again", text=error.text)]
        reader = "html" if kind in _HTML else ""
    if reader:
        found, problems = confined(reader, str(path), body.encode())
        if problems:
            return None, problems
        fields, body, notes = fields | found[0]["fields"], found[0]["body"], tuple(found[0]["notes"])
    if generator == "jekyll":
        fields = {key: _separated(value) if key in {"categories", "tags"} else value for key, value in fields.items()}
        dated = JEKYLL_NAME.fullmatch(path.stem)
        if dated and "date" not in fields:
            fields["date"] = f"{int(dated[1]):04}-{int(dated[2]):02}-{int(dated[3]):02}"
    address = address_of(generator, PurePosixPath(origin), fields, links)
    if generator == "jekyll" and is_pattern(fields.get("permalink", "")):
        del fields["permalink"]  # the address says what it comes to
    return Post(origin, generator, fields, body, address.path, address.name, (*notes, *address.notes)), []


def _separated(words: Any) -> Any:
    """Jekyll's categories and tags on one line: it takes each word for one; commas are what many people mean."""
    return words if not isinstance(words, str) or "," in words else words.split()
