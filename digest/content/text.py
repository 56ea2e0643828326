"""Forms that texts in content must have: ids, web addresses, language tags, one line."""

from __future__ import annotations

import re
from functools import lru_cache

from slugify import slugify

LONGEST = 100
"""The most characters that an id, or a part of an address, may have: file systems take no names over 255 bytes."""

ID = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST - 1}}}")
"""What names an article, claim, thread, party or source."""

WEB = re.compile(r"https?://[^\s/?#<>\"\\]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
"""An absolute http or https address."""

LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
"""A well-formed language tag (RFC 5646, section 2.1, without the grandfathered ones)."""

SCHEME = re.compile(r"(?:javascript|data|vbscript):", re.IGNORECASE)
SCHEME_IN_SIGHT = re.compile(r"(?:javascript|data|vbscript)(?:\\?:|&)", re.IGNORECASE)
"""The start of an address that runs or hides something."""


source_slug = lru_cache(4096)(slugify)
"""The id of a source that is described in place, from its name; each is asked for many times."""


def line(text: str) -> str:
    """Text as one line."""
    return " ".join(text.split()) if "\n" in text else text


def id_hint(text: str) -> str:
    """What to write in place of a text that is no id."""
    slug = slugify(text, max_length=LONGEST, word_boundary=True)
    if not slug:
        return "use small letters a to z, digits and hyphens"
    return f"write {slug}" + (f" ({LONGEST} characters are the most)" if len(text) > LONGEST else "")
