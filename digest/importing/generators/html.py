"""HTML of posts as Markdown, and Pelican's posts in HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from markdownify import markdownify

_SILENT = re.compile(r"<(script|style|iframe|noscript|form)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_FOR_PROGRAMS = frozenset(["viewport", "generator", "robots", "theme-color", "color-scheme", "referrer"])


class _Head(HTMLParser):
    """Collects the title of a page and what its <meta> say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.said: dict[str, str] = {}
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag == "title" and not self.title
        words = dict(attrs)
        name = (words.get("name") or "").strip().casefold()
        if tag == "meta" and name and ":" not in name and name not in _FOR_PROGRAMS:
            # Pelican takes both spellings.
            self.said[name] = words.get("content") or words.get("contents") or ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's)
        self._within = False

    def handle_data(self, data: str) -> None:
        self.title += data if self._within else ""


def to_markdown(html: str) -> str:
    """The text of some HTML as Markdown; scripts, styles and forms are left out."""
    text: str = markdownify(_SILENT.sub("", html), heading_style="ATX", bullets="-")
    return text.strip()


def read_html(data: bytes) -> list[dict[str, Any]]:
    """The text of a post whose front matter was read before, as plain data, for the confined reader."""
    return [{"fields": {}, "body": to_markdown(data.decode()), "notes": []}]


def read_pelican(data: bytes) -> list[dict[str, Any]]:
    """The fields and the text of a post as Pelican reads HTML: its title and <meta>, and what is in <body>."""
    html = data.decode()
    body = _BODY.search(html)
    head = _Head()
    head.feed(html[: body.start()] if body else html)
    head.close()
    end = html.lower().rfind("</body") if body else -1
    inside = html[body.end() if body else 0 : end if end >= 0 else len(html)]
    return [{"fields": {"title": " ".join(head.title.split()), **head.said}, "body": to_markdown(inside), "notes": []}]
