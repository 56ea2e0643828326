"""The mail edition: a day's edition as a letter, in HTML, in plain text and as a file that mail programs send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape
from urllib.parse import urlsplit

from msgspec.structs import replace

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Settings
from digest.model.html import plain_text
from digest.pages.compose import Composer
from digest.pages.edition import RegionSection, compose_edition
from digest.pages.parts import ArticleCard, ClaimBrief, Day, LabelCount, Link
from digest.pages.sheet import Family, Sheet

FORMS = {"html": "email.html", "text": "email.txt", "eml": "email.eml"}
"""The forms of a mail, with the names of their files."""

LIMIT = 100_000
"""The most bytes of a mail's HTML: Gmail shows no more than 102 kB of one, and cuts it off amid a sentence."""

_BUDGET = 82_000
"""Of these, what is left beside the frame of the letter and its styles."""
_SECTION, _ARTICLE, _CLAIM = 620, 1_150, 980
"""Bytes that the theme's template writes around the texts of a region, an article and a claim, styles inlined."""


class MailArticle(Frozen, frozen=True):
    """An article in the letter: its entry, its claims as of the day's end, and how many `more` claims the edition has
    that the letter leaves out."""

    topic: Link | None
    card: ArticleCard
    claims: tuple[ClaimBrief, ...]
    more: int


class MailSection(Frozen, frozen=True):
    """A region of the day, as in the edition, with the articles that have it as their primary one."""

    region: Link
    trail: tuple[Link, ...]
    articles: tuple[MailArticle, ...]


class MailView(Frozen, frozen=True):
    """A letter. `form` is "html", "text" or "eml"; `address` leads to the edition; `left_out` is the number of articles
    that the edition has beyond those of `sections`, `note_left_out` tells whether there is no room for the editor's
    note. `sender` (name and address), `message` (its id) and `date` (RFC 3339) are for its head.
    """

    form: str
    subject: str
    address: str
    day: Day
    note_title: str
    note_html: str
    note_text: str
    note_authors: tuple[str, ...]
    note_left_out: bool
    articles: int
    claims: int
    labels: tuple[LabelCount, ...]
    sections: tuple[MailSection, ...]
    left_out: int
    sender: tuple[str, str]
    message: str
    date: str


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """Each edition's letter in its forms; none where the digest has no url, since links in mail must be absolute."""
    for day in index.keys("day"):
        yield from plan_day(index.settings, day)


def plan_day(settings: Settings, day: str) -> Iterator[tuple[str, str]]:
    """The letter of a day ("2025-07-01")."""
    for form, name in FORMS.items():
        if settings.url and (form != "eml" or settings.eml):
            yield f"{form}:{day}", f"{day.replace('-', '/')}/{name}"


def reads(key: str) -> tuple[str, ...]:
    """Its day; and which days there are, as the edition does."""
    return (f"day:{key.partition(':')[2]}", "day:*")


def view(composer: Composer, key: str) -> Sheet:
    """A letter, from its form and day: "html:2025-07-01"."""
    form, _, day = key.partition(":")
    letter = composer.lately(_letter, day)
    return Sheet(letter.subject, "", (), replace(letter, form=form), listed=False)


def _letter(composer: Composer, key: str) -> MailView:
    settings = composer.index.settings
    edition = compose_edition(composer, key, settings.url)
    comma = composer.tongue.gettext(", ")
    subject = f"{settings.title}{comma}{edition.day.short}" + (f": {edition.note_title}" if edition.note_title else "")
    note = _for_mail(edition.note_html, settings.url + edition.day.address)
    published = [item.card.published for s in edition.sections for t in s.topics for item in t.articles]
    whole = MailView(
        form="",
        subject=subject,
        address=edition.day.address,
        day=edition.day,
        note_title=edition.note_title,
        note_html=note,
        note_text=plain_text(note),
        note_authors=edition.note_authors,
        note_left_out=False,
        articles=edition.articles,
        claims=edition.claims,
        labels=edition.labels,
        sections=tuple(_section(s) for s in edition.sections if s.topics),
        left_out=0,
        sender=_sender(settings),
        message=f"<edition.{key}@{authority(settings)}>",
        date=max(published, default=f"{date.fromisoformat(key)}T00:00:00Z"),
    )
    if _note_weight(whole) > _BUDGET // 2:
        whole = without_note(whole)
    return shortened(whole, _fitting(whole, settings.url))


