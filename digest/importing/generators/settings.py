"""What the settings of another generator's site say of its posts' addresses."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.importing.generators.front import FrontMatterError, mapping_of
from digest.importing.generators.permalinks import Permalinks

_MOST = 256 * 1024
_ENDS = (".toml", ".yaml", ".yml", ".json")
_HUGO = ("hugo", "config", "config/_default/hugo", "config/_default/config")


def permalinks_of(folder: Path, generator: str) -> Permalinks:
    """The permalinks of a site, from the folder of it or of its content. Settings are read and never run; where they
    cannot be read, no address is known."""
    try:
        if generator == "pelican":
            return _pelican(folder)
        return _hugo(folder) if generator == "hugo" else _jekyll(folder)
    except (FrontMatterError, OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return Permalinks(unclear=f"the settings of {generator} cannot be read")


def _texts(folder: Path, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The settings' files that are there, with their texts."""
    for name in names:
        for place in (folder, folder.parent):
            file = place / name
            if file.is_file() and not file.is_symlink():
                if file.stat().st_size > _MOST:
                    raise ValueError(name)
                yield name, file.read_text(encoding="utf-8-sig")
                break


def _mapping(name: str, text: str) -> dict[str, Any]:
    return mapping_of(text, "toml" if name.endswith(".toml") else "yaml")  # JSON is YAML


def _hugo(folder: Path) -> Permalinks:
    settings: dict[str, Any] = {}
    for name, text in _texts(folder, (base + end for base in _HUGO for end in _ENDS)):
        settings = _mapping(name, text) | settings
    for name, text in _texts(folder, ("config/_default/permalinks" + end for end in _ENDS)):
        settings["permalinks"] = _mapping(name, text)
    patterns = settings.get("permalinks")
    patterns = patterns if isinstance(patterns, Mapping) else {}
    pages = patterns.get("page", patterns)
    return Permalinks(
        {str(key).casefold(): value for key, value in pages.items() if isinstance(value, str)}
        if isinstance(pages, Mapping)
        else {},
        lower=settings.get("disablepathtolower") != "true",
        ugly=settings.get("uglyurls") == "true",
    )


def _jekyll(folder: Path) -> Permalinks:
    settings: dict[str, Any] = {}
    for name, text in _texts(folder, iter(("_config.yml", "_config.yaml", "_config.toml"))):
        settings = _mapping(name, text) | settings
    pattern = settings.get("permalink")
    for one in settings.get("defaults") or []:
        values, scope = (one.get("values"), one.get("scope")) if isinstance(one, Mapping) else (None, None)
        if not isinstance(values, Mapping) or not isinstance(scope, Mapping) or not values.get("permalink"):
            continue
        if scope.get("type", "posts") != "posts":
            continue
        if scope.get("path", "") not in {"", "_posts"}:
            return Permalinks(unclear="the site has permalinks of their own for some folders")
        pattern = values["permalink"]
    return Permalinks({"": str(pattern)} if pattern else {})


def _pelican(folder: Path) -> Permalinks:
    found: dict[str, str] = {}
    for _, text in _texts(folder, iter(("pelicanconf.py", "publishconf.py"))):
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign):
                value = node.value.value if isinstance(node.value, ast.Constant) else "worked out by a program"
                found |= {target.id: str(value) for target in node.targets if isinstance(target, ast.Name)}
    named = {"": "ARTICLE_URL", "pages": "PAGE_URL"}
    return Permalinks({key: found[name] for key, name in named.items() if name in found})
