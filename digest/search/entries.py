"""What can be found: the articles of a month and the claims that they define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Article
from digest.model.html import ROOT_MARK
from digest.model.settings import PageFamily
from digest.pages.compose import Composer
from digest.pages.parts import ClaimFull, SourceMark

_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r"\s+")


class Entry(Frozen, frozen=True):
    """An article or a claim to be found: `address` is below the digest's root, `text` is searched and quoted, `order`
    sorts by time, `filters` are ids by what can be chosen (kind, month, region, topic, label, source)."""

    address: str
    title: str
    text: str
    day: str
    label: str
    order: str
    filters: dict[str, tuple[str, ...]]


def entries(composer: Composer, month: str) -> Iterator[Entry]:
    """The articles of a month ("2025-07"), newest first, each followed by the claims that it defines."""
    for id_ in composer.index.group(f"month:{month}"):
        article = composer.index.article(id_)
        claims = tuple(composer.claim(c.id) for c in article.claims if composer.index.label(c.id) is not None)
        yield _of_article(composer, article, claims, month)
        defined = {c.id for c in article.claims if c.defines}
        yield from (_of_claim(composer, article, claim, month) for claim in claims if claim.id in defined)


def _of_article(composer: Composer, article: Article, claims: tuple[ClaimFull, ...], month: str) -> Entry:
    said = " ".join(claim.text for claim in claims)
    body = _text(composer.index.body(article.id))
    return Entry(
        article.address,
        article.title,
        " ".join(part for part in (article.summary, body, said) if part),
        composer.date(article.day).short,
        "",
        article.date.isoformat(),
        {
            "kind": ("article",),
            "month": (month,),
            **_taxa(composer.index, article),
            "label": _each_once(claim.label.id for claim in claims),
            "source": _each_once(source for claim in claims for source in _sources(claim)),
        },
    )


def _of_claim(composer: Composer, article: Article, claim: ClaimFull, month: str) -> Entry:
    has_page = PageFamily.CLAIM in composer.index.settings.pages
    return Entry(
        claim.address if has_page else f"{article.address}#{claim.anchor}",
        claim.text,
        " ".join(part for part in (claim.why, claim.place, f"· {article.title}") if part),
        composer.date(article.day).short,
        claim.label.id,
        article.date.isoformat(),
        {
            "kind": ("claim",),
            "month": (month,),
            **_taxa(composer.index, article),
            "label": (claim.label.id,),
            "source": _each_once(_sources(claim)),
        },
    )


def _taxa(index: Index, article: Article) -> dict[str, tuple[str, ...]]:
    """An article's regions and topics, and all above them."""
    return {
        "region": _each_once(t.id for region in article.regions for t in index.regions.lineage(region)),
        "topic": _each_once(t.id for topic in article.topics for t in index.topics.lineage(topic)),
    }


def _sources(claim: ClaimFull) -> Iterator[str]:
    """Who speaks about a claim and who carries it, as far as they have pages."""
    marks: list[SourceMark] = [mark for row in claim.statements for mark in (row.source, *row.via)]
    return (mark.id for mark in marks if mark.address)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _text(html: str) -> str:
    """The words of stored HTML."""
    return _GAP.sub(" ", unescape(_TAG.sub(" ", html.replace(ROOT_MARK, "")))).strip()
