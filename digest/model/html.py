"""Stored HTML: text that was rendered before it is known on which page it will stand."""

from __future__ import annotations

import re
from html import unescape

ROOT_MARK = "\x02"
"""Stands for the relative way to the digest's base; no text may hold it, since control characters are refused."""


def rooted(html: str, root: str) -> str:
    """Stored HTML for a page from which `root` ("../../") leads to the digest's base."""
    return html.replace(ROOT_MARK, root)


_PARAGRAPH = re.compile(r"</?(?:p|h[1-6]|ul|ol|dl|table|blockquote|pre|figure|section|hr)\b[^>]*>", re.IGNORECASE)
_LINE = re.compile(r"\s*<(?:br|li|tr|dt|dd)\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def plain_text(html: str) -> str:
    """Our own HTML as plain text: a blank line between paragraphs, addresses of links in brackets after their words."""
    text = _LINK.sub(r"\2 (\1)", " ".join(html.split()))
    text = _TAG.sub("", _LINE.sub("\n", _PARAGRAPH.sub("\n\n", text)))
    lines = (" ".join(line.split()) for line in unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
