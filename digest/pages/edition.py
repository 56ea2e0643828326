"""The edition of one day."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from digest.frozen import Frozen
from digest.index.index import Index, Part, note_body
from digest.index.packing import Codec
from digest.model import Article, Label
from digest.model.html import rooted
from digest.model.settings import Picture
from digest.pages.compose import Composer
from digest.pages.drawn.bar import Bar, compose_bar
from digest.pages.drawn.map import Map, map_of_articles
from digest.pages.parts import ArticleCard, Change, ClaimBrief, Day, LabelCount, LabelMark, Link
from digest.pages.sheet import Family, Sheet


class EditionArticle(Frozen, frozen=True):
    """An article in full in its edition: card, with its counts, and claims as of that day's end."""

    card: ArticleCard
    claims: tuple[ClaimBrief, ...]


class Reference(Frozen, frozen=True):
    """An article that also belongs here: its title, and where it stands in full."""

    article: Link
    place: str


class TopicSection(Frozen, frozen=True):
    """The articles of one region that share a primary topic; `topic` is None where an article names none."""

    topic: Link | None
    articles: tuple[EditionArticle, ...]


class RegionSection(Frozen, frozen=True):
    """A region of the day: `trail` is its place in the tree, outermost first, without itself; `id` its anchor.

    `region.count` is the number of articles that stand here in full; those with most claims come first.
    """

    id: str
    region: Link
    trail: tuple[Link, ...]
    topics: tuple[TopicSection, ...]
    references: tuple[Reference, ...]


class ThenNow(Frozen, frozen=True):
    """A claim of this edition whose label has changed since that day's end."""

    text: str
    address: str
    then: LabelMark
    now: Change


class EditionView(Frozen, frozen=True):
    """One day. `labels` counts the claims of the day's articles by their label at that day's end, and so does `bar`."""

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
    map: Map | None = None
    bar: Bar | None = None


class Story(Frozen, frozen=True):
    """An article's place in its edition: what decides where it stands (`weight` is its number of claims, `topic` its
    primary one), how it stands there, its claims' labels at that day's end, and those that have changed since."""

    date: datetime
    weight: int
    regions: tuple[str, ...]
    topic: str
    item: EditionArticle
    then: tuple[tuple[str, Label], ...]
    changed: tuple[tuple[str, ThenNow], ...]

    @property
    def primary(self) -> str:
        """The primary region, "" where there is none."""
        return self.regions[0] if self.regions else ""


