"""Labels in words: names and meanings for readers, and the scales of other trades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from digest.labels.worth import Worth
from digest.model import Label, Party, Registry, RelationKind, Source, SourceKind


class Tongue(Protocol):
    """The readers' language: translated phrases and lists."""

    def gettext(self, phrase: str, /) -> str:
        """The phrase in the readers' language."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The form of the phrase for a number."""

    def join(self, items: Sequence[str], /) -> str:
        """Items as a list in words: "A, B and C"."""

    def number(self, number: int, /) -> str:
        """A number within a sentence."""


@dataclass(frozen=True, slots=True)
class English:
    """The language that all phrases are written in."""

    def gettext(self, phrase: str, /) -> str:
        """The phrase itself."""
        return phrase

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The English form for a number."""
        return singular if number == 1 else plural

    def join(self, items: Sequence[str], /) -> str:
        """ "A", "A and B", "A, B and C"."""
        return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)

    def number(self, number: int, /) -> str:
        """ "two"; from eleven on in figures."""
        return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Scale:
    """A label's name and meaning, and where it stands on the Admiralty and ClaimReview scales ("" and 0: nowhere)."""

    name: str
    meaning: str
    admiralty: str
    review: str
    rating: int


SCALES: dict[Label, Scale] = {
    Label.CONFIRMED: Scale(
        "Confirmed",
        "Two or more independent sources say so and at least one of them checked it, or it is on record as "
        "somebody’s own words or act.",
        "1",
        "Confirmed by independent sources",
        5,
    ),
    Label.CORROBORATED: Scale(
        "Corroborated",
        "More than one source speaks for it, and together they are more than one side’s word, but nobody "
        "independent has confirmed it.",
        "2",
        "Corroborated, not confirmed",
        4,
    ),
    Label.SINGLE_SOURCE: Scale(
        "Single source", "It rests on one source, or on sources that cannot be told apart.", "3", "Single source", 0
    ),
    Label.PARTY_CLAIM: Scale(
        "One side’s claim",
        "Only a side in the conflict or dispute says so; nobody independent has verified it.",
        "6",
        "Claim by a party, not independently verified",
        0,
    ),
    Label.UNVERIFIED: Scale("Unverified", "Nobody who could be held to it says so.", "6", "Unverified", 0),
    Label.DISPUTED: Scale(
        "Disputed",
        "Sources that count speak for it and against it, or the sides contradict each other.",
        "4",
        "Disputed",
        0,
    ),
    Label.REFUTED: Scale("Refuted", "Two or more independent sources found it to be wrong.", "5", "Refuted", 1),
    Label.RETRACTED: Scale(
        "Retracted", "Its source has taken it back, and nothing else speaks for it.", "6", "Withdrawn by its source", 0
    ),
    Label.NOT_CHECKABLE: Scale(
        "Not checkable", "A forecast or an opinion: there is nothing yet to check it against.", "", "", 0
    ),
}


def admiralty(label: Label, rule: str) -> str:
    """The label's credibility on the Admiralty scale, "1" to "6"; "" for what cannot be checked."""
    return "6" if rule == "parties-split" else SCALES[label].admiralty


SOURCE_KINDS: dict[SourceKind, str] = {
    SourceKind.GOVERNMENT: "government",
    SourceKind.MILITARY: "military",
    SourceKind.APPOINTED_AUTHORITY: "appointed authority",
    SourceKind.ARMED_GROUP: "armed group",
    SourceKind.INTERGOVERNMENTAL: "intergovernmental body",
    SourceKind.COURT: "court",
    SourceKind.NGO: "non-governmental organisation",
    SourceKind.RESEARCH: "research institute",
    SourceKind.OPEN_SOURCE: "open-source investigators",
    SourceKind.FACT_CHECKER: "fact-checker",
    SourceKind.AGENCY: "agency",
    SourceKind.OUTLET: "outlet",
    SourceKind.COMPANY: "company",
    SourceKind.PERSON: "person",
    SourceKind.ANONYMOUS: "unnamed official",
    SourceKind.SOCIAL: "social media",
}

RELATIONS: dict[RelationKind, str] = {
    RelationKind.SPEAKS_FOR: "speaks for %(party)s",
    RelationKind.CONTROLLED_BY: "controlled by %(party)s",
    RelationKind.ALIGNED_WITH: "aligned with %(party)s",
}


def party_name(party: str, registry: Registry) -> str:
    """A party's display name."""
    entry: Party | None = registry.parties.get(party)
    return entry.name if entry is not None else party


def relations(source: Source, registry: Registry, tongue: Tongue) -> tuple[str, ...]:
    """A source's relations in words: ("speaks for Ukraine",)."""
    return tuple(
        dict.fromkeys(
            tongue.gettext(RELATIONS[r.kind]) % {"party": party_name(r.party, registry)} for r in source.relations
        )
    )


def source_note(source: Source, registry: Registry, tongue: Tongue) -> str:
    """A source's own label: kind and relations ("military, speaks for Ukraine")."""
    return tongue.gettext(", ").join([tongue.gettext(SOURCE_KINDS[source.kind]), *relations(source, registry, tongue)])


def worth_in_words(worth: Worth, registry: Registry, tongue: Tongue) -> str:
    """What a statement counts for, in words ("voice of Ukraine", "independent, checked")."""
    _ = tongue.gettext
    parts: list[str] = []
    if worth.voices:
        parts.append(_("voice of %(party)s") % {"party": _parties(worth.voices, registry, tongue)})
    if worth.admissions:
        parts.append(_("an admission against its own interest"))
    if worth.independent:
        parts.append(_("independent, checked") if worth.independent & worth.checked else _("independent"))
    if worth.aligned:
        parts.append(_("ally of %(party)s") % {"party": _parties(worth.aligned, registry, tongue)})
    if worth.anonymous:
        parts.append(_("source not named"))
    if worth.report:
        parts.append(_("report that does not say how it knows"))
    if worth.unattributed:
        parts.append(_("unattributed"))
    return _("; ").join(parts) or _("counts for nothing")


def _parties(parties: frozenset[str], registry: Registry, tongue: Tongue) -> str:
    return tongue.join([party_name(p, registry) for p in sorted(parties)])
