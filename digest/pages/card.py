"""Social cards: the picture that stands beside a link to an edition or an article where it is shared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Settings
from digest.model.settings import Cards, PageFamily
from digest.pages import edition
from digest.pages.compose import Composer
from digest.pages.home import HomeView
from digest.pages.leaf import ArticleView
from digest.pages.parts import LabelCount
from digest.pages.sheet import Family, Planned, Sheet

CARD_FILE = "social-card.png"
CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""The size that every network shows whole."""


class CardView(Frozen, frozen=True):
    """All that is drawn, and nothing else, so that a card is drawn anew only where it differs.

    `site` is the digest's name, `date` the day, or how much an edition holds where its title is the day; `labels` are
    an article's now, an edition's at its day's end. `lang` is the title's language, `language` the digest's, and `rtl`
    that one's direction.
    """

    site: str
    title: str
    date: str
    labels: tuple[LabelCount, ...]
    lang: str
    language: str
    rtl: bool


def drawn(settings: Settings, family: str) -> bool:
    """Whether pages of a family have cards: those that the settings name, where the site's address is known."""
    kinds = {"edition": (Cards.EDITIONS, Cards.ARTICLES), "article": (Cards.ARTICLES,)}.get(family, ())
    pages = settings.pages
    return bool(settings.url) and settings.cards in kinds and PageFamily.CARD in pages and family in pages


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """A card in the folder of each page that has one."""
    if drawn(index.settings, "article"):
        yield from ((f"article:{key}", address + CARD_FILE) for key, address in index.addresses())
    if drawn(index.settings, "edition"):
        yield from ((f"edition:{key}", address + CARD_FILE) for key, address in edition.plan(index))


def reads(key: str) -> tuple[str, ...]:
    """The article, or the day."""
    name, _, about = key.partition(":")
    return (f"article:{about}",) if name == "article" else (f"day:{about}",)


def view(composer: Composer, key: str) -> Sheet:
    """The card of an article ("article:ID") or an edition ("edition:2025-07-01")."""
    name, _, about = key.partition(":")
    made = _of_article(composer, about) if name == "article" else _of_edition(composer, about)
    return Sheet(made.title, "", (), made, listed=False)


def _of_article(composer: Composer, key: str) -> CardView:
    card = composer.card(key)
    settings = composer.index.settings
    lang = composer.index.article(key).lang or settings.language
    return _card(composer, card.title, card.day.full, card.labels, lang)


def _of_edition(composer: Composer, key: str) -> CardView:
    day, tongue = date.fromisoformat(key), composer.tongue
    stories = list(edition.stories_of(composer, key))
    then = dict(pair for story in stories for pair in story.then)
    note = composer.index.note(day)
    full = composer.day(day).full
    title, small = note.title if note else "", full
    if not title:
        title, small = full, tongue.gettext(", ").join(tongue.amounts(len(stories), len(then)))
    return _card(composer, title, small, composer.counts(then.values()), composer.index.settings.language)


def _card(composer: Composer, title: str, small: str, labels: tuple[LabelCount, ...], lang: str) -> CardView:
    settings = composer.index.settings
    rtl = composer.tongue.direction == "rtl"
    return CardView(settings.title, title, small, labels, lang, settings.language, rtl)


def image_of(settings: Settings, planned: Planned, shown: object) -> str:
    """The absolute address of the card that a page is shared with; "" if there is none.

    An article without one of its own and without a picture that networks show goes with its edition's, the home page
    with the newest.
    """
    if drawn(settings, planned.family):
        return settings.url + planned.address + CARD_FILE
    if not drawn(settings, "edition"):
        return ""
    if isinstance(shown, HomeView) and shown.edition is not None:
        return settings.url + shown.edition.day.address + CARD_FILE
    if isinstance(shown, ArticleView) and (shown.picture is None or shown.picture.address.lower().endswith(".svg")):
        return settings.url + shown.day.address + CARD_FILE
    return ""


FAMILY = Family("card", "", plan, reads, view)
