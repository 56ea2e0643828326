"""HTML of posts as Markdown."""

from __future__ import annotations

import re

from markdownify import markdownify

_SILENT = re.compile(r"<(script|style|iframe|noscript|form)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def to_markdown(html: str) -> str:
    """The text of some HTML as Markdown; scripts, styles and forms are left out."""
    text: str = markdownify(_SILENT.sub("", html), heading_style="ATX", bullets="-")
    return text.strip()