def _section(section: RegionSection) -> MailSection:
    articles = (MailArticle(t.topic, item.card, item.claims, 0) for t in section.topics for item in t.articles)
    return MailSection(section.region, section.trail, tuple(articles))


_PICTURE = re.compile(r'<img\b(?:[^>]*?\balt="([^"]*)")?[^>]*>')


def _for_mail(html: str, page: str) -> str:
    """A note whose links are absolute, and which has words instead of pictures."""
    return _PICTURE.sub(lambda found: found[1] or "", html).replace('href="#', f'href="{page}#')


def authority(settings: Settings) -> str:
    """Whose ids a letter has: the digest's tag authority, or the host of its url, in letters that mail takes."""
    host = settings.tag.partition(",")[0].rpartition("@")[2] or urlsplit(settings.url).hostname or ""
    try:
        plain = host.encode("idna").decode()
    except UnicodeError:
        plain = ""
    return plain if re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", plain) else "digest.invalid"


def _sender(settings: Settings) -> tuple[str, str]:
    contact = settings.contact.removeprefix("mailto:")
    name = settings.publisher or settings.title
    plain = re.fullmatch(r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", contact)
    return name, contact if plain else f"noreply@{authority(settings)}"


# How a letter that would be too long is shortened: it consists of pieces (the editor's note, then each article,
# followed by each of its claims), in the order of the edition, and ends with the last one that there is room for.


def pieces(view: MailView) -> int:
    """Of how many pieces a letter consists."""
    return bool(view.note_html) + sum(1 + len(a.claims) for s in view.sections for a in s.articles)


def shortened(view: MailView, room: int) -> MailView:
    """The letter with its first pieces alone, as many as `room` says, and the numbers of what it leaves out."""
    if room >= pieces(view):
        return view
    note = bool(view.note_html) and room > 0
    left = max(0, room - bool(view.note_html))
    sections = []
    for section in view.sections:
        kept = []
        for article in section.articles:
            if left <= 0:
                break
            claims = article.claims[: left - 1]
            left -= 1 + len(article.claims)
            kept.append(replace(article, claims=claims, more=article.more + len(article.claims) - len(claims)))
        if kept:
            sections.append(replace(section, articles=tuple(kept)))
    shown = sum(len(s.articles) for s in sections)
    cut = replace(view, sections=tuple(sections), left_out=view.articles - shown)
    return cut if note or not view.note_html else without_note(cut)


def without_note(view: MailView) -> MailView:
    """The letter with a link in place of the editor's note."""
    return replace(view, note_html="", note_text="", note_left_out=True)


def _fitting(view: MailView, url: str) -> int:
    """How many pieces there is room for, by the bytes that the theme writes for each."""
    room = used = 0
    for weight in _weights(view, len(url)):
        used += weight
        if used > _BUDGET:
            break
        room += 1
    return room


def _weights(view: MailView, url: int) -> Iterator[int]:
    if view.note_html:
        yield _note_weight(view)
    for section in view.sections:
        head = _SECTION + _written(section.region.text, *(link.text for link in section.trail))
        for article in section.articles:
            card, topic = article.card, article.topic.text if article.topic else ""
            texts = _written(card.title, card.address, card.summary, card.sources, topic)
            yield head + _ARTICLE + url + texts
            head = 0
            for claim in article.claims:
                badges = "".join(b.text for b in claim.badges)
                yield _CLAIM + url + _written(claim.text, claim.address, claim.why, badges)


def _note_weight(view: MailView) -> int:
    return _ARTICLE + 3 * len(view.note_html.encode())


def _written(*texts: str) -> int:
    return sum(len(escape(text).encode()) for text in texts)


FAMILY = Family("mail", "mail.html", plan, reads, view, ("mail.txt",))
