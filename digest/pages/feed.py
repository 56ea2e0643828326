"""Feeds: the newest of the digest, of a region, a topic, a source, a thread or a label, for feed readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from digest.frozen import Frozen
from digest.index.index import Index
from digest.labels.words import SCALES
from digest.model import Label, Settings
from digest.model.settings import Followed, PageFamily
from digest.pages import corrections, edition, home, label, source, taxonomy, thread
from digest.pages.compose import Composer
from digest.pages.entries import FeedEntry, article_entry, claim_entry, correction_entries, edition_entry
from digest.pages.parts import FeedLink
from digest.pages.sheet import Family, Sheet

NEWEST = 20
"""How many entries a feed has."""

EDITIONS = "editions/"
"""Below this address stands the feed that has an entry a day."""

FORMS = {
    PageFamily.FEED: ("feed.xml", "application/atom+xml", "Atom"),
    PageFamily.JSONFEED: ("feed.json", "application/feed+json", "JSON Feed"),
}
"""Families of feeds: the file's name, its media type, and the name of the format."""


class FeedView(Frozen, frozen=True):
    """A feed: `page` is the address of the page that it follows, `updated` the newest of its entries' times."""

    id: str
    title: str
    page: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class _Stream:
    """What feeds follow: the keys with the addresses that their feeds stand below; the groups that a key's feed reads;
    its name and the address of its page; its entries, newest first."""

    plan: Callable[[Index], Iterable[tuple[str, str]]]
    reads: Callable[[str], tuple[str, ...]]
    named: Callable[[Composer, str], tuple[str, str]]
    entries: Callable[[Composer, str], Iterable[FeedEntry]]


def _articles(group: Callable[[str], str]) -> Callable[[Composer, str], Iterator[FeedEntry]]:
    def entries(composer: Composer, key: str) -> Iterator[FeedEntry]:
        return (article_entry(composer, article) for article in composer.index.group(group(key), NEWEST))

    return entries


def _of_group(
    plan: Callable[[Index], Iterable[tuple[str, str]]], kind: str, named: Callable[[Composer, str], tuple[str, str]]
) -> _Stream:
    """A stream of the articles of groups of a kind."""
    return _Stream(plan, lambda key: (f"{kind}:{key}",), named, _articles(lambda key: f"{kind}:{key}"))


def _editions(composer: Composer, _: str) -> Iterator[FeedEntry]:
    return (edition_entry(composer, day) for day in reversed(composer.index.keys("day")[-NEWEST:]))


def _claims(composer: Composer, key: str) -> Iterator[FeedEntry]:
    return (claim_entry(composer, claim) for claim in composer.index.group(f"label:{key}", NEWEST))


def _day_named(_: Composer, key: str) -> tuple[str, str]:
    return key, key.replace("-", "/") + "/"


def _label_named(composer: Composer, key: str) -> tuple[str, str]:
    return composer.tongue.gettext(SCALES[Label(key)].name), f"labels/{key}/"


def _taxon_named(kind: str) -> Callable[[Composer, str], tuple[str, str]]:
    def named(composer: Composer, key: str) -> tuple[str, str]:
        link = composer.region(key) if kind == "region" else composer.topic(key)
        return link.text, link.address

    return named


STREAMS: dict[Followed, _Stream] = {
    Followed.HOME: _Stream(
        home.plan, lambda _: ("newest:all",), lambda _, __: ("", ""), _articles(lambda _: "newest:all")
    ),
    Followed.EDITIONS: _Stream(
        lambda _: (("", EDITIONS),), lambda _: ("day:*",), lambda c, _: (c.tongue.gettext("Editions"), ""), _editions
    ),
    Followed.EDITION: _of_group(edition.plan, "day", _day_named),
    Followed.REGION: _of_group(taxonomy.REGION.plan, "region", _taxon_named("region")),
    Followed.TOPIC: _of_group(taxonomy.TOPIC.plan, "topic", _taxon_named("topic")),
    Followed.SOURCE: _of_group(
        source.plan, "source", lambda c, key: (c.index.registry.sources[key].name, f"sources/{key}/")
    ),
    Followed.THREAD: _of_group(thread.plan, "thread", lambda c, key: (c.thread_name(key), f"threads/{key}/")),
    Followed.LABEL: _Stream(label.plan, lambda key: (f"label:{key}",), _label_named, _claims),
    Followed.CORRECTIONS: _Stream(
        corrections.plan,
        lambda _: ("corrections:all",),
        lambda c, _: (c.tongue.gettext("Corrections"), "corrections/"),
        lambda c, _: correction_entries(c),
    ),
}


def streams(index: Index) -> Iterator[tuple[str, str]]:
    """Key ("region:UA") and address of all that feeds follow; for regions and topics, years aside."""
    for name in index.settings.feeds:
        yield from ((f"{name}:{key}", address) for key, address in STREAMS[name].plan(index) if ":" not in key)


def reads(key: str) -> tuple[str, ...]:
    """The groups behind a feed ("region:UA")."""
    name, _, about = key.partition(":")
    return STREAMS[Followed(name)].reads(about)


def title_of(composer: Composer, key: str) -> str:
    """The title of a feed ("region:UA")."""
    name, _, about = key.partition(":")
    words, _address = STREAMS[Followed(name)].named(composer, about)
    title = composer.index.settings.title
    return f"{title}: {words}" if words else title


def view(composer: Composer, key: str) -> Sheet:
    """A feed: "home:", "editions:", "region:UA", "label:disputed" … Both formats show the same."""
    made = composer.lately(_view, key, held=4)
    return Sheet(made.title, composer.index.settings.description, (), made, listed=False)


def _view(composer: Composer, key: str) -> FeedView:
    name, _, about = key.partition(":")
    stream = STREAMS[Followed(name)]
    entries = tuple(islice(stream.entries(composer, about), NEWEST))
    updated = max((e.updated for e in entries), default="1970-01-01T00:00:00Z")
    id_ = composer.index.settings.tag_uri(key.rstrip(":"))
    return FeedView(id_, title_of(composer, key), stream.named(composer, about)[1], updated, entries)


def links(settings: Settings, title: str, followed: Followed, address: str) -> tuple[FeedLink, ...]:
    """Links to the feeds that stand below an address, where the settings ask for such."""
    if followed not in settings.feeds:
        return ()
    forms = ((name, kind, form) for family, (name, kind, form) in FORMS.items() if family in settings.pages)
    return tuple(FeedLink(title, f"{address}{name}", kind, form) for name, kind, form in forms)


def _family(family: PageFamily) -> Family:
    name = FORMS[family][0]
    return Family(
        str(family), name, lambda index: ((k, f"{address}{name}") for k, address in streams(index)), reads, view
    )


FAMILY = _family(PageFamily.FEED)
JSON = _family(PageFamily.JSONFEED)
