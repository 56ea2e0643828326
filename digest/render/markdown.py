"""Article text from Markdown to HTML: CommonMark with tables, strikethrough, footnotes and `[words]{claim=ID}`."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from digest.model import RawHtml
from digest.model.html import ROOT_MARK


class Renderer(RendererHTML):
    """Turns tokens into HTML that fits into a page: headings below its own, links to the digest's base marked."""

    def span_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """Words that carry a claim link to it; other attributes are not taken over."""
        claim = escape(str(tokens[idx].attrGet("claim") or ""))
        if not claim:
            return "<span>"
        tag = claim_tag(tokens, idx)
        href = f' href="#claim-{claim}"' if tag == "a" else ""
        return f'<{tag} class="claim-ref"{href} data-claim="{claim}">'

    def span_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The end of what `span_open` began."""
        opening = _opening(tokens, idx)
        return f"</{claim_tag(tokens, opening)}>" if tokens[opening].attrGet("claim") else "</span>"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """A link; one that begins with "/" leads to the digest's base, wherever that is."""
        token = tokens[idx]
        token.attrSet("href", rebased(str(token.attrGet("href") or "")))
        return self.renderToken(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """A picture, loaded when it comes into view."""
        token = tokens[idx]
        token.attrSet("src", rebased(str(token.attrGet("src") or "")))
        token.attrSet("loading", "lazy")
        return super().image(tokens, idx, options, env)

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Headings begin at level 2: level 1 is the article's title."""
        tokens[idx].tag = _below_title(tokens[idx].tag)
        return self.renderToken(tokens, idx, options, env)

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of what `heading_open` began."""
        tokens[idx].tag = _below_title(tokens[idx].tag)
        return self.renderToken(tokens, idx, options, env)


def _below_title(tag: str) -> str:
    return "h2" if tag == "h1" else tag


def claim_tag(tokens: Sequence[Token], opening: int) -> str:
    """ "a" for the words of a claim; "span" where they hold or stand in a link, since links do not nest."""
    depth = sum(t.nesting for t in tokens[:opening] if t.type in ("link_open", "link_close"))
    inside = tokens[opening : _closing(tokens, opening)]
    return "span" if depth or any(t.type == "link_open" for t in inside) else "a"


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting if tokens[index].type in ("span_open", "span_close") else 0
        if depth == 0:
            return index
    return len(tokens)


def _opening(tokens: Sequence[Token], closing: int) -> int:
    depth = 0
    for index in range(closing, -1, -1):
        depth += tokens[index].nesting if tokens[index].type in ("span_open", "span_close") else 0
        if depth == 0:
            return index
    raise AssertionError("a span that closes was opened")


def rebased(url: str) -> str:
    """A URL as it stands in stored HTML: an address of the digest gets the mark of its base."""
    return ROOT_MARK + url.removeprefix("/") if url.startswith("/") and not url.startswith("//") else url


def is_local(url: str) -> bool:
    """Whether a URL names a file beside the article."""
    parts = urlsplit(url)
    return not parts.scheme and not parts.netloc and bool(parts.path) and not parts.path.startswith("/")


_ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    **nh3.ALLOWED_ATTRIBUTES,
    "a": {"href", "title", "class", "data-claim", "id"},
    "span": {"class", "data-claim"},
    "li": {"id", "class"},
    "sup": {"class"},
    "section": {"class"},
    "ol": {"class", "start"},
    "img": {"src", "alt", "loading", "title"},
}


def markdown(raw_html: RawHtml) -> Callable[[str, str], str]:
    """A function from Markdown and a prefix for ids (unique on a page) to HTML that is safe to put into a page.

    Raw HTML is shown as text, or cleaned by nh3 where the settings say so.
    """
    parser = MarkdownIt("commonmark", {"html": raw_html is RawHtml.SANITIZE}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.use(attrs_plugin, after=(), spans=True, allowed=("claim",))

    def render(text: str, prefix: str) -> str:
        html = str(parser.render(text, {"docId": prefix}))
        if raw_html is not RawHtml.SANITIZE:
            return html
        return nh3.clean(
            html.replace(ROOT_MARK, _ROOT_WORD),
            attributes=_ALLOWED_ATTRIBUTES,
            tags=nh3.ALLOWED_TAGS | {"section"},
            url_schemes=nh3.ALLOWED_URL_SCHEMES | {_ROOT_WORD.rstrip(":")},
            link_rel=None,
        ).replace(_ROOT_WORD, ROOT_MARK)

    return render


_ROOT_WORD = "digest-root:"  # nh3 would drop a control character from a URL

_PICTURE = re.compile(r'<img src="([^"]*)"')


def pictures(html: str) -> list[str]:
    """The files beside the article that its HTML shows."""
    return [unquote(unescape(src)) for src in _PICTURE.findall(html) if is_local(unescape(src))]
