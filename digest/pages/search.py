"""The page that searches the digest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.model import Label
from digest.pages.compose import Composer
from digest.pages.parts import LabelMark, Link
from digest.pages.sheet import Family, Sheet

FOLDER = "search/"
ENGINE_FOLDER = f"{FOLDER}pagefind/"
PARTS_FOLDER = f"{FOLDER}index/"
"""Where the page and its index stand."""


class Choice(Frozen, frozen=True):
    """A value of a filter in the index, and its words."""

    value: str
    text: str


class SearchView(Frozen, frozen=True):
    """What can be searched: `kinds` of things, `months` in which articles appeared, newest first, each a part of the
    index, by year; what results can be narrowed to; and `ways` to find things without searching."""

    kinds: tuple[Choice, ...]
    months: tuple[tuple[str, tuple[Choice, ...]], ...]
    regions: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    labels: tuple[LabelMark, ...]
    ways: tuple[Link, ...]


def plan(_: Index) -> Iterator[tuple[str, str]]:
    """The one page."""
    yield "", FOLDER


def view(composer: Composer, _: str) -> Sheet:
    """What can be searched, from the groups that exist."""
    index, _t = composer.index, composer.tongue.gettext
    months = list(reversed(index.keys("month")))
    years = dict.fromkeys(month[:4] for month in months)
    registry = index.registry.sources
    sources = [registry[key] for key in index.keys("source") if not registry[key].one_off]
    made = SearchView(
        (Choice("article", _t("Articles")), Choice("claim", _t("Claims"))),
        tuple((year, tuple(_month(composer, m) for m in months if m.startswith(year))) for year in years),
        _sorted(Choice(key, index.regions.taxa[key].name) for key in index.keys("region")),
        _sorted(Choice(key, index.topics.taxa[key].name) for key in index.keys("topic")),
        _sorted(Choice(source.id, source.name) for source in sources),
        tuple(map(composer.label, Label)),
        tuple(_ways(composer, months)),
    )
    description = _t("Articles and claims of this digest, by words, date, region, topic, label and source.")
    return Sheet(_t("Search"), description, (), made, listed=False)


def _month(composer: Composer, month: str) -> Choice:
    return Choice(month, composer.tongue.month(date.fromisoformat(f"{month}-01")))


def _sorted(choices: Iterator[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: (choice.text.casefold(), choice.value)))


def _ways(composer: Composer, months: list[str]) -> Iterator[Link]:
    """The pages that lead to everything."""
    pages, _t = composer.index.settings.pages, composer.tongue.gettext
    if months and "year" in pages:
        yield Link(_t("Archive"), f"{months[0][:4]}/")
    names = {"regions": _t("Regions"), "topics": _t("Topics"), "threads": _t("Threads")}
    names |= {"sources": _t("Sources"), "labels": _t("Labels")}
    yield from (Link(text, f"{name}/") for name, text in names.items() if name in pages)


FAMILY = Family("search", "search.html", plan, lambda _: ("month:*", "region:*", "topic:*", "source:*"), view)
