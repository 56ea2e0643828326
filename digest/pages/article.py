"""The page of one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape, unescape
from urllib.parse import quote, unquote

from msgspec.structs import replace

from digest.index.index import Index
from digest.labels.verdict import Course
from digest.model import Article
from digest.model.html import rooted
from digest.model.pictures import Sized, copy_of
from digest.pages.compose import Composer
from digest.pages.leaf import ArticleView, CorrectionNote, Picture
from digest.pages.parts import ArticleCard, Day, LabelMark, Link
from digest.pages.sheet import Family, Sheet


def plan(index: Index) -> Iterable[tuple[str, str]]:
    """One page for each article."""
    return index.addresses()


def reads(key: str) -> tuple[str, ...]:
    """Itself; its day and its thread, for its neighbours (the keys depend on the article)."""
    return (f"article:{key}", "day:*", "thread:*")


def view(composer: Composer, key: str) -> Sheet:
    """The page of an article."""
    leaf = composer.leaf(key)
    made = leaf if leaf is not None else compose_leaf(composer, composer.index.article(key), composer.card(key))
    day = date.fromisoformat(made.day.iso)
    earlier, later = composer.neighbours(made.day.iso, key)
    body = mark_claims(composer.index.body(key), {c.id: c.label for c in made.claims})
    picture = made.picture
    if picture is not None or "<img " in body:
        address = f"{made.day.address}{made.id}/"
        known = composer.index.pictures(address)
        body = size_pictures(body, known)
        picture = _sized(picture, known, address) if picture else None
    made = replace(
        made,
        body_html=rooted(body, "../" * 4),
        picture=picture,
        thread_articles=_neighbours_in_thread(composer, made.thread, key) if made.thread else (),
        earlier=earlier,
        later=later,
    )
    trail = (
        Link(f"{day:%Y}", f"{day:%Y}/"),
        Link(composer.tongue.month(day), f"{day:%Y/%m}/"),
        Link(made.day.full, made.day.address),
    )
    return Sheet(made.title, made.summary, trail, made)


def compose_leaf(composer: Composer, article: Article, card: ArticleCard) -> ArticleView:
    """The page of an article with that card, without its text and its neighbours, which other articles decide."""
    index = composer.index
    courses = composer.courses(article)
    day = composer.day(article.day)
    local = article.date.astimezone(index.settings.zone)
    updated = article.updated.astimezone(index.settings.zone) if article.updated else None
    return ArticleView(
        id=article.id,
        title=article.title,
        summary=article.summary,
        day=day,
        time=f"{local:%H:%M}" if article.has_time else "",
        published=local.isoformat() if article.has_time else day.iso,
        updated=composer.day_of(article.updated) if article.updated else None,
        updated_at=updated.isoformat() if updated else "",
        authors=article.authors,
        lang=article.lang or index.settings.language,
        body_html="",
        picture=_picture(article),
        regions=tuple(composer.region(r) for r in article.regions),
        topics=tuple(composer.topic(t) for t in article.topics),
        claims=tuple(composer.claim(c.claim.id) for c in courses),
        count=card.sources,
        sources=tuple(composer.source(s) for s in _speakers(courses)),
        corrections=tuple(
            CorrectionNote(composer.date(c.day), c.text)
            for c in sorted(article.corrections, key=lambda c: c.day, reverse=True)
        ),
        thread=Link(composer.thread_name(article.thread), f"threads/{article.thread}/") if article.thread else None,
        thread_articles=(),
        earlier=None,
        later=None,
    )


def _speakers(courses: Iterable[Course]) -> list[str]:
    """Sources with a stance for or against, in order of appearance."""
    return list(dict.fromkeys(s.by for c in courses for s in c.now.evidence.statements if s.says.polarity))


def _picture(article: Article) -> Picture | None:
    image = article.image
    if image is None:
        return None
    return Picture(f"{article.address}{quote(image.src)}", image.alt, image.credit, image.caption, 0, 0)


def _neighbours_in_thread(composer: Composer, thread: Link, key: str) -> tuple[tuple[Day, Link], ...]:
    group = "thread:" + thread.address.removeprefix("threads/").removesuffix("/")
    members = composer.index.group(group)
    at = members.index(key)
    near = [composer.card(a) for a in members[max(0, at - 3) : at + 4] if a != key]
    return tuple((card.day, Link(card.title, card.address)) for card in near)


CLAIM_REF = re.compile(r'<(a|span) class="claim-ref"([^>]*?) data-claim="([^"]*)">(.*?)</\1>', re.DOTALL)


def mark_claims(html: str, labels: Mapping[str, LabelMark]) -> str:
    """Put each claim's label beside the words that carry it: mark for the eye, name for the ear."""

    def mark(match: re.Match[str]) -> str:
        tag, rest, claim, words = match.groups()
        label = labels.get(claim)
        if label is None:
            return words
        symbol = f'<svg class="mark" aria-hidden="true"><use href="#m-{label.id}"/></svg>'
        name = f'<span class="visually-hidden"> ({escape(label.name)})</span>'
        head, space, last = words.rpartition(" ")
        tail = last + symbol
        if "<" not in last and ">" not in last:  # the mark must not stand alone on the next line
            tail = f'<span class="nobreak">{tail}</span>'
        return f'<{tag} class="claim-ref claim-ref-{label.id}"{rest}>{head}{space}{tail}{name}</{tag}>'

    return CLAIM_REF.sub(mark, html) if labels and ' class="claim-ref"' in html else html


def _sized(picture: Picture, known: Mapping[str, Sized], address: str) -> Picture:
    sized = known.get(unquote(picture.address.removeprefix(address)))
    if sized is None:
        return picture
    copies = tuple((copy_of(picture.address, width), width) for width in sized.widths)
    return replace(picture, width=sized.width, height=sized.height, copies=copies)


SIZES = "(min-width: 40em) 36rem, 100vw"
"""How broad pictures stand on an article's page, in the words of HTML."""
_IMG = re.compile(r'<img((?: [\w-]+="[^"]*")*? src="([^"]*)"(?: [\w-]+="[^"]*")*) ?/?>')


def size_pictures(html: str, known: Mapping[str, Sized]) -> str:
    """Give the pictures of a text their size, so that nothing moves when they come, and their smaller copies."""

    def sized(match: re.Match[str]) -> str:
        rest, src = match.groups()
        found = known.get(unquote(unescape(src)))
        if found is None:
            return match.group()
        image = f'<img{rest} width="{found.width}" height="{found.height}">'
        if not found.widths:
            return image
        copies = ", ".join(f"{copy_of(src, width)} {width}w" for width in found.widths)
        return f'<picture><source type="image/webp" srcset="{copies}" sizes="{SIZES}">{image}</picture>'

    return _IMG.sub(sized, html) if known else html


FAMILY = Family("article", "article.html", plan, reads, view)
