"""Article text from Markdown to HTML: CommonMark with tables, strikethrough, footnotes and `[words]{claim=ID}`."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from digest.model import RawHtml
from digest.model.html import ROOT_MARK
from digest.render.tags import below_title, claim_opening, rebased


class Renderer(RendererHTML):
    """Turns tokens into HTML that fits into a page: headings below its own, links to the digest's base marked."""

    def span_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """Words that carry a claim link to it; other attributes are not taken over."""
        claim = claim_of(tokens, idx)
        return claim_opening(claim, claim_tag(tokens, idx)) if claim else "<span>"

    def span_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The end of what `span_open` began."""
        opening = _opening(tokens, idx)
        return f"</{claim_tag(tokens, opening)}>" if claim_of(tokens, opening) else "</span>"

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
        token.attrSet("decoding", "async")
        return super().image(tokens, idx, options, env)

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Headings begin at level 2: level 1 is the article's title."""
        tokens[idx].tag = below_title(tokens[idx].tag)
        return self.renderToken(tokens, idx, options, env)

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of what `heading_open` began."""
        tokens[idx].tag = below_title(tokens[idx].tag)
        return self.renderToken(tokens, idx, options, env)


def claim_of(tokens: Sequence[Token], opening: int) -> str:
    """The claim that a span's words carry; none where words inside carry one of their own, since marks do not nest."""
    inside = tokens[opening + 1 : _closing(tokens, opening)]
    own = str(tokens[opening].attrGet("claim") or "")
    return "" if any(t.type == "span_open" and t.attrGet("claim") for t in inside) else own


def claim_tag(tokens: Sequence[Token], opening: int) -> str:
    """ "a" for the words of a claim; "span" where they hold or stand in a link, since links do not nest."""
    depth = sum(t.nesting for t in tokens[:opening] if t.type in ("link_open", "link_close"))
    inside = tokens[opening + 1 : _closing(tokens, opening)]
    return "span" if depth or any(map(_is_link, inside)) else "a"


def _is_link(token: Token) -> bool:
    return token.type in ("link_open", "footnote_ref")


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


_ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    **nh3.ALLOWED_ATTRIBUTES,
    "a": {"href", "title", "class", "data-claim", "id"},
    "span": {"class", "data-claim"},
    "li": {"id", "class"},
    "sup": {"class"},
    "section": {"class"},
    "ol": {"class", "start"},
    "img": {"src", "alt", "loading", "decoding", "title"},
}


def full_markdown(raw_html: RawHtml) -> Callable[[str, str], str]:
    """A function from Markdown and a prefix for ids (unique on a page) to HTML that is safe to put into a page."""
    parser = MarkdownIt("commonmark", {"html": raw_html is RawHtml.SANITIZE}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.use(attrs_plugin, after=(), spans=True, allowed=("claim",))

    def render(text: str, prefix: str) -> str:
        html = str(parser.render(text, {"docId": prefix}))
        return _cleaned(html) if raw_html is RawHtml.SANITIZE else html

    return render


def _cleaned(html: str) -> str:
    """HTML without what may not stand in a page; links in raw HTML lead to the digest's base like all others."""
    return nh3.clean(
        html.replace(ROOT_MARK, "/"),  # nh3 would drop a control character from a URL
        attributes=_ALLOWED_ATTRIBUTES,
        attribute_filter=_cleaned_attribute,
        tags=nh3.ALLOWED_TAGS | {"section"},
        link_rel=None,
    )


def _cleaned_attribute(_tag: str, name: str, value: str) -> str | None:
    """Ids are those of footnotes alone, so that none can pass for a claim's."""
    if name == "id":
        return value if value.startswith(("fn-", "fnref-")) else None
    return rebased(value) if name in ("href", "src") else value
