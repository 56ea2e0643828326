"""Structured data: what a page holds in the words of schema.org, as JSON-LD for search engines and other programs.

It is a function of what templates see, and is worked out only where a template asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from digest.pages.archive import MonthView, YearView
from digest.pages.claim import ClaimView
from digest.pages.edition import EditionView
from digest.pages.home import HomeView
from digest.pages.label import LabelView
from digest.pages.leaf import ArticleView
from digest.pages.parts import ClaimFull, Link, Page, Site, SourceMark
from digest.pages.source import SourceView
from digest.pages.taxonomy import TaxonView
from digest.pages.thread import ThreadView
from digest.render.inline_json import as_json

Node = dict[str, Any]
"""A thing with its properties."""


def structured(site: Site, page: Page, view: object) -> Markup:
    """The page as an element for its head; nothing where the page has no address of its own, or must not be indexed."""
    if not page.canonical or not page.index:
        return Markup()
    graph = [*_NODES.get(type(view), _page)(site, page, view), *_breadcrumbs(site, page), _publisher(site)]
    words = as_json({"@context": "https://schema.org", "@graph": graph})
    return Markup('<script type="application/ld+json">{}</script>').format(words)


def _publisher(site: Site) -> Node:
    name = site.publisher or site.title
    return {"@type": "Organization", "@id": _publisher_id(site), "name": name, "url": site.publisher_url or site.url}


def _publisher_id(site: Site) -> str:
    return f"{site.url}#publisher"


def _breadcrumbs(site: Site, page: Page) -> Iterator[Node]:
    if not page.trail:
        return
    steps = [(site.title, site.url), *((link.text, site.url + link.address) for link in page.trail)]
    steps.append((page.title, page.canonical))
    items = [_step(at, name, address) for at, (name, address) in enumerate(steps, 1)]
    yield {"@type": "BreadcrumbList", "@id": f"{page.canonical}#breadcrumb", "itemListElement": items}


def _step(position: int, name: str, address: str) -> Node:
    return {"@type": "ListItem", "position": position, "name": name, "item": address}


def _around(kind: str, site: Site, page: Page) -> Node:
    """What every page that is no article says of itself."""
    made: Node = {"@type": kind, "@id": page.canonical, "url": page.canonical, "name": page.title}
    if page.description:
        made["description"] = page.description
    made |= {"inLanguage": site.language, "isPartOf": {"@id": f"{site.url}#website"}}
    if page.trail:
        made["breadcrumb"] = {"@id": f"{page.canonical}#breadcrumb"}
    if page.card:
        made["primaryImageOfPage"] = {"@type": "ImageObject", "url": page.card, "width": 1200, "height": 630}
    return made


def _page(site: Site, page: Page, _: object) -> Iterator[Node]:
    yield _around("WebPage", site, page)


# articles and claims


def _article(site: Site, page: Page, view: ArticleView) -> Iterator[Node]:
    images = [page.card] if page.card else []
    if view.picture:
        images.append(site.url + view.picture.address)
    made: Node = {
        "@type": "NewsArticle",
        "@id": page.canonical,
        "url": page.canonical,
        "mainEntityOfPage": page.canonical,
        "headline": view.title,
        "description": view.summary,
        "datePublished": view.published,
        "dateModified": view.updated_at or view.published,
        "author": [_author(site, name) for name in view.authors] or {"@id": _publisher_id(site)},
        "publisher": {"@id": _publisher_id(site)},
        "inLanguage": view.lang,
        "isAccessibleForFree": True,
        "isPartOf": {"@id": site.url + view.day.address},
        "image": images,
        "articleSection": [link.text for link in view.topics],
        "contentLocation": [{"@type": "Place", "name": link.text} for link in view.regions],
        "correction": [
            {"@type": "CorrectionComment", "text": c.text, "datePublished": c.day.iso} for c in view.corrections
        ],
        "citation": _citations(view.claims),
        "mentions": [_claim_in_brief(site, claim) for claim in view.claims],
    }
    yield {name: value for name, value in made.items() if value or value is True}


def _author(site: Site, name: str) -> Node:
    """A byline names people, unless it is the publisher's or the digest's own name."""
    return {"@type": "Organization" if name in (site.publisher, site.title) else "Person", "name": name}


def _citations(claims: Iterable[ClaimFull]) -> list[Node]:
    """What was read for the claims, each address once, with the names of who is cited."""
    found: dict[str, Node] = {}
    for claim in claims:
        for row in claim.statements:
            if row.url and row.url not in found:
                credit = ", ".join([row.source.name, *(carrier.name for carrier in row.via)])
                found[row.url] = {"@type": "CreativeWork", "url": row.url, "creditText": credit}
    return list(found.values())


def _claim_in_brief(site: Site, claim: ClaimFull) -> Node:
    address = site.url + claim.address
    return {"@type": "Claim", "@id": address, "url": address, "text": claim.text}


def _claim(site: Site, page: Page, view: ClaimView) -> Iterator[Node]:
    claim = view.claim
    made: Node = {
        **_claim_in_brief(site, claim),
        "mainEntityOfPage": page.canonical,
        "publisher": {"@id": _publisher_id(site)},
        "author": [_speaker(site, s.source, person=s.source.id in view.people) for s in _first_rows(claim)],
        "datePublished": min(((s.said or s.recorded).iso for s in claim.statements), default=""),
        "appearance": [
            {"@type": "NewsArticle", "@id": site.url + a.address, "headline": a.title, "datePublished": a.published}
            for a in view.articles
        ],
        "firstAppearance": {"@id": site.url + view.articles[-1].address} if view.articles else None,
        "isBasedOn": {"@type": "Claim", "@id": site.url + claim.depends_on.address} if claim.depends_on else None,
        "contentLocation": {"@type": "Place", "name": claim.place} if claim.place else None,
        "citation": _citations([claim]),
    }
    yield {name: value for name, value in made.items() if value}
    review = next((r for r in site.reviews if r.label == claim.label.id), None)
    if review is not None:
        rating: Node = {"@type": "Rating", "alternateName": review.name}
        if review.rating:
            rating |= {"ratingValue": review.rating, "bestRating": 5, "worstRating": 1}
        yield {
            "@type": "ClaimReview",
            "@id": f"{page.canonical}#review",
            "url": page.canonical,
            "claimReviewed": claim.text,
            "itemReviewed": {"@id": page.canonical},
            "author": {"@id": _publisher_id(site)},
            "datePublished": claim.history[-1].day.iso,
            "reviewBody": claim.why,
            "reviewRating": rating,
            "inLanguage": site.language,
        }


def _first_rows(claim: ClaimFull) -> list[Any]:
    """One statement of each source that makes the claim."""
    return list({s.source.id: s for s in reversed(claim.statements) if s.side == "for"}.values())[::-1]


def _speaker(site: Site, source: SourceMark, *, person: bool) -> Node:
    made = {"@type": "Person" if person else "Organization", "name": source.name}
    return made | {"url": site.url + source.address} if source.address else made


# lists


def _collection(site: Site, page: Page, items: Iterable[Link]) -> Node:
    """A page that leads to others; their names stand in the page."""
    addresses = dict.fromkeys(site.url + link.address for link in items)
    found = [{"@type": "ListItem", "position": at, "url": address} for at, address in enumerate(addresses, 1)]
    made = _around("CollectionPage", site, page)
    if found:
        made["mainEntity"] = {"@type": "ItemList", "numberOfItems": len(found), "itemListElement": found}
    return made


def _of_edition(view: EditionView) -> Iterator[Link]:
    for section in view.sections:
        for topic in section.topics:
            yield from (Link(item.card.title, item.card.address) for item in topic.articles)


def _edition(site: Site, page: Page, view: EditionView) -> Iterator[Node]:
    yield _collection(site, page, _of_edition(view)) | {"datePublished": view.day.iso}


def _home(site: Site, page: Page, view: HomeView) -> Iterator[Node]:
    website = {"@type": "WebSite", "@id": f"{site.url}#website", "url": site.url, "name": site.title}
    if site.description:
        website["description"] = site.description
    yield website | {"inLanguage": site.language, "publisher": {"@id": _publisher_id(site)}}
    yield _collection(site, page, _of_edition(view.edition) if view.edition else ())


def _by_day(site: Site, page: Page, view: TaxonView | ThreadView) -> Iterator[Node]:
    yield _collection(site, page, (Link(a.title, a.address) for day in view.days for a in day.articles))


def _month(site: Site, page: Page, view: MonthView) -> Iterator[Node]:
    yield _collection(site, page, (Link(day.full, day.address) for day, _ in view.editions))


def _year(site: Site, page: Page, view: YearView) -> Iterator[Node]:
    yield _collection(site, page, view.months)


def _label(site: Site, page: Page, view: LabelView) -> Iterator[Node]:
    claims = (Link(c.claim.text, f"claims/{c.claim.id}/") for c in view.claims)
    yield _collection(site, page, claims)


def _source(site: Site, page: Page, view: SourceView) -> Iterator[Node]:
    about = {"name": view.name} | ({"url": view.url} if _is_web(view.url) else {})
    yield _around("WebPage", site, page) | {"about": about}


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https")


_NODES: dict[type, Callable[[Site, Page, Any], Iterator[Node]]] = {
    ArticleView: _article,
    ClaimView: _claim,
    EditionView: _edition,
    HomeView: _home,
    LabelView: _label,
    MonthView: _month,
    SourceView: _source,
    TaxonView: _by_day,
    ThreadView: _by_day,
    YearView: _year,
}
