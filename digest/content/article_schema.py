"""What the front matter of articles and of editions' notes may say."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from digest.content.schema import Date, Filled, OneOffEntry, Strict, Text, Words
from digest.model import Basis, ClaimKind, Label, Stance


class StatementEntry(Strict, frozen=True):
    """One source's stance on the claim."""

    by: Filled | OneOffEntry
    """Who says it: the id of a source, or a name and a kind in place."""
    says: Stance | None = None
    """What it does to the claim; asserts, if nothing is given."""
    basis: Basis | None = None
    """How the speaker is said to know."""
    via: Words = field(default_factory=list)
    """Carriers, from the one nearest the speaker to the one that was read."""
    derived_from: Words = field(default_factory=list)
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


class OverrideEntry(Strict, frozen=True):
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


class ClaimEntry(Strict, frozen=True):
    """A claim's definition (with a text), or a mention of one that another article defines."""

    id: Filled
    """The claim's id, unique in the whole digest."""
    text: Text = None
    """The claim in one sentence; the article that gives it defines the claim."""
    kind: ClaimKind | None = None
    """What sort of thing it says; event, if nothing is given."""
    benefits: Words = field(default_factory=list)
    """Ids of the parties that it helps if it is true."""
    harms: Words = field(default_factory=list)
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
    statements: list[StatementEntry] = field(default_factory=list)
    """Who says what about it."""


class ImageEntry(Strict, frozen=True):
    """A picture beside the article."""

    src: Filled
    """The file, relative to the article's folder."""
    alt: Filled
    """What it shows, for readers who cannot see it."""
    credit: Text = None
    """Who made it."""
    caption: Text = None
    """The line below it."""


class CorrectionEntry(Strict, frozen=True):
    """A correction that readers see."""

    date: Filled
    """The day of the correction."""
    text: Filled
    """What was wrong and is right now."""


class ArticleEntry(Strict, frozen=True):
    """An article's front matter."""

    title: Filled
    """The headline."""
    date: Filled
    """Its date or moment; without an offset, in the digest's timezone."""
    id: Text = None
    """Names the article for ever; the file's name, if nothing is given."""
    summary: Text = None
    """One sentence for lists, feeds and cards."""
    regions: Words = field(default_factory=list)
    """Codes, names or slugs of regions; the first is the primary one."""
    topics: Words = field(default_factory=list)
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
    authors: Words = field(default_factory=list)
    """Who wrote it."""
    lang: Text = None
    """Its language, as a BCP 47 tag; the digest's, if nothing is given."""
    image: ImageEntry | None = None
    """A picture beside the article."""
    aliases: Words = field(default_factory=list)
    """Old addresses that lead here, from the digest's root."""
    gone: Filled | None = None
    """Why readers do not get it any more; its addresses say this instead."""
    corrections: list[CorrectionEntry] = field(default_factory=list)
    """Corrections that readers see."""
    sources: list[Filled | StatementEntry] = field(default_factory=list)
    """For an article without claims: the sources that say what the title says."""
    claims: list[ClaimEntry] = field(default_factory=list)
    """The claims that stand in it."""
    review: Words = field(default_factory=list)
    """Notes for editors, as `digest import` leaves them: what to check before publishing. In no output."""


class NoteEntry(Strict, frozen=True):
    """Front matter of the editor's note for one day's edition."""

    date: Date = None
    """The edition's day; taken from the folders YYYY/MM/DD, if nothing is given."""
    title: Text = None
    """A headline for the edition."""
    authors: Words = field(default_factory=list)
    """Who wrote it."""
