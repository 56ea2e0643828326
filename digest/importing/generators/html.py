"""HTML of posts as Markdown."""

from __future__ import annotations

from markdownify import markdownify


def to_markdown(html: str) -> str:
    """The text of some HTML as Markdown; scripts and styles are left out."""
    text: str = markdownify(
        html, heading_style="ATX", bullets="-", strip=["script", "style", "iframe", "form", "input"]
    )
    return text.strip()
