"""Which versions of libraries decide what is remembered, and how pages look: with others nothing is remembered."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import PurePath

LIBRARIES = frozenset(
    {
        "babel",
        "jinja2",
        "markdown-it-py",
        "markupsafe",
        "mdit-py-plugins",
        "msgspec",
        "nh3",
        "pycountry",
        "pydantic",
        "python-slugify",
        "pyyaml",
        "tzdata",
    }
)
"""Projects whose code or data articles and pages pass through."""


def versions(path: Iterable[str]) -> tuple[str, ...]:
    """Python's version and those of the libraries, as the folders of packages on an import path tell by their names:
    `importlib.metadata` would take as long to load as a build in which nothing changed.

    A library that is found nowhere is left out.
    """
    found: dict[str, str] = {}
    for folder in path:
        if PurePath(folder).name not in ("site-packages", "dist-packages"):
            continue
        for entry in _entries(folder):
            name, _, version = entry.removesuffix(".dist-info").removesuffix(".egg-info").partition("-")
            project = name.lower().replace("_", "-").replace(".", "-")
            if project in LIBRARIES and version:
                found.setdefault(project, version)
    return ".".join(map(str, sys.version_info[:2])), *(f"{name} {found[name]}" for name in sorted(found))


def _entries(folder: str) -> list[str]:
    try:
        return sorted(e for e in os.listdir(folder) if e.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 (fast)
    except OSError:
        return []
