"""HTML pages: the article in them, without the page around it."""

from __future__ import annotations

import re
from typing import Any

from digest.importing.confined import RefusedError
from digest.importing.furniture import without_furniture
from digest.importing.headlines import headed
from digest.importing.items import Found, Item
from digest.importing.lexicon import LANGUAGE, lexicon
from digest.importing.links import without_tracking
from digest.importing.markdown import clean, one_line, visible
from digest.importing.raw import Known
from digest.problems import Location, Problem

MAX_PAGE = 5 * 1024 * 1024
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def page_items(origin: str, data: bytes, known: Known, *, url: str = "") -> Found:
    """The article of a page. `url` is where it was fetched, "" for a file: then the page's own link counts."""
    if len(data) > MAX_PAGE:
        message = f"the page has {len(data):,} bytes; the most that is read is {MAX_PAGE:,}"
        hint = "save its text and import that"
        return Found(problems=(Problem("D952", message, Location(origin), hint=hint),))
    pages, problems = known.confined("page", origin, data)
    items = [item for page in pages if (item := _item(origin, page, known, url))]
    if pages and not items:
        problems = [Problem("D957", "there is no news in this page", Location(origin), hint="is it the right page?")]
    return Found(tuple(items), tuple(problems))


def _item(origin: str, page: dict[str, Any], known: Known, url: str) -> Item | None:
    title = one_line(page["title"])
    text = without_furniture(visible(clean(page["text"])), lexicon(LANGUAGE))
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
