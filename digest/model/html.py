"""Stored HTML: text that was rendered before it is known on which page it will stand."""

from __future__ import annotations

ROOT_MARK = "\x02"
"""Stands for the relative way to the digest's base; no text may hold it, since control characters are refused."""


def rooted(html: str, root: str) -> str:
    """Stored HTML for a page from which `root` ("../../") leads to the digest's base."""
    return html.replace(ROOT_MARK, root)
