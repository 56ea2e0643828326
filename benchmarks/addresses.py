"""Which pages each site must have, worked out from the corpus alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.corpus import Article
from digest.content.context import Lookup
from digest.content.read import read_context
from digest.pages.taxonomy import NEWEST

Families: TypeAlias = dict[str, frozenset[str]]
"""Family of pages → their addresses."""

OTHER = "of other families"


@dataclass(frozen=True, slots=True)
class Expected:
    """The pages of a site by family; `listing` are those that must show the newest article's title. Where `exact`,
    there may be no others."""

    families: Families
    listing: tuple[str, ...] = ()
    exact: bool = True

    @property
    def addresses(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*self.families.values())


def found(output: Path) -> frozenset[str]:
    """The addresses of all pages and feeds in an output folder."""
    files = (p.relative_to(output).as_posix() for p in output.rglob("*") if p.suffix in (".html", ".xml"))
    return frozenset(file[: -len(_INDEX)] if f"/{file}".endswith("/" + _INDEX) else file for file in files)


_INDEX = "index.html"


def digest_pages(root: Path, articles: Sequence[Article], newest: Article, *, exact: bool) -> Expected:
    """Pages of the digest at `root` with the plain theme's choice of families (`exact`), or at least those, feeds
    aside."""
    context, problems = read_context(root)
    if context is None or context.regions is None or context.topics is None:
        raise ValueError(f"the corpus cannot be read: {problems[0] if problems else root}")
    days = {f"{a.when:%Y/%m/%d}/" for a in articles}
    regions = _taxa("regions", context.regions, [(a.regions, a.when.year) for a in articles])
    topics = _taxa("topics", context.topics, [(a.topics, a.when.year) for a in articles])
    families = {
        "home page": frozenset({""}),
        "articles": frozenset(a.address for a in articles),
        "days": frozenset(days),
        "regions": regions.named,
        "topics": topics.named,
        "indexes of regions and topics": frozenset({"regions/", "topics/"}),
        "feeds of these": _feeds("feed.xml", {"", *days, *regions.named, *topics.named}),
        "regions and topics above those": regions.above | topics.above,
        "feeds of regions and topics above": _feeds("feed.xml", regions.above | topics.above),
        "years of busy regions and topics": regions.years | topics.years,
    }
    if not exact:
        families = {name: pages for name, pages in families.items() if not name.startswith("feeds")}
    named = [regions.address[word] for word in newest.regions] + [topics.address[word] for word in newest.topics]
    return Expected(families, ("", f"{newest.when:%Y/%m/%d}/", *named), exact)


@dataclass(frozen=True, slots=True)
class _Taxa:
    """Pages of regions or topics: those that articles name (also by word), those above them, those of single years."""

    address: dict[str, str]
    named: frozenset[str]
    above: frozenset[str]
    years: frozenset[str]


def _taxa(section: str, lookup: Lookup, uses: Sequence[tuple[tuple[str, ...], int]]) -> _Taxa:
    ids = {word: lookup.find(word) or word for words, _ in uses for word in words}
    taxonomy = lookup.catalogue.taxonomy(ids.values())
    page = {id_: f"{section}/{taxon.slug}/" for id_, taxon in taxonomy.taxa.items()}
    counts: Counter[tuple[str, int]] = Counter()
    for words, year in uses:
        counts.update((id_, year) for id_ in {t.id for word in words for t in taxonomy.lineage(ids[word])})
    totals: Counter[str] = Counter()
    for (id_, _), number in counts.items():
        totals[id_] += number
    named = frozenset(page[id_] for id_ in ids.values())
    return _Taxa(
        {word: page[id_] for word, id_ in ids.items()},
        named,
        frozenset(page.values()) - named,
        frozenset(f"{page[id_]}{year}/" for id_, year in counts if totals[id_] > NEWEST),
    )


def hugo_pages(articles: Sequence[Article], newest: Article) -> Expected:
    """Pages of the Hugo site."""
    days = {f"days/{a.when:%Y-%m-%d}/" for a in articles}
    regions = {f"regions/{region.lower()}/" for a in articles for region in a.regions}
    topics = {f"topics/{topic}/" for a in articles for topic in a.topics}
    families = {
        "home page": frozenset({""}),
        "articles": frozenset(a.address for a in articles),
        "days": frozenset(days),
        "regions": frozenset(regions),
        "topics": frozenset(topics),
        "indexes of regions and topics": frozenset({"regions/", "topics/"}),
        "feeds of these": _feeds("index.xml", {"", *days, *regions, *topics}),
        "index of days, list of posts": frozenset({"days/", "posts/"}),
    }
    lists = [f"regions/{r.lower()}/" for r in newest.regions] + [f"topics/{t}/" for t in newest.topics]
    return Expected(families, ("", f"days/{newest.when:%Y-%m-%d}/", *lists))


def _feeds(name: str, pages: set[str] | frozenset[str]) -> frozenset[str]:
    return frozenset(page + name for page in pages)
