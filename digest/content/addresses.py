"""Addresses on this site that content names: old ones of an article, ones that are gone, ones that were published."""

from __future__ import annotations

import re

from digest.content.text import LONGEST

_ADDRESS = re.compile(r"/(?:[^\s/?#\\<>\"]+/)*[^\s/?#\\<>\"]+/?")
_STEPS = 10
"""The most parts of an old address; together with the longest part, no path gets too long for a file system."""

_OUTSIDE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\x00-\x1f]|^\.digest(?:/|$)")


def inside(name: str) -> bool:
    """Whether a name stays below the folder that it is joined to, on every system, and outside what digest keeps for
    itself in a site's folder and at a target."""
    return _OUTSIDE.search(name) is None


def not_an_address(text: str) -> tuple[str, str] | None:
    """Why a text cannot be an old address, counted from the digest's root, and what was expected; None if it can."""
    steps = text.strip("/").split("/")
    if not _ADDRESS.fullmatch(text) or not inside(text.strip("/")):
        return f"“{text}” cannot be an old address", "expected an address from the digest's root, e.g. /old/address/"
    if len(steps) > _STEPS or any(len(step) > LONGEST for step in steps):
        hint = f"expected {_STEPS} parts between slashes or fewer, of {LONGEST} characters or fewer"
        return "an old address is too long", hint
    return None
