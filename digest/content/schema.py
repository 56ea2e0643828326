"""What the files of a digest may say: one model per mapping, the source of both validation and the JSON Schema.

Every value arrives as text (see `yaml_nodes`); dates, ids and references are read in later steps, which know the
digest's timezone and registries.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from digest.model import Basis, ClaimKind, Label, RawHtml, SourceKind, Stance


def _as_list(value: Any) -> Any:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _as_relations(value: Any) -> Any:
    return [{"party": item} if isinstance(item, str) else item for item in _as_list(value)]


def _as_publisher(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _as_mapping(value: Any) -> Any:
    return {} if value is None else value


def _as_bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _shape(value: Any) -> str:
    return "id" if isinstance(value, str) else "mapping"


_STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

Words: TypeAlias = Annotated[list[str], BeforeValidator(_as_list), WithJsonSchema(_STRINGS)]
Text: TypeAlias = str | None
Date: TypeAlias = str | None
Filled: TypeAlias = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A mapping in which every key is known."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True, use_attribute_docstrings=True)


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


Relations: TypeAlias = Annotated[list[RelationEntry], BeforeValidator(_as_relations)]


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

    parties: Annotated[dict[str, PartyEntry], BeforeValidator(_as_mapping)] = Field(default_factory=dict)
    """The sides, by id."""
    sources: Annotated[dict[str, SourceEntry], BeforeValidator(_as_mapping)] = Field(default_factory=dict)
    """Speakers and carriers, by id."""


class StatementEntry(Strict):
    """One source's stance on the claim."""

    by: Annotated[
        Annotated[Filled, Tag("id")] | Annotated[OneOffEntry, Tag("mapping")],
        Discriminator(_shape),
    ]
    """Who says it: the id of a source, or a name and a kind in place."""
    says: Stance | None = None
    """What it does to the claim; asserts, if nothing is given."""
    basis: Basis | None = None
    """How the speaker is said to know."""
    via: Words = Field(default_factory=list)
    """Carriers, from the one nearest the speaker to the one that was read."""
    derived_from: Words = Field(default_factory=list)
    """Ids of the sources whose statements on the same claim this one rests on."""
    recorded: Date = None
    """When the digest learned of it; the article's date, if nothing is given."""
    said: Date = None
    """When it was said."""
    url: Text = None
    """Where it can be read."""
    archive: Text = None
    """An archived copy of it."""
    quote: Text = None
    """The words themselves."""
    note: Text = None
    """A note for readers."""
    value: Text = None
    """The figure that it gives."""
    unit: Text = None
    """The figure's unit."""


class OverrideEntry(Strict):
    """An editor's label in place of the computed one."""

    label: Label
    """The label that readers see."""
    reason: Filled
    """Why, in 20 characters or more."""
    editor: Filled
    """Who decided it."""
    date: Filled
    """When it was decided; statements recorded later make it stale."""
    evidence: Text = None
    """A URL or a text; confirmed and refuted need it."""


class ClaimEntry(Strict):
    """A claim's definition (with a text), or a mention of one that another article defines."""

    id: Filled
    """The claim's id, unique in the whole digest."""
    text: Text = None
    """The claim in one sentence; the article that gives it defines the claim."""
    kind: ClaimKind | None = None
    """What sort of thing it says; event, if nothing is given."""
    benefits: Words = Field(default_factory=list)
    """Ids of the parties that it helps if it is true."""
    harms: Words = Field(default_factory=list)
    """Ids of the parties that it hurts if it is true."""
    of: Text = None
    """Id of the source whose words or act the claim is about."""
    depends_on: Text = None
    """Id of the claim that must hold for this one to hold."""
    override: OverrideEntry | None = None
    """An editor's label in place of the computed one."""
    place: Text = None
    """Where it happened."""
    precision: Text = None
    """How exact place and time are."""
    statements: Annotated[list[StatementEntry], BeforeValidator(_as_list)] = Field(default_factory=list)
    """Who says what about it."""


