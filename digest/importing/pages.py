"""HTML pages: the article in them, without the page around it."""

from __future__ import annotations

import re
from typing import Any

from digest.importing.confined import RefusedError
from digest.importing.headlines import headed
from digest.importing.items import Found, Item
from digest.importing.lexicon import LANGUAGE, lexicon
from digest.importing.links import without_tracking
from digest.importing.markdown import clean, one_line, visible
from digest.importing.raw import Known, text_of
from digest.importing.surroundings import without_surroundings
from digest.problems import Location, Problem, Severity

MAX_PAGE = 5 * 1024 * 1024
_HEAD = 4096
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*(utf-?8|us-ascii|latin1|iso-8859-(?:1[0-6]?|[2-9])|windows-125[0-8]|koi8-[ru]|gb2312|gbk|gb18030"
    rb"|big5|shift[_-]jis|euc-jp|euc-kr|iso-2022-jp)(?![\w-])",
    re.IGNORECASE,
)
"""How a page says its encoding. Only those of the web (WHATWG Encoding): Python knows others that take very long."""
_AS_BROWSERS = {"us-ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def page_items(origin: str, data: bytes, known: Known, *, url: str = "") -> Found:
    """The article of a page. `url` is where it was fetched, "" for a file: then the page's own link counts."""
    if len(data) > MAX_PAGE:
        message = f"the page has {len(data):,} bytes; the most that is read is {MAX_PAGE:,}"
        hint = "save its text and import that"
        return Found(problems=(Problem("D952", message, Location(origin), hint=hint),))
    html, problems = _decoded(origin, data)
    if problems:
        return Found(problems=tuple(problems))
    pages, problems = known.confined("page", origin, html.encode())
    items = [item for page in pages if (item := _item(origin, page, known, url))]
    if pages and not items:
        problems = [Problem("D957", "there is no news in this page", Location(origin), hint="is it the right page?")]
    broken = sum(f"{item.title}{item.text}".count(_BROKEN) for item in items)
    if broken and _BROKEN.encode() not in data:
        return _with_broken_bytes(origin, items, broken)
    return Found(tuple(items), tuple(problems))


def _decoded(origin: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a page: in the encoding that it says, as browsers take it; else what the bytes are by themselves."""
    declared = _DECLARED.search(data[:_HEAD])
    if declared and b"\x00" not in data and not data.startswith(_MARKS):
        name = declared[1].decode().lower()
        return data.decode(_AS_BROWSERS.get(name, name), "replace"), []
    return text_of(origin, data, most=MAX_PAGE)


def _with_broken_bytes(origin: str, items: list[Item], broken: int) -> Found:
    """What is said of an article that is not all in the page's encoding: a few letters may be lost, but not many."""
    few = broken * 50 <= sum(len(item.text) for item in items)
    places = "1 place of the article is" if broken == 1 else f"{broken:,} places of the article are"
    message = f"{places} not in the encoding that the page says" + (f", and shown as {_BROKEN}" if few else "")
    hint = "save the page again from a browser, and import that"
    severity = Severity.WARNING if few else Severity.ERROR
    return Found(tuple(items) if few else (), (Problem("D958", message, Location(origin), severity, hint),))


def _item(origin: str, page: dict[str, Any], known: Known, url: str) -> Item | None:
    title = one_line(page["title"])
    text = without_surroundings(visible(clean(page["text"])), lexicon(LANGUAGE))
    lines = text.split("\n")
    if title and lines and " ".join(lines[0].split()).casefold() == title.casefold():
        text = "\n".join(lines[1:])
    title, proposal = headed(title, text, known)
    if not title:
        return None
    link = without_tracking(url or page["url"])
    return Item(
        origin=f"the page {origin}",
        title=title,
        text=text,
        link=link,
        when=page["date"],
        outlet=known.outlet(link) or one_line(page["site"]),
        proposal=proposal,
        extra=(("authors", tuple(page["authors"])),),
    )


def read_page(data: bytes) -> list[dict[str, Any]]:
    """The article of a page as plain data. Raises RefusedError for a page without one."""
    import trafilatura  # noqa: PLC0415 (an extra)

    if _ENTITY.search(data):
        raise RefusedError("the page declares entities, which no page needs: it is refused")
    found: Any = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False, include_tables=False)
    if found is None or not found.text:
        raise RefusedError("there is no article in this page")
    link = str(found.url or "")
    return [
        {
            "title": str(found.title or ""),
            "text": str(found.text),
            "url": link if link.startswith(("http://", "https://")) else "",
            "date": str(found.date or ""),
            "site": str(found.sitename or ""),
            "authors": [a.strip() for a in str(found.author or "").split(";") if a.strip()],
        }
    ]