STORY = Codec(Story)


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each day on which an article appeared."""
    return ((day, f"{day.replace('-', '/')}/") for day in index.keys("day"))


def reads(key: str) -> tuple[str, ...]:
    """Its day; and which days there are, for its neighbours."""
    return (f"day:{key}", "day:*")


def view(composer: Composer, key: str) -> Sheet:
    """The edition of a day ("2025-07-01")."""
    edition = compose_edition(composer, key, "../" * 3)
    _ = composer.tongue.gettext
    articles, claims = composer.tongue.amounts(edition.articles, edition.claims)
    day = date.fromisoformat(key)
    trail = (Link(f"{day:%Y}", f"{day:%Y}/"), Link(composer.tongue.month(day), f"{day:%Y/%m}/"))
    title = edition.note_title or edition.day.full
    description = _("%(title)s, %(day)s: %(articles)s and %(claims)s, with their sources and labels.") % {
        "title": composer.index.settings.title,
        "day": edition.day.full,
        "articles": articles,
        "claims": claims,
    }
    return Sheet(title, description, trail, edition)


def compose_edition(composer: Composer, key: str, root: str) -> EditionView:
    """One day's edition; `root` leads from the page that shows it to the digest's base (for links in the note)."""
    made = composer.lately(_unrooted, key)
    return replace(made, note_html=rooted(made.note_html, root)) if made.note_html else made


def _unrooted(composer: Composer, key: str) -> EditionView:
    index = composer.index
    day = date.fromisoformat(key)
    stories = sorted(stories_of(composer, key), key=lambda s: (s.date, s.item.card.id))
    then = {claim: label for s in stories for claim, label in s.then}
    changed = {claim: change for s in stories for claim, change in s.changed}
    note = index.note(day)
    days = index.keys("day")
    position = bisect_left(days, key)
    pictures = index.settings.pictures
    return EditionView(
        composer.day(day),
        note.title if note else "",
        index.body(note_body(note.path)) if note else "",
        note.authors if note else (),
        len(stories),
        len(then),
        composer.counts(then.values()),
        _sections(composer, stories),
        tuple(changed.values()),
        composer.day(date.fromisoformat(days[position - 1])) if position else None,
        composer.day(date.fromisoformat(days[position + 1])) if position + 1 < len(days) else None,
        map_of_articles(composer, (s.regions for s in stories)) if Picture.MAP in pictures else None,
        compose_bar(composer, composer.counts(then.values())) if Picture.BAR in pictures else None,
    )


def stories_of(composer: Composer, key: str) -> Iterator[Story]:
    """The articles of a day, each with its place in the edition."""
    for article in composer.index.group(f"day:{key}"):
        kept = composer.index.kept(article, Part.STORY)
        if kept is not None:
            yield STORY.unpack(kept)
        else:
            yield compose_story(composer, composer.index.article(article), composer.card(article))


def compose_story(composer: Composer, article: Article, card: ArticleCard) -> Story:
    """The place in its edition of an article with that card."""
    end = composer.index.settings.end_of(article.day)
    courses = composer.courses(article)
    then, claims, changed, verdicts, newest = [], [], [], [], [c.now for c in courses]
    for course in courses:
        verdict = course.at(end)
        if verdict is None:
            continue
        claim = course.claim
        verdicts.append(verdict)
        then.append((claim.id, verdict.label))
        moment, now = course.history[-1]
        change = composer.change(moment, now) if now.label != verdict.label else None
        claims.append(composer.brief(course, verdict, f"{article.address}#claim-{claim.id}", change))
        if change is not None:
            was = ThenNow(claim.text, f"claims/{claim.id}/", composer.label(verdict.label), change)
            changed.append((claim.id, was))
    if any(verdict is not now for verdict, now in zip(verdicts, newest, strict=False)) or len(verdicts) < len(newest):
        labels = composer.counts(v.label for v in verdicts)
        card = replace(card, sources=composer.source_count(verdicts), labels=labels)
    return Story(
        article.date,
        len(article.claims),
        article.regions,
        article.topics[0] if article.topics else "",
        EditionArticle(card, tuple(claims)),
        tuple(then),
        tuple(changed),
    )


def _sections(composer: Composer, stories: Sequence[Story]) -> tuple[RegionSection, ...]:
    also: dict[str, list[Story]] = {}
    for story in stories:
        for region in _also_in(composer, story):
            also.setdefault(region, []).append(story)
    own: dict[str, list[Story]] = {}
    for story in stories:
        own.setdefault(story.primary, []).append(story)
    place = _place(composer, stories)
    found = sorted(own.keys() | also.keys(), key=place)
    return tuple(_section(composer, region, own.get(region, []), also.get(region, [])) for region in found)


def _place(composer: Composer, stories: Sequence[Story]) -> Callable[[str], tuple[object, ...]]:
    """Order regions as the tree has them, at each branching the part of the world with most articles first."""
    lineage = composer.index.regions.lineage
    weights = Counter(t.id for s in stories for t in lineage(s.primary))

    def place(region: str) -> tuple[object, ...]:
        return (
            not region,
            not weights[region],
            tuple((-weights[t.id], t.name, t.id) for t in reversed(lineage(region))),
        )

    return place


def _also_in(composer: Composer, story: Story) -> list[str]:
    """The other regions that an article names, without those that hold its primary one."""
    if len(story.regions) < 2:
        return []
    above = {t.id for t in composer.index.regions.lineage(story.primary)}
    return [r for r in story.regions[1:] if r not in above]


def _section(composer: Composer, region: str, own: Sequence[Story], also: Sequence[Story]) -> RegionSection:
    topics: dict[str, list[EditionArticle]] = {}
    for story in sorted(own, key=lambda s: -s.weight):
        topics.setdefault(story.topic, []).append(story.item)
    lineage = composer.index.regions.lineage(region)
    return RegionSection(
        f"region-{lineage[0].slug}" if lineage else "region-none",
        replace(composer.region(region), count=len(own))
        if region
        else Link(composer.tongue.gettext("No region"), "", len(own)),
        tuple(composer.region(t.id) for t in reversed(lineage[1:])),
        tuple(TopicSection(composer.topic(topic) if topic else None, tuple(found)) for topic, found in topics.items()),
        tuple(Reference(Link(s.item.card.title, s.item.card.address), composer.region(s.primary).text) for s in also),
    )


FAMILY = Family("edition", "edition.html", plan, reads, view)
