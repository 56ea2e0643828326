"""Article text from Markdown to HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from digest.model import RawHtml
from digest.model.html import ROOT_MARK
from digest.render.markdown_fast import fast_markdown


def markdown(raw_html: RawHtml) -> Callable[[str, str], str]:
    """A function from Markdown and a prefix for ids (unique on a page) to HTML that is safe to put into a page.

    Raw HTML is shown as text, or cleaned by nh3 where the settings say so.
    """

    def render(text: str, prefix: str) -> str:
        html = fast_markdown(text) if raw_html is RawHtml.ESCAPE else None
        return _full(raw_html)(text, prefix) if html is None else html

    return render


@lru_cache(maxsize=2)
def _full(raw_html: RawHtml) -> Callable[[str, str], str]:
    from digest.render.markdown_full import full_markdown  # noqa: PLC0415 (many digests never need the parser)

    return full_markdown(raw_html)


_PICTURE = re.compile(r'<img(?: [\w-]+="[^"]*")*? src="([^"]*)"')


def pictures(html: str) -> list[str]:
    """The files beside the article that its HTML shows."""
    return [unquote(unescape(src)) for src in _PICTURE.findall(html) if is_local(unescape(src))]


def is_local(url: str) -> bool:
    """Whether a URL names a file beside the article."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a host in brackets that is no IPv6 address
        return False
    return not parts.scheme and not parts.netloc and bool(parts.path) and not url.startswith(("/", ROOT_MARK))
