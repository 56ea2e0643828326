"""What the files of a digest may say: one struct per mapping, the source of both validation and the JSON Schema.

A struct takes values as most files have them. What else is meant well (a single item for a list, nothing for an empty
one), and what to say about mistakes, `models` knows.

Every value arrives as text (see `yaml_nodes`); dates, ids and references are read in later steps, which know the
digest's timezone and registries.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct, field

from digest.model import RawHtml, SourceKind
from digest.model.settings import FOLLOWED, Cards, Doubt, Followed, PageFamily, Picture

Words: TypeAlias = list[str]
Text: TypeAlias = str | None
Date: TypeAlias = str | None
Filled: TypeAlias = Annotated[str, Meta(min_length=1)]


class Strict(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mapping in which every key is known."""


class RelationEntry(Strict, frozen=True):
    """A source's tie to a party, with its time and its evidence."""

    party: Filled
    """Id of the party."""
    since: Date = field(default=None, name="from")
    """First day or moment of the tie."""
    until: Date = None
    """First day or moment at which the tie no longer holds."""
    evidence: Text = None
    """A URL or a text that shows the tie."""


Relations: TypeAlias = list[RelationEntry] | RelationEntry | Filled
"""Ties, the one tie, or the id of the one party."""


class PartyEntry(Strict, frozen=True):
    """A side in a conflict or dispute."""

    name: Filled
    """The party's name as readers see it."""
    opposes: Words = field(default_factory=list)
    """Ids of the parties that it opposes; holds in both directions."""


class SourceFields(Strict, frozen=True):
    """What may be said about a source, in the registry or in place."""

    name: Filled
    """The source's name as readers see it."""
    kind: SourceKind
    """What the source is."""
    speaks_for: Relations = field(default_factory=list)
    """The parties that it speaks for."""
    controlled_by: Relations = field(default_factory=list)
    """The parties that control it."""
    aligned_with: Relations = field(default_factory=list)
    """The parties that it is aligned with, without speaking for them."""
    owner: Text = None
    """Who owns it: a source id or any text. Sources with one owner count as one source."""
    url: Text = None
    """Its home page."""
    country: Text = None
    """The country that it belongs to."""
    aliases: Words = field(default_factory=list)
    """Other names that it is known by."""
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    """Its Admiralty grade, A to F; A to E need a basis."""
    basis: Text = None
    """What the reliability grade rests on."""
    evidence: Text = None
    """A URL or a text that shows what it is or whom it speaks for."""


class SourceEntry(SourceFields, frozen=True):
    """A speaker or a carrier in the registry."""


class OneOffEntry(SourceFields, frozen=True):
    """A source that is described in place because it stands in no registry."""


class RegistryFile(Strict, frozen=True):
    """content/sources.yaml."""

    parties: dict[str, PartyEntry] = field(default_factory=dict)
    """The sides, by id."""
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    """Speakers and carriers, by id."""


class TaxonEntry(Strict, frozen=True):
    """A region or topic: names for a built-in one, or one of the digest's own."""

    name: Text = None
    """Its name as readers see it."""
    parent: Text = None
    """The region or topic above it."""
    slug: Text = None
    """Its part of the address."""


class RegionEntry(TaxonEntry, frozen=True):
    """A region, which may be drawn on maps."""

    map: Words = field(default_factory=list)
    """The countries whose shapes it is drawn as on maps, or none."""


Taxa: TypeAlias = dict[str, TaxonEntry | None] | None
"""By id; nothing is an entry, or a file, that changes nothing."""
Regions: TypeAlias = dict[str, RegionEntry | None] | None
"""Likewise."""


class RegionsFile(Strict, frozen=True):
    """content/regions.yaml."""

    regions: Regions = field(default_factory=dict)
    """Regions by code or own id."""


class TopicsFile(Strict, frozen=True):
    """content/topics.yaml."""

    topics: Taxa = field(default_factory=dict)
    """Topics by IPTC id, slug or own id."""


class PublisherEntry(Strict, frozen=True):
    """Who publishes the digest."""

    name: Filled
    """The publisher's name."""
    url: Text = None
    """The publisher's home page."""


class OutputsEntry(Strict, frozen=True):
    """The page families and feeds of the site, the ids in its feeds, and what robots shall leave alone."""

    pages: list[PageFamily] = field(default_factory=list)
    """The page families to make; all of them, if nothing is given."""
    without: list[PageFamily] = field(default_factory=list)
    """The page families not to make."""
    feeds: list[Followed] = field(default_factory=lambda: list(FOLLOWED))
    """What a feed follows; all but single days, if nothing is given."""
    full_text: bool | Literal["true", "false"] = True
    """Whether feeds hold the text of articles; else their summaries."""
    pictures: list[Picture] = field(default_factory=list)
    """The pictures to draw or make; all of them, if nothing is given."""
    search: bool | Literal["true", "false"] = True
    """Whether the site can be searched."""
    tag: Text = None
    """The authority of ids in feeds, such as example.org,2025."""
    robots: dict[str, Words] = field(default_factory=dict)
    """Paths that robots shall leave alone, by the robot's name, * for all."""
    cards: Cards | None = None
    """Which pages have a drawn social card; editions, if nothing is given."""
    eml: bool | Literal["true", "false"] = False
    """Whether each edition is also written as a letter that mail programs can send."""


class CheckEntry(Strict, frozen=True):
    """What digest check reports."""

    without: list[Doubt] = field(default_factory=list)
    """Codes of warnings not to report."""


class SettingsFile(Strict, frozen=True):
    """digest.yaml."""

    title: Filled
    """The digest's name."""
    url: Text = None
    """Where it will stand, with http or https."""
    timezone: Text = None
    """IANA name of the timezone that decides which day is which; UTC, if nothing is given."""
    language: Text = None
    """BCP 47 tag; en, if nothing is given."""
    description: Text = None
    """One sentence about the digest."""
    notice: Text = None
    """A line that every page shows."""
    publisher: PublisherEntry | None = None
    """A name, or a name and a url."""
    contact: Text = None
    """Where readers send corrections."""
    html: RawHtml | None = None
    """What happens to raw HTML in article text."""
    claim_review: bool | Literal["true", "false"] = False
    """Whether pages carry schema.org ClaimReview."""
    editor: Text = None
    """Who is responsible for the content."""
    threads: dict[str, Filled] = field(default_factory=dict)
    """Names of threads, by id, where the id as words will not do."""
    outputs: OutputsEntry = field(default_factory=OutputsEntry)
    """What the site consists of."""
    check: CheckEntry = field(default_factory=CheckEntry)
    """What digest check reports."""
    publish: dict[str, Any] = field(default_factory=dict)
    """Publishing targets, by name."""
    gone: dict[str, Filled] = field(default_factory=dict)
    """Addresses that are gone for good, each with the reason that readers see; * stands for anything."""
