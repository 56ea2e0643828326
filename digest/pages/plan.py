"""All page families, and the plan of a site: which pages it has and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.index.index import Index
from digest.labels.words import SCALES
from digest.model import Settings
from digest.model.settings import PageFamily
from digest.pages import (
    archive,
    article,
    card,
    claim,
    corrections,
    data,
    edition,
    feed,
    feeds,
    home,
    label,
    mail,
    notfound,
    redirect,
    search,
    sitemap,
    source,
    taxonomy,
    thread,
    tombstone,
)
from digest.pages.compose import Composer
from digest.pages.mail import FORMS
from digest.pages.parts import Link, Page, ReviewMark, Site
from digest.pages.sheet import Family, Planned, Sheet
from digest.pages.tongue import Tongue

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        article.FAMILY,
        claim.FAMILY,
        edition.FAMILY,
        archive.MONTH,
        archive.YEAR,
        taxonomy.REGION,
        taxonomy.TOPIC,
        source.SOURCE,
        thread.THREAD,
        label.LABEL,
        taxonomy.REGIONS,
        taxonomy.TOPICS,
        source.SOURCES,
        thread.THREADS,
        label.LABELS,
        corrections.FAMILY,
        card.FAMILY,
        search.FAMILY,
        redirect.FAMILY,
        redirect.MOVED,
        tombstone.FAMILY,
        feed.FAMILY,
        feed.JSON,
        feeds.FEEDS,
        feeds.OPML,
        sitemap.SITEMAP,
        sitemap.NEWS,
        sitemap.ROBOTS,
        mail.FAMILY,
        data.FAMILY,
        notfound.FAMILY,
        home.HOME,
    )
}


def plan(index: Index) -> Iterator[Planned]:
    """Every page of the site, each family's pages together; pages come before those that lead to them."""
    for family in FAMILIES.values():
        if family.name in index.settings.pages:
            yield from (Planned(family.name, key, address) for key, address in family.plan(index))


def compose_page(composer: Composer, planned: Planned) -> tuple[Page, Sheet]:
    """The page at an address: what is around its view, and the view."""
    settings = composer.index.settings
    sheet = FAMILIES[planned.family].view(composer, planned.key)
    found = planned.address == "" or planned.address.endswith("/")
    page = Page(
        planned.family,
        sheet.title,
        sheet.description,
        planned.address,
        ("../" * planned.address.count("/") or "./") if found else settings.base_path,
        settings.url + planned.address if settings.url and found else "",
        sheet.trail,
        sheet.listed,
        feeds.page_feeds(settings, planned.family, planned.key, sheet.title, planned.address),
        card.image_of(settings, planned, sheet.view),
    )
    return page, sheet


NAVIGATION = {
    "regions": "Regions",
    "topics": "Topics",
    "threads": "Threads",
    "sources": "Sources",
    "labels": "Labels",
    "corrections": "Corrections",
    "search": "Search",
}


def compose_site(settings: Settings, tongue: Tongue, asset: Callable[[str], str], generator: str) -> Site:
    """What all pages share; `asset` gives the address of a file of the theme, "" where it has none of that name."""
    _ = tongue.gettext
    return Site(
        settings.title,
        settings.description,
        settings.notice,
        settings.publisher,
        settings.publisher_url,
        settings.contact,
        settings.language,
        tongue.direction,
        settings.url,
        asset("digest.css"),
        asset("reference.css"),
        asset("icon.svg"),
        tuple(Link(_(text), f"{name}/") for name, text in NAVIGATION.items() if name in settings.pages),
        generator,
        feeds.site_feeds(settings, tongue),
        feeds.page_of_feeds(settings),
        tuple(ReviewMark(str(k), _(s.review), s.rating) for k, s in SCALES.items() if s.review)
        if settings.claim_review
        else (),
        FORMS["html"] if settings.url and PageFamily.MAIL in settings.pages else "",
        data.ADDRESS if PageFamily.DATA in settings.pages else "",
        asset("search.js"),
    )
