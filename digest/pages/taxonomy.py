"""Region and topic pages: two trees, one kind of page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from msgspec.structs import replace

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Taxon, Taxonomy
from digest.pages.compose import Composer, taxon_link
from digest.pages.parts import ArticleCard, Day, LabelCount, Link
from digest.pages.sheet import Family, Sheet

NEWEST = 100  # how many articles a region's or topic's page lists before the years take over


def year_keys(index: Index, kind: str, taxon: str) -> list[str]:
    """What a taxon's groups by year are about, ascending ("UA:2024", "UA:2025"); `kind` is "region" or "topic"."""
    keys = index.keys(f"{kind}-year")
    return keys[bisect_left(keys, f"{taxon}:") : bisect_left(keys, f"{taxon};")]  # ";" comes next after ":"


class Branch(Frozen, frozen=True):
    """A taxon in the index with those below it; `link.count` counts its articles, sub-taxa rolled up."""

    link: Link
    children: tuple[Branch, ...]


class TaxonomyView(Frozen, frozen=True):
    """All regions or topics in use, as a tree; `taxonomy` is "regions" or "topics"."""

    taxonomy: str
    branches: tuple[Branch, ...]


class DayGroup(Frozen, frozen=True):
    """Articles of one day."""

    day: Day
    articles: tuple[ArticleCard, ...]


class TaxonView(Frozen, frozen=True):
    """A region or topic with its sub-taxa rolled up: the newest articles by day; `years` lead to all of them where
    there are more (else empty)."""

    taxonomy: str
    name: str
    code: str
    trail: tuple[Link, ...]
    children: tuple[Link, ...]
    articles: int
    labels: tuple[LabelCount, ...]
    days: tuple[DayGroup, ...]
    years: tuple[Link, ...]
    year: int


@dataclass(frozen=True, slots=True)
class Tree:
    """One of the two trees: `kind` names its groups ("region"), `taxonomy` its addresses ("regions")."""

    kind: str
    taxonomy: str
    of: Callable[[Index], Taxonomy]

    def count(self, index: Index, taxon: str) -> int:
        """How many articles stand under a taxon, sub-taxa rolled up."""
        return index.count(f"{self.kind}:{taxon}")

    def link(self, index: Index, taxon: Taxon) -> Link:
        """A link to a taxon's page with its number of articles."""
        return replace(taxon_link(self.taxonomy, taxon), count=self.count(index, taxon.id))

    def children(self, index: Index, taxon: str) -> list[Taxon]:
        """The taxa below one that have articles, by name."""
        return [t for t in self.of(index).children(taxon) if self.count(index, t.id)]

    def years(self, index: Index, taxon: Taxon) -> list[str]:
        """The years in which a taxon has articles, ascending."""
        return [key.removeprefix(f"{taxon.id}:") for key in year_keys(index, self.kind, taxon.id)]

    def plan_index(self, _: Index) -> Iterator[tuple[str, str]]:
        """The one page with the whole tree."""
        yield "", f"{self.taxonomy}/"

    def view_index(self, composer: Composer, _: str) -> Sheet:
        """The whole tree."""
        title = composer.tongue.gettext(TITLES[self.taxonomy])
        description = composer.tongue.gettext(DESCRIPTIONS[self.taxonomy])
        return Sheet(title, description, (), TaxonomyView(self.taxonomy, self._branches(composer.index, "")))

    def _branches(self, index: Index, parent: str) -> tuple[Branch, ...]:
        return tuple(Branch(self.link(index, t), self._branches(index, t.id)) for t in self.children(index, parent))

    def plan(self, index: Index) -> Iterator[tuple[str, str]]:
        """One page for each taxon in use, and where it has many articles one for each of its years."""
        taxa = self.of(index).taxa
        for taxon in (taxa[key] for key in index.keys(self.kind)):
            address = f"{self.taxonomy}/{taxon.slug}/"
            yield taxon.id, address
            if self.count(index, taxon.id) > NEWEST:
                yield from ((f"{taxon.id}:{year}", f"{address}{year}/") for year in self.years(index, taxon))

    def reads(self, key: str) -> tuple[str, ...]:
        """Its articles, the numbers of those below it, its years."""
        taxon, _, year = key.partition(":")
        own = f"{self.kind}-year:{key}" if year else f"{self.kind}:{taxon}"
        return (own, f"{self.kind}-year:*", f"{self.kind}:*")

    def view(self, composer: Composer, key: str) -> Sheet:
        """A taxon's page ("UA"), or that of one of its years ("UA:2025")."""
        index, _ = composer.index, composer.tongue.gettext
        tree = self.of(index)
        id_, _colon, year = key.partition(":")
        taxon = tree.taxa[id_]
        group = f"{self.kind}-year:{key}" if year else f"{self.kind}:{id_}"
        total = index.count(group)
        shown = composer.cards(group, 0 if year else NEWEST)
        trail = [Link(_(TITLES[self.taxonomy]), f"{self.taxonomy}/")]
        trail += [taxon_link(self.taxonomy, t) for t in reversed(tree.lineage(id_)[0 if year else 1 :])]
        view = TaxonView(
            self.taxonomy,
            taxon.name,
            taxon.id,
            tuple(trail),
            () if year else tuple(self.link(index, t) for t in self.children(index, id_)),
            total,
            composer.counts(index.label_counts(group)),
            tuple(DayGroup(day, tuple(cards)) for day, cards in groupby(shown, key=lambda card: card.day)),
            self._year_links(index, taxon) if year or len(shown) < total else (),
            int(year or 0),
        )
        title = f"{taxon.name}, {year}" if year else taxon.name
        words = composer.tongue.ngettext("%(num)s article on %(name)s.", "%(num)s articles on %(name)s.", total)
        return Sheet(title, words % {"num": total, "name": title}, tuple(trail), view)

    def _year_links(self, index: Index, taxon: Taxon) -> tuple[Link, ...]:
        address = f"{self.taxonomy}/{taxon.slug}/"
        return tuple(
            Link(year, f"{address}{year}/", index.count(f"{self.kind}-year:{taxon.id}:{year}"))
            for year in reversed(self.years(index, taxon))
        )


TITLES = {"regions": "Regions", "topics": "Topics"}
DESCRIPTIONS = {
    "regions": "All regions that this digest reports on, with the number of articles.",
    "topics": "All topics that this digest reports on, with the number of articles.",
}


_REGIONS = Tree("region", "regions", lambda index: index.regions)
_TOPICS = Tree("topic", "topics", lambda index: index.topics)

REGIONS = Family("regions", "taxa.html", _REGIONS.plan_index, lambda _: ("region:*",), _REGIONS.view_index)
TOPICS = Family("topics", "taxa.html", _TOPICS.plan_index, lambda _: ("topic:*",), _TOPICS.view_index)
REGION = Family("region", "taxon.html", _REGIONS.plan, _REGIONS.reads, _REGIONS.view)
TOPIC = Family("topic", "taxon.html", _TOPICS.plan, _TOPICS.reads, _TOPICS.view)
