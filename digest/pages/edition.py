"""The edition of one day, and the home page, which shows the newest one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from digest.index.index import Index, note_body
from digest.labels.verdict import Course
from digest.model import Article
from digest.model.html import rooted
from digest.pages.compose import Composer
from digest.pages.parts import ArticleCard, Change, ClaimBrief, Day, LabelCount, LabelMark, Link
from digest.pages.sheet import Family, Sheet

_LATEST_DAYS = 14


@dataclass(frozen=True, slots=True)
class EditionArticle:
    """An article in full in its edition: card, with its counts, and claims as of that day's end."""

    card: ArticleCard
    claims: tuple[ClaimBrief, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An article that also belongs here: its title, and where it stands in full."""

    article: Link
    place: str


@dataclass(frozen=True, slots=True)
class TopicSection:
    """The articles of one region that share a primary topic; `topic` is None where an article names none."""

    topic: Link | None
    articles: tuple[EditionArticle, ...]


@dataclass(frozen=True, slots=True)
class RegionSection:
    """A region of the day: `trail` is its place in the tree, outermost first, without itself; `id` its anchor.

    `region.count` is the number of articles that stand here in full; those with most claims come first.
    """

    id: str
    region: Link
    trail: tuple[Link, ...]
    topics: tuple[TopicSection, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class ThenNow:
    """A claim of this edition whose label has changed since that day's end."""

    text: str
    address: str
    then: LabelMark
    now: Change


@dataclass(frozen=True, slots=True)
class EditionView:
    """One day. `labels` counts the claims of the day's articles by their label at that day's end."""

    day: Day
    note_title: str
    note_html: str
    note_authors: tuple[str, ...]
    articles: int
    claims: int
    labels: tuple[LabelCount, ...]
    sections: tuple[RegionSection, ...]
    changed: tuple[ThenNow, ...]
    previous: Day | None
    following: Day | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The newest edition (None while the digest is empty), the latest days and the months with articles."""

    edition: EditionView | None
    days: tuple[Day, ...]
    months: tuple[Link, ...]


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each day on which an article appeared."""
    return ((day, f"{day.replace('-', '/')}/") for day in index.keys("day"))


def reads(key: str) -> tuple[str, ...]:
    """Its day; and which days there are, for its neighbours."""
    return (f"day:{key}", "day:*")


def view(composer: Composer, key: str) -> Sheet:
    """The edition of a day ("2025-07-01")."""
    edition = compose_edition(composer, key, "../" * 3)
    _, _n = composer.tongue.gettext, composer.tongue.ngettext
    day = date.fromisoformat(key)
    trail = (Link(f"{day:%Y}", f"{day:%Y}/"), Link(composer.tongue.month(day), f"{day:%Y/%m}/"))
    title = edition.note_title or edition.day.full
    description = _("%(title)s, %(day)s: %(articles)s and %(claims)s, with their sources and labels.") % {
        "title": composer.index.settings.title,
        "day": edition.day.full,
        "articles": _n("%(num)s article", "%(num)s articles", edition.articles) % {"num": edition.articles},
        "claims": _n("%(num)s claim", "%(num)s claims", edition.claims) % {"num": edition.claims},
    }
    return Sheet(title, description, trail, edition)


def compose_edition(composer: Composer, key: str, root: str) -> EditionView:
    """One day's edition; `root` leads from the page that shows it to the digest's base (for links in the note)."""
    index = composer.index
    day = date.fromisoformat(key)
    end = index.settings.end_of(day)
    articles = sorted(index.members(f"day:{key}"), key=lambda a: (a.date, a.id))
    courses = {c.claim.id: c for a in articles for c in composer.courses(a)}
    then = {id_: verdict for id_, c in courses.items() if (verdict := c.at(end)) is not None}
    note = index.note(day)
    days = index.keys("day")
    position = days.index(key)
    return EditionView(
        composer.day(day),
        note.title if note else "",
        rooted(index.body(note_body(note.path)), root) if note else "",
        note.authors if note else (),
        len(articles),
        len(then),
        composer.counts(v.label for v in then.values()),
        _sections(composer, articles, end),
        tuple(_changes(composer, [c for id_, c in courses.items() if id_ in then], end)),
        composer.day(date.fromisoformat(days[position - 1])) if position else None,
        composer.day(date.fromisoformat(days[position + 1])) if position + 1 < len(days) else None,
    )


def _sections(composer: Composer, articles: Sequence[Article], end: datetime) -> tuple[RegionSection, ...]:
    regions = {r for a in articles for r in (_primary(a), *_also_in(composer, a))}
    place = _place(composer, articles)
    return tuple(_section(composer, region, articles, end) for region in sorted(regions, key=place))


def _place(composer: Composer, articles: Sequence[Article]) -> Callable[[str], tuple[object, ...]]:
    """Order regions as the tree has them, at each branching the part of the world with most articles first."""
    lineage = composer.index.regions.lineage
    weights = Counter(t.id for a in articles for t in lineage(_primary(a)))

    def place(region: str) -> tuple[object, ...]:
        return (
            not region,
            not weights[region],
            tuple((-weights[t.id], t.name, t.id) for t in reversed(lineage(region))),
        )

    return place


def _primary(article: Article) -> str:
    return article.regions[0] if article.regions else ""


def _also_in(composer: Composer, article: Article) -> list[str]:
    """The other regions that an article names, without those that hold its primary one."""
    above = {t.id for t in composer.index.regions.lineage(_primary(article))}
    return [r for r in article.regions[1:] if r not in above]


def _section(composer: Composer, region: str, articles: Sequence[Article], end: datetime) -> RegionSection:
    own = sorted((a for a in articles if _primary(a) == region), key=lambda a: -len(a.claims))
    topics: dict[str, list[Article]] = {}
    for article in own:
        topics.setdefault(article.topics[0] if article.topics else "", []).append(article)
    also = [a for a in articles if region in _also_in(composer, a)]
    lineage = composer.index.regions.lineage(region)
    return RegionSection(
        f"region-{lineage[0].slug}" if lineage else "region-none",
        replace(composer.region(region), count=len(own))
        if region
        else Link(composer.tongue.gettext("No region"), "", len(own)),
        tuple(composer.region(t.id) for t in reversed(lineage[1:])),
        tuple(
            TopicSection(composer.topic(topic) if topic else None, tuple(_article(composer, a, end) for a in found))
            for topic, found in topics.items()
        ),
        tuple(Reference(composer.article_link(a), composer.region(a.regions[0]).text) for a in also),
    )


def _article(composer: Composer, article: Article, end: datetime) -> EditionArticle:
    claims, verdicts = [], []
    for course in composer.courses(article):
        then = course.at(end)
        if then is None:
            continue
        verdicts.append(then)
        moment, now = course.history[-1]
        change = composer.change(moment, now) if now.label != then.label else None
        claims.append(composer.brief(course, then, f"{article.address}#claim-{course.claim.id}", change))
    card = composer.card(article.id)
    labels = composer.counts(v.label for v in verdicts)
    return EditionArticle(replace(card, sources=composer.source_count(verdicts), labels=labels), tuple(claims))


def _changes(composer: Composer, courses: Iterable[Course], end: datetime) -> Iterator[ThenNow]:
    for course in courses:
        then, (moment, now) = course.at(end), course.history[-1]
        if then is not None and then.label != now.label:
            claim = course.claim
            yield ThenNow(claim.text, f"claims/{claim.id}/", composer.label(then.label), composer.change(moment, now))


FAMILY = Family("edition", "edition.html", plan, reads, view)


def plan_home(_: Index) -> Iterator[tuple[str, str]]:
    """The one home page."""
    yield "", ""


def reads_home(_: str) -> tuple[str, ...]:
    """The days and months that there are, and the newest day."""
    return ("day:*", "month:*")


def view_home(composer: Composer, _: str) -> Sheet:
    """The newest edition and the way into the archive."""
    index = composer.index
    days = index.keys("day")
    edition = compose_edition(composer, days[-1], "./") if days else None
    months = tuple(
        Link(
            composer.tongue.month(date.fromisoformat(m + "-01")),
            m.replace("-", "/") + "/",
            index.count(f"month:{m}"),
        )
        for m in reversed(index.keys("month")[-12:])
    )
    latest = tuple(composer.day(date.fromisoformat(d)) for d in reversed(days[-_LATEST_DAYS:]))
    return Sheet(index.settings.title, index.settings.description, (), HomeView(edition, latest, months))


HOME = Family("home", "home.html", plan_home, reads_home, view_home)
