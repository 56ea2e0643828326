"""Content folders of Hugo, Jekyll and Pelican."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from slugify import slugify

from digest.importing.confined import Confined
from digest.importing.generators.posts import Post
from digest.importing.raw import text_of
from digest.problems import Location, Problem

_MOST_FILE = 10 * 1024 * 1024
_MOST_FRONT = 256 * 1024
_YAML = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_META = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*(.*)")
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
    at = Location(str(path))
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
            (fields, body), notes = _parts(generator, text), ()
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            why, at = _wrong(error, at)
            return None, [
                Problem("D959", f"the front matter cannot be read: {why}", at, hint="mend it, and import again")
            ]
    name, address = _address(generator, PurePosixPath(origin), fields)
    if generator == "jekyll":
        dated = _JEKYLL_NAME.fullmatch(path.stem)
        if dated and "date" not in fields:
            fields = {**fields, "date": f"{int(dated[1]):04}-{int(dated[2]):02}-{int(dated[3]):02}"}
    return Post(origin, generator, fields, body, address, name, notes), []


def _wrong(error: Exception, at: Location) -> tuple[str, Location]:
    """What is wrong with some front matter, and where in its file."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if isinstance(error, yaml.MarkedYAMLError) and mark:
        return str(error.problem), Location(at.path, mark.line + 2, mark.column + 1)  # the first line is the dashes
    return " ".join(str(error).split())[:200], at


def _parts(generator: str, text: str) -> tuple[dict[str, Any], str]:
    if (found := _YAML.match(text)) and len(found[1]) <= _MOST_FRONT:
        if "*" in found[1] and any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(found[1], yaml.CBaseLoader)):
            raise ValueError("it repeats a part of itself (&, *), which may never end")
        # Every value as the text that was written: no dates, no booleans, no surprises.
        return _fields(yaml.load(found[1], Loader=yaml.CBaseLoader)), text[found.end() :]  # noqa: S506 - only texts
    if (found := _TOML.match(text)) and len(found[1]) <= _MOST_FRONT:
        return _fields(tomllib.loads(found[1])), text[found.end() :]
    if text.startswith("{") and generator == "hugo":
        data, end = json.JSONDecoder().raw_decode(text)
        return _fields(data), text[end:]
    if generator == "pelican":
        return _metadata(text)
    return {}, text


def _fields(data: Any) -> dict[str, Any]:
    if data is None or data == "":
        return {}
    if not isinstance(data, dict):
        raise ValueError("it is no mapping of keys to values")  # noqa: TRY004 - about data, not about code
    fields: dict[str, Any] = {}
    for key, value in data.items():
        low = str(key).casefold()
        if low in {"taxonomies", "params"} and isinstance(value, dict):
            fields |= {str(k).casefold(): v for k, v in value.items()}
        else:
            fields[low] = ("true" if value else "false") if isinstance(value, bool) else value
    return {key: value if isinstance(value, list | dict) else str(value) for key, value in fields.items()}


def _metadata(text: str) -> tuple[dict[str, Any], str]:
    """Pelican's lines of "Key: value" before the first empty one."""
    fields: dict[str, Any] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = _META.fullmatch(line)
        if not found:
            return fields, "\n".join(lines[number:])
        fields[found[1].casefold()] = found[2].strip()
    return fields, ""


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
