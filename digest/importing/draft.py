"""An item as the text of an article: a draft whose review notes say what each proposal rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.importing.aims import Claim, Statement
from digest.importing.claims import Written, claims_of
from digest.importing.front_matter import Value, front_matter
from digest.importing.items import Item
from digest.importing.markdown import escaped
from digest.importing.proposals import Proposal
from digest.importing.said import Said
from digest.importing.sources import Proposed, Sources
from digest.importing.spans import BULLET
from digest.model import ClaimKind, Stance

_LONGEST_EVIDENCE = 160
_SURE = 0.8
"""Less sure than this which claim is meant, the notes say so."""
_ORIGIN = "Imported from "


@dataclass(frozen=True, slots=True)
class Ground:
    """What a draft is written against: the sources that are known, names of regions by code, and ids for new claims."""

    sources: Sources
    region_name: Callable[[str], str]
    free_claim: Callable[[str], str]
    topic_known: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's text, how many claims it proposes, and the sources that its statements or carriers would add."""

    text: str
    claims: int
    proposed: tuple[Proposed, ...]


def draft(item: Item, id_: str, when: str, ground: Ground, *, dated_by: str) -> Draft:
    """The draft of an item. `dated_by` says what its date rests on, for the editor."""
    proposal = item.proposal
    written = Written((), (), ())
    if proposal:
        place = _place(proposal, ground)
        written = claims_of(proposal, ground.sources, place, item.outlet or proposal.outlet, ground.free_claim)
    speakers = {s.by.id: s.by for claim in written.claims for s in claim.statements if not s.by.known}
    regions = item.extras("regions") or tuple(shown.value for shown in (proposal.regions if proposal else ()))
    shown_topics = (shown.value for shown in (proposal.topics if proposal else ()) if ground.topic_known(shown.value))
    topics = item.extras("topics") or tuple(shown_topics)
    entries: dict[str, Value] = {
        "title": item.title,
        "date": when,
        "id": id_,
        "summary": item.summary or (proposal.summary if proposal else ""),
        "regions": list(regions),
        "topics": list(topics),
        "status": "draft",
        "updated": next(iter(item.extras("updated")), ""),
        "authors": list(item.extras("authors")),
        "lang": next(iter(item.extras("lang")), ""),
        "aliases": list(item.extras("aliases")),
        "claims": [_claim(claim, item.link) for claim in written.claims],
        "review": list(_notes(item, proposal, written, dated_by)),
    }
    return Draft(
        front_matter(entries) + _body(item, proposal), len(written.claims), (*speakers.values(), *written.carriers)
    )


def _place(proposal: Proposal, ground: Ground) -> str:
    """The name of the country whose police "police" are: the one country that the story is most about, where the text
    says that things are there, and in no other one; "" for none."""
    countries = {shown.value.split("-")[0] for shown in proposal.regions if shown.within}
    first = proposal.regions[0].value.split("-")[0] if proposal.regions else ""
    return ground.region_name(first) if countries == {first} else ""


def says_the_same(one: str, other: str) -> bool:
    """Whether two drafts differ in nothing but the note that says where they are from."""
    return _without_origin(one) == _without_origin(other)


def _without_origin(text: str) -> tuple[str, str]:
    before, _, after = text.partition(f"- {_ORIGIN}")
    if not after:
        before, _, after = text.partition(f'- "{_ORIGIN}')
    return before, after.partition("\n")[2]


def _body(item: Item, proposal: Proposal | None) -> str:
    if item.markdown or proposal is None:
        return (item.text if item.markdown else escaped(item.text)).strip() + "\n"
    return _paragraphs([paragraph.text for paragraph in proposal.body]) + "\n"


