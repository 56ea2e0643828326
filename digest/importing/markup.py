"""HTML and XML from outside: to plain text, and what is refused."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from digest.importing.confined import RefusedError

_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "figure",
        "figcaption",
        "pre",
        "hr",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "template", "iframe"])
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding=[\"']([\w.-]{1,40})[\"'][^>]{0,200}?\?>")


class _Text(HTMLParser):
    """Collects the text of a page, with line ends where blocks end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's)
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain(html: str) -> str:
    """The text of some HTML, a paragraph a line."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def read_plain(data: bytes) -> list[dict[str, Any]]:
    """The text of some HTML as plain data, for the confined reader."""
    return [{"text": plain(data.decode())}]


def sound_xml(data: bytes) -> bytes:
    """XML as UTF-8. Raises RefusedError for entity declarations, which only attacks have, and for bytes that are not in
    the encoding that they say."""
    declared = _DECLARED.match(data[:1000])
    encoding = declared[1].decode() if declared else "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise RefusedError(f"the XML is not in the encoding that it says ({encoding})") from error
    found = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()
    if _ENTITY.search(found):
        raise RefusedError("the XML declares entities, which no feed or export needs: it is refused")
    return found
