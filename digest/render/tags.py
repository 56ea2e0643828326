"""Tags as both Markdown renderers write them: headings, links to the digest's base, the words of claims."""

from __future__ import annotations

from html import escape

from digest.model.html import ROOT_MARK


def below_title(tag: str) -> str:
    """A heading's tag: level 1 is the article's title, so headings begin at level 2."""
    return "h2" if tag == "h1" else tag


def rebased(url: str) -> str:
    """A URL as it stands in stored HTML: an address of the digest gets the mark of its base."""
    return ROOT_MARK + url.removeprefix("/") if url.startswith("/") and not url.startswith("//") else url


def claim_opening(claim: str, tag: str) -> str:
    """The tag before the words of a claim: "a" leads to the claim's card, "span" does not."""
    name = escape(claim)
    href = f' href="#claim-{name}"' if tag == "a" else ""
    return f'<{tag} class="claim-ref"{href} data-claim="{name}">'