def _paragraphs(texts: Sequence[str]) -> str:
    """Paragraphs in Markdown; those that begin with the mark of a list are items of one."""
    marks = [BULLET.match(text) for text in texts]
    parts = [
        f"- {escaped(text[mark.end() :])}" if mark else escaped(text) for text, mark in zip(texts, marks, strict=True)
    ]
    between = ["\n" if one and other else "\n\n" for one, other in pairwise(marks)]
    return "".join(part + gap for part, gap in zip(parts, [*between, ""], strict=True))


def _claim(claim: Claim, link: str) -> dict[str, Value]:
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": "" if claim.kind is ClaimKind.EVENT else str(claim.kind),
        "of": claim.of,
        "depends_on": claim.depends_on,
        "statements": [_statement(statement, claim, link) for statement in claim.statements],
    }


def _statement(statement: Statement, claim: Claim, link: str) -> dict[str, Value]:
    said = statement.said
    value, unit = said.figure if said.figure and claim.kind is ClaimKind.QUANTITY else ("", "")
    return {
        "by": statement.by.written,
        "says": "" if said.says is Stance.ASSERTS else str(said.says),
        "via": statement.via,
        "url": link,
        "quote": said.quote,
        "value": value,
        "unit": unit,
    }


def _notes(item: Item, proposal: Proposal | None, written: Written, dated_by: str) -> Iterator[str]:
    where = f" ({item.link})" if item.link else ""
    yield f"{_ORIGIN}{item.origin}{where}. Check every proposal, then delete these notes and set the status."
    if proposal and not item.markdown:
        yield "The text below is the source's: write the article in your own words."
    if proposal and not proposal.headline:
        yield "Title: the source has no headline; these are its first words."
    yield f"Date: {dated_by}."
    if proposal:
        yield from _taxa_notes(item, proposal)
    for claim in written.claims:
        for statement in claim.statements:
            who = statement.by.name or statement.by.id
            doubt = "; that it is about this claim is a guess" if statement.certainty < _SURE else ""
            yield f"Claim {claim.id}: {who} {_stance(statement.said)}; {_rests(statement.said, statement)}{doubt}"
        if not claim.statements:
            yield f"Claim {claim.id}: the text does not say whose words it is."
    for said in written.loose:
        what = "somebody not named" if not said.speaker.name else said.speaker.name
        what = "a negation leaves open who says what" if said.negated else f"{what} {_stance(said)}"
        yield f"Not placed: {what}; {_rests(said)}"
    yield from _source_notes(written)
    if item.dropped:
        yield f"Left out as no news: {_cut(' / '.join(piece.text for piece in item.dropped))}"
    yield from item.notes


def _taxa_notes(item: Item, proposal: Proposal) -> Iterator[str]:
    for what, shown in (("Regions", proposal.regions), ("Topics", proposal.topics)):
        if shown and not item.extras(what.casefold()):
            grounds = "; ".join(f"{one.value} from “{'”, “'.join(one.evidence[:4])}”" for one in shown)
            yield f"{what}: {grounds}."
        elif not item.extras(what.casefold()):
            yield f"{what}: nothing in the text points to any."


def _source_notes(written: Written) -> Iterator[str]:
    in_place = {s.by.id: s.by for claim in written.claims for s in claim.statements if not s.by.known}
    for source in in_place.values():
        yield f"Source in place, kind guessed; for the registry: {_entry(source)}"
    for carrier in written.carriers:
        yield f"Carrier not in the registry, so left out of via: add {_entry(carrier)} and then via: [{carrier.id}]"


def _entry(source: Proposed) -> str:
    return f"{source.id}: {{name: {source.name}, kind: {source.kind}}}"


def _stance(said: Said) -> str:
    return str(said.says).replace("_", " ")


def _rests(said: Said, on: Statement | None = None) -> str:
    span = f"characters {said.sentence.begin} to {said.sentence.end}"
    return f"confidence {on.confidence if on else said.confidence:.2f}, {span}: “{_cut(said.sentence.text)}”"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_EVIDENCE else text[:_LONGEST_EVIDENCE].rsplit(" ", 1)[0] + " …"