class ImageEntry(Strict):
    """A picture beside the article."""

    src: Filled
    """The file, relative to the article's folder."""
    alt: Filled
    """What it shows, for readers who cannot see it."""
    credit: Text = None
    """Who made it."""
    caption: Text = None
    """The line below it."""


class CorrectionEntry(Strict):
    """A correction that readers see."""

    date: Filled
    """The day of the correction."""
    text: Filled
    """What was wrong and is right now."""


class ArticleEntry(Strict):
    """An article's front matter."""

    title: Filled
    """The headline."""
    date: Filled
    """Its date or moment; without an offset, in the digest's timezone."""
    id: Text = None
    """Names the article for ever; the file's name, if nothing is given."""
    summary: Text = None
    """One sentence for lists, feeds and cards."""
    regions: Words = Field(default_factory=list)
    """Codes, names or slugs of regions; the first is the primary one."""
    topics: Words = Field(default_factory=list)
    """Labels, ids or slugs of topics; the first is the primary one."""
    thread: Text = None
    """Name of the story that it belongs to."""
    status: Literal["published", "draft"] | None = None
    """Drafts are in no output."""
    embargo: Date = None
    """Not in any output before then."""
    expires: Date = None
    """Not in any output from then on."""
    updated: Date = None
    """When it last changed."""
    authors: Words = Field(default_factory=list)
    """Who wrote it."""
    lang: Text = None
    """Its language, as a BCP 47 tag; the digest's, if nothing is given."""
    image: ImageEntry | None = None
    """A picture beside the article."""
    aliases: Words = Field(default_factory=list)
    """Old addresses that lead here, from the digest's root."""
    corrections: Annotated[list[CorrectionEntry], BeforeValidator(_as_list)] = Field(default_factory=list)
    """Corrections that readers see."""
    sources: Annotated[
        list[
            Annotated[
                Annotated[Filled, Tag("id")] | Annotated[StatementEntry, Tag("mapping")],
                Discriminator(_shape),
            ]
        ],
        BeforeValidator(_as_list),
    ] = Field(default_factory=list)
    """For an article without claims: the sources that say what the title says."""
    claims: Annotated[list[ClaimEntry], BeforeValidator(_as_list)] = Field(default_factory=list)
    """The claims that stand in it."""


class NoteEntry(Strict):
    """Front matter of the editor's note for one day's edition."""

    date: Date = None
    """The edition's day; taken from the folders YYYY/MM/DD, if nothing is given."""
    title: Text = None
    """A headline for the edition."""
    authors: Words = Field(default_factory=list)
    """Who wrote it."""


class TaxonEntry(Strict):
    """A region or topic: names for a built-in one, or one of the digest's own."""

    name: Text = None
    """Its name as readers see it."""
    parent: Text = None
    """The region or topic above it."""
    slug: Text = None
    """Its part of the address."""


Taxa: TypeAlias = Annotated[
    dict[str, Annotated[TaxonEntry, BeforeValidator(_as_mapping)]], BeforeValidator(_as_mapping)
]


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
    publisher: Annotated[PublisherEntry | None, BeforeValidator(_as_publisher)] = None
    """A name, or a name and a url."""
    contact: Text = None
    """Where readers send corrections."""
    html: RawHtml | None = None
    """What happens to raw HTML in article text."""
    claim_review: Annotated[bool, BeforeValidator(_as_bool), Field(strict=True)] = False
    """Whether pages carry schema.org ClaimReview."""
    editor: Text = None
    """Who is responsible for the content."""
    outputs: Annotated[dict[str, Any], BeforeValidator(_as_mapping)] = Field(default_factory=dict)
    """Settings of the outputs."""
    publish: Annotated[dict[str, Any], BeforeValidator(_as_mapping)] = Field(default_factory=dict)
    """Publishing targets, by name."""
