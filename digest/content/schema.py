"""What the files of a digest may say: one model per mapping, the source of both validation and the JSON Schema.

Every value arrives as text (see `yaml_nodes`); dates, ids and references are read in later steps, which know the
digest's timezone and registries.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from digest.model import RawHtml, SourceKind
from digest.model.settings import Followed, PageFamily


def as_list(value: Any) -> Any:
    """A single item counts as a list of one, nothing as a list of none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _as_relations(value: Any) -> Any:
    return [{"party": item} if isinstance(item, str) else item for item in as_list(value)]


def _as_publisher(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def as_mapping(value: Any) -> Any:
    """Nothing counts as a mapping of nothing."""
    return {} if value is None else value


def _as_bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Words: TypeAlias = Annotated[list[str], BeforeValidator(as_list, json_schema_input_type=str | list[str] | None)]
Text: TypeAlias = str | None
Date: TypeAlias = str | None
Filled: TypeAlias = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A mapping in which every key is known."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        frozen=True,
        use_attribute_docstrings=True,
        defer_build=True,  # most files never need pydantic (see `shapes`)
    )


class RelationEntry(Strict):
    """A source's tie to a party, with its time and its evidence."""

    party: Filled
    """Id of the party."""
    since: Date = Field(None, alias="from")
    """First day or moment of the tie."""
    until: Date = None
    """First day or moment at which the tie no longer holds."""
    evidence: Text = None
    """A URL or a text that shows the tie."""


Relations: TypeAlias = Annotated[
    list[RelationEntry],
    BeforeValidator(_as_relations, json_schema_input_type=str | RelationEntry | list[str | RelationEntry] | None),
]


class PartyEntry(Strict):
    """A side in a conflict or dispute."""

    name: Filled
    """The party's name as readers see it."""
    opposes: Words = Field(default_factory=list)
    """Ids of the parties that it opposes; holds in both directions."""


class SourceFields(Strict):
    """What may be said about a source, in the registry or in place."""

    name: Filled
    """The source's name as readers see it."""
    kind: SourceKind
    """What the source is."""
    speaks_for: Relations = Field(default_factory=list)
    """The parties that it speaks for."""
    controlled_by: Relations = Field(default_factory=list)
    """The parties that control it."""
    aligned_with: Relations = Field(default_factory=list)
    """The parties that it is aligned with, without speaking for them."""
    owner: Text = None
    """Who owns it: a source id or any text. Sources with one owner count as one source."""
    url: Text = None
    """Its home page."""
    country: Text = None
    """The country that it belongs to."""
    aliases: Words = Field(default_factory=list)
    """Other names that it is known by."""
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    """Its Admiralty grade, A to F; A to E need a basis."""
    basis: Text = None
    """What the reliability grade rests on."""
    evidence: Text = None
    """A URL or a text that shows what it is or whom it speaks for."""


class SourceEntry(SourceFields):
    """A speaker or a carrier in the registry."""


class OneOffEntry(SourceFields):
    """A source that is described in place because it stands in no registry."""


class RegistryFile(Strict):
    """content/sources.yaml."""

    parties: Annotated[dict[str, PartyEntry], BeforeValidator(as_mapping)] = Field(default_factory=dict)
    """The sides, by id."""
    sources: Annotated[dict[str, SourceEntry], BeforeValidator(as_mapping)] = Field(default_factory=dict)
    """Speakers and carriers, by id."""


class TaxonEntry(Strict):
    """A region or topic: names for a built-in one, or one of the digest's own."""

    name: Text = None
    """Its name as readers see it."""
    parent: Text = None
    """The region or topic above it."""
    slug: Text = None
    """Its part of the address."""


Taxa: TypeAlias = Annotated[dict[str, Annotated[TaxonEntry, BeforeValidator(as_mapping)]], BeforeValidator(as_mapping)]


class RegionsFile(Strict):
    """content/regions.yaml."""

    regions: Taxa = Field(default_factory=dict)
    """Regions by code or own id."""


class TopicsFile(Strict):
    """content/topics.yaml."""

    topics: Taxa = Field(default_factory=dict)
    """Topics by IPTC id, slug or own id."""


class PublisherEntry(Strict):
    """Who publishes the digest."""

    name: Filled
    """The publisher's name."""
    url: Text = None
    """The publisher's home page."""


class OutputsEntry(Strict):
    """The page families and feeds of the site, and the ids in its feeds."""

    pages: Annotated[list[PageFamily], BeforeValidator(as_list)] = Field(default_factory=list)
    """The page families to make; all of them, if nothing is given."""
    feeds: Annotated[list[Followed], BeforeValidator(as_list)] = Field(default_factory=list)
    """The page families that a feed follows."""
    tag: Text = None
    """The authority of ids in feeds, such as example.org,2025."""


class SettingsFile(Strict):
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
    publisher: Annotated[
        PublisherEntry | None,
        BeforeValidator(_as_publisher, json_schema_input_type=str | PublisherEntry | None),
    ] = None
    """A name, or a name and a url."""
    contact: Text = None
    """Where readers send corrections."""
    html: RawHtml | None = None
    """What happens to raw HTML in article text."""
    claim_review: Annotated[bool, BeforeValidator(_as_bool, json_schema_input_type=bool), Field(strict=True)] = False
    """Whether pages carry schema.org ClaimReview."""
    editor: Text = None
    """Who is responsible for the content."""
    threads: Annotated[dict[str, Filled], BeforeValidator(as_mapping)] = Field(default_factory=dict)
    """Names of threads, by id, where the id as words will not do."""
    outputs: Annotated[OutputsEntry, BeforeValidator(as_mapping)] = Field(default_factory=OutputsEntry)
    """What the site consists of."""
    publish: Annotated[dict[str, Any], BeforeValidator(as_mapping)] = Field(default_factory=dict)
    """Publishing targets, by name."""
