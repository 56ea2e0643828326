"""Composing the parts that views share: from the index to words, once for each date, label, source and claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from digest.index.filing import in_utc, updated_at
from digest.index.index import Index, Part
from digest.index.packing import Codec
from digest.labels.verdict import Course, Verdict
from digest.labels.why import why
from digest.labels.words import admiralty
from digest.labels.worth import Worth
from digest.model import Article, Statement, Taxon
from digest.pages.leaf import LEAF, ArticleView
from digest.pages.parts import (
    ArticleCard,
    Badge,
    Change,
    ClaimBrief,
    ClaimFull,
    LabelMark,
    Link,
    OverrideNote,
    StatementRow,
)
from digest.pages.phrases import KINDS
from digest.pages.tongue import Tongue
from digest.pages.words import HELD, Words

T = TypeVar("T")

CARD = Codec(ArticleCard)

_LATELY = 4
"""How many such things are remembered: pages that show the same are made soon after one another."""

_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:/|$)")
"""Most URLs; the others are taken apart by the library."""


class Composer:
    """Makes parts of views from one index in one language. It only remembers what it has made before; it may share with
    one of the same settings and registry the words for days, labels and sources."""

    def __init__(self, index: Index, tongue: Tongue, words: Words | None = None) -> None:
        self.index = index
        self.tongue = tongue
        self.words = words or Words(index.settings, index.registry, tongue)
        self.day = self.words.day
        self.date = self.words.date
        self.day_of = self.words.day_of
        self.label = self.words.label
        self.counts = self.words.counts
        self.source = self.words.source
        self.card = lru_cache(HELD)(self._card)
        self.claim = lru_cache(HELD)(self._claim)
        self._day_links = lru_cache(HELD)(self._links_of_day)
        self._made: dict[object, dict[str, Any]] = {}

    def lately(self, make: Callable[[Composer, str], T], key: str, held: int = _LATELY) -> T:
        """What a function makes of this and a key, such as a day; about as many as `held` are at hand for further pages
        that show the same."""
        known = self._made.setdefault(make, {})
        if key not in known:
            if len(known) >= held:
                known.clear()
            known[key] = make(self, key)
        found: T = known[key]
        return found

    # taxa

    def region(self, region: str) -> Link:
        """A link to a region."""
        return taxon_link("regions", self.index.regions.taxa[region])

    def topic(self, topic: str) -> Link:
        """A link to a topic."""
        return taxon_link("topics", self.index.topics.taxa[topic])

    # articles

    def article_link(self, article: Article) -> Link:
        """A link to an article by its title."""
        return Link(article.title, article.address)

    def cards(self, group: str, limit: int = 0) -> list[ArticleCard]:
        """The entries of a group's articles, newest first."""
        return [self.card(article) for article in self.index.group(group, limit)]

    def _card(self, article: str) -> ArticleCard:
        kept = self.index.kept(article, Part.CARD)
        return self.compose_card(self.index.article(article)) if kept is None else CARD.unpack(kept)

    def compose_card(self, article: Article) -> ArticleCard:
        """An article's entry in lists, with when it last changed in a way that matters."""
        courses = self.courses(article)
        return ArticleCard(
            article.id,
            article.title,
            article.address,
            self.day(article.day),
            article.summary,
            self.region(article.regions[0]) if article.regions else None,
            self.topic(article.topics[0]) if article.topics else None,
            self.source_count([c.now for c in courses]),
            self.counts(c.now.label for c in courses),
            bool(article.corrections),
            in_utc(article.date),
            in_utc(updated_at(article, courses, self.index.settings)),
        )

    def courses(self, article: Article) -> tuple[Course, ...]:
        """The claims that an article makes or mentions."""
        return tuple(found for c in article.claims if (found := self.index.course(c.id)) is not None)

    def course(self, claim: str) -> Course:
        """A claim that is known to exist, with its labels through time; KeyError if there is none."""
        found = self.index.course(claim)
        if found is None:
            raise KeyError(claim)
        return found

    def label_of(self, claim: str) -> LabelMark:
        """A claim's label now."""
        label = self.index.label(claim)
        if label is None:
            raise KeyError(claim)
        return self.label(label)

    def claim_text(self, claim: str) -> str:
        """A claim's sentence."""
        return self.course(claim).claim.text

    def source_count(self, verdicts: Iterable[Verdict]) -> str:
        """On how many sources claims rest, and how many of these are independent roots: "4 sources, 1 independent".

        A party's admission is no independent source, though it counts as a root for the label.
        """
        speakers: set[str] = set()
        roots: set[str] = set()
        for verdict in verdicts:
            known = verdict.evidence
            speakers |= {s.by for s in known.statements if s.says.polarity}
            roots |= known.pro.independent | known.con.independent
        if not speakers:
            return ""
        tongue = self.tongue
        words = tongue.ngettext("%(num)s source", "%(num)s sources", len(speakers)) % {"num": len(speakers)}
        independent = tongue.gettext("none independent")
        if roots:
            independent = tongue.ngettext("%(num)s independent", "%(num)s independent", len(roots)) % {
                "num": len(roots)
            }
        return tongue.gettext(", ").join((words, independent))

    def thread_name(self, thread: str) -> str:
        """A thread's name: what the settings say, or its id as words."""
        named = self.index.settings.threads.get(thread)
        return named or thread.replace("-", " ").replace("_", " ").capitalize()

    def leaf(self, article: str) -> ArticleView | None:
        """What was kept of an article's page."""
        kept = self.index.kept(article, Part.LEAF)
        return None if kept is None else LEAF.unpack(kept)

    def neighbours(self, day: str, article: str) -> tuple[Link | None, Link | None]:
        """Links to the articles before and after one in its day's order."""
        links = self._day_links(day)
        at = next(i for i, (id_, _) in enumerate(links) if id_ == article)
        earlier = links[at - 1][1] if at else None
        return earlier, (links[at + 1][1] if at + 1 < len(links) else None)

    def _links_of_day(self, day: str) -> list[tuple[str, Link]]:
        return [(card.id, Link(card.title, card.address)) for card in reversed(self.cards(f"day:{day}"))]

    # claims

    def badges(self, verdict: Verdict) -> tuple[Badge, ...]:
        """A verdict's badges in words."""
        return tuple(map(self.words.badge, verdict.badges))

    def why(self, verdict: Verdict) -> str:
        """The sentence that says why a claim has its label."""
        depends_on = self.index.course(verdict.evidence.claim.depends_on)
        return why(verdict, self.tongue, depends_on.claim if depends_on else None)

    def brief(self, course: Course, verdict: Verdict, address: str, now: Change | None = None) -> ClaimBrief:
        """A claim in one sentence with the label of a verdict."""
        claim = course.claim
        return ClaimBrief(
            claim.id, claim.text, address, self.label(verdict.label), self.badges(verdict), self.why(verdict), now
        )

    def change(self, moment: datetime, verdict: Verdict) -> Change:
        """A label with the day from which it holds."""
        return Change(self.label(verdict.label), self.day_of(moment))

    def changes(self, course: Course) -> tuple[Change, ...]:
        """The claim's labels with their days; changes within one day count as one."""
        by_day: dict[str, Change] = {}
        for moment, verdict in course.history:
            change = self.change(moment, verdict)
            by_day[change.day.iso] = change
        made: list[Change] = []
        for change in by_day.values():
            if not made or made[-1].label != change.label:
                made.append(change)
        return tuple(made)

    def _claim(self, claim: str) -> ClaimFull:
        kept = self.index.kept_of_claim(claim)
        return (
            self._compose_claim(claim) if kept is None else next(c for c in LEAF.unpack(kept).claims if c.id == claim)
        )

    def _compose_claim(self, claim: str) -> ClaimFull:
        course = self.course(claim)
        entry, now = course.claim, course.now
        other = self.index.course(entry.depends_on)
        return ClaimFull(
            entry.id,
            f"claim-{entry.id}",
            entry.text,
            f"claims/{entry.id}/",
            self.tongue.gettext(KINDS[entry.kind]),
            self.label(now.label),
            self.badges(now),
            self.why(now),
            tuple(self._row(s, w) for s, w in zip(now.evidence.statements, now.evidence.worths, strict=True)),
            self.changes(course),
            self._override(now),
            Link(other.claim.text, f"claims/{other.claim.id}/") if other else None,
            entry.place,
            entry.precision,
            admiralty(now.label, now.by_rules),
        )

    def _override(self, verdict: Verdict) -> OverrideNote | None:
        override = verdict.override
        if override is None or verdict.computed is None:
            return None
        return OverrideNote(
            self.label(verdict.computed),
            override.reason,
            override.editor,
            self.day_of(override.since),
            override.evidence,
            verdict.stale,
        )

    def _row(self, statement: Statement, worth: Worth) -> StatementRow:
        says, side, basis = self.words.stance(statement.says, statement.basis)
        return StatementRow(
            self.source(statement.by),
            tuple(map(self.source, statement.via)),
            str(statement.says),
            says,
            side,
            basis,
            self.words.worth(worth) if statement.says.polarity else "",
            self.day_of(statement.recorded),
            self.day_of(statement.said) if statement.said else None,
            statement.url,
            site_of(statement.url),
            statement.archive,
            statement.quote,
            statement.note,
            " ".join(part for part in (statement.value, statement.unit) if part) if statement.value else statement.unit,
        )


def taxon_link(taxonomy: str, taxon: Taxon) -> Link:
    """A link to a region's or topic's page."""
    return Link(taxon.name, f"{taxonomy}/{taxon.slug}/")


def site_of(url: str) -> str:
    """The host name behind a URL, without "www."; "" if there is none."""
    plain = _HOST.match(url)
    return (plain[1] if plain else urlsplit(url).hostname or "").removeprefix("www.")
