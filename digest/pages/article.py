"""The page of one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from digest.index.index import Index
from digest.labels.verdict import Course
from digest.model import Article
from digest.model.html import rooted
from digest.pages.compose import Composer
from digest.pages.parts import ClaimFull, Day, LabelMark, Link, SourceMark
from digest.pages.sheet import Family, Sheet


@dataclass(frozen=True, slots=True)
class Picture:
    """The article's picture; `address` is where it stands in the site; width and height in pixels, 0 if unknown."""

    address: str
    alt: str
    credit: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A correction with its day."""

    day: Day
    text: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article: text, claims with everything behind them, sources, corrections, neighbours.

    `time` is the time of day in the digest's timezone ("09:30"), "" for a plain date. `count` is the number of sources
    in words ("4 sources, 1 independent"). `thread` links to the thread, whose other articles are `thread_articles`
    (nearest in time). `earlier` and `later` are the neighbours in the same edition.
    """

    id: str
    title: str
    summary: str
    day: Day
    time: str
    published: str
    updated: Day | None
    updated_at: str
    authors: tuple[str, ...]
    lang: str
    body_html: str
    picture: Picture | None
    regions: tuple[Link, ...]
    topics: tuple[Link, ...]
    claims: tuple[ClaimFull, ...]
    count: str
    sources: tuple[SourceMark, ...]
    corrections: tuple[CorrectionNote, ...]
    thread: Link | None
    thread_articles: tuple[tuple[Day, Link], ...]
    earlier: Link | None
    later: Link | None


def plan(index: Index) -> Iterable[tuple[str, str]]:
    """One page for each article."""
    return index.addresses()


def reads(key: str) -> tuple[str, ...]:
    """Itself; its day and its thread, for its neighbours (the keys depend on the article)."""
    return (f"article:{key}", "day:*", "thread:*")


def view(composer: Composer, key: str) -> Sheet:
    """The page of an article."""
    index = composer.index
    article = index.article(key)
    courses = composer.courses(article)
    claims = tuple(composer.claim(c.claim.id) for c in courses)
    day = composer.day(article.day)
    local = article.date.astimezone(index.settings.zone)
    updated = article.updated.astimezone(index.settings.zone) if article.updated else None
    same_day = list(reversed(index.members(f"day:{day.iso}")))
    at = next(i for i, a in enumerate(same_day) if a.id == key)
    made = ArticleView(
        id=key,
        title=article.title,
        summary=article.summary,
        day=day,
        time=f"{local:%H:%M}" if article.has_time else "",
        published=local.isoformat() if article.has_time else day.iso,
        updated=composer.day_of(article.updated) if article.updated else None,
        updated_at=updated.isoformat() if updated else "",
        authors=article.authors,
        lang=article.lang or index.settings.language,
        body_html=rooted(mark_claims(index.body(key), {c.id: c.label for c in claims}), "../" * 4),
        picture=_picture(article),
        regions=tuple(composer.region(r) for r in article.regions),
        topics=tuple(composer.topic(t) for t in article.topics),
        claims=claims,
        count=composer.source_count([c.now for c in courses]),
        sources=tuple(composer.source(s) for s in _speakers(courses)),
        corrections=tuple(
            CorrectionNote(composer.date(c.day), c.text)
            for c in sorted(article.corrections, key=lambda c: c.day, reverse=True)
        ),
        thread=Link(composer.thread_name(article.thread), f"threads/{article.thread}/") if article.thread else None,
        thread_articles=_neighbours_in_thread(composer, article) if article.thread else (),
        earlier=composer.article_link(same_day[at - 1]) if at else None,
        later=composer.article_link(same_day[at + 1]) if at + 1 < len(same_day) else None,
    )
    trail = (
        Link(f"{article.day:%Y}", f"{article.day:%Y}/"),
        Link(composer.tongue.month(article.day), f"{article.day:%Y/%m}/"),
        Link(day.full, f"{article.day:%Y/%m/%d}/"),
    )
    return Sheet(article.title, article.summary, trail, made)


def _speakers(courses: Iterable[Course]) -> list[str]:
    """Sources with a stance for or against, in order of appearance."""
    return list(dict.fromkeys(s.by for c in courses for s in c.now.evidence.statements if s.says.polarity))


def _picture(article: Article) -> Picture | None:
    image = article.image
    if image is None:
        return None
    return Picture(f"{article.address}{quote(image.src)}", image.alt, image.credit, image.caption, 0, 0)


def _neighbours_in_thread(composer: Composer, article: Article) -> tuple[tuple[Day, Link], ...]:
    members = composer.index.group(f"thread:{article.thread}")
    at = members.index(article.id)
    near = [composer.index.article(a) for a in members[max(0, at - 3) : at + 4] if a != article.id]
    return tuple((composer.day(a.day), composer.article_link(a)) for a in near)


_CLAIM_REF = re.compile(r'<(a|span) class="claim-ref"([^>]*?) data-claim="([^"]*)">(.*?)</\1>', re.DOTALL)


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

    return _CLAIM_REF.sub(mark, html) if labels else html


FAMILY = Family("article", "article.html", plan, reads, view)
