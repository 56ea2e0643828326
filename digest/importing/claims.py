"""From what is said to claims with statements, as an article's front matter has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from slugify import slugify

from digest.importing.cast import Speaker
from digest.importing.lexicon import lexicon
from digest.importing.proposals import Proposal, Said
from digest.importing.sources import Proposed, Sources
from digest.model import ClaimKind, Stance

_LONGEST_ID = 50
_LONGEST_TEXT = 400
_ALIKE = 0.5
"""From here on two sentences make one claim."""
_RELATED = 0.15
"""From here on a denial or a refusal is about a claim."""
_OWN = frozenset({ClaimKind.UTTERANCE, ClaimKind.ACT})
_LEADING = re.compile(r"^(?:that|as|but|and|,|:|;|–|—|-)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they)\b(?! is no\b| was no\b)", re.IGNORECASE)
_IT = re.compile(r"^it\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_WORD = re.compile(r"\w{4,}")


@dataclass(slots=True)
class Statement:
    """A statement being written, with what it rests on."""

    by: Proposed
    said: Said
    via: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Claim:
    """A claim being written."""

    id: str
    text: str
    kind: ClaimKind
    of: str = ""
    depends_on: str = ""
    statements: list[Statement] = field(default_factory=list)
    stems: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.stems = _stems(self.text)


@dataclass(frozen=True, slots=True)
class Written:
    """The claims of an article, carriers that the registry does not hold, and statements that found no claim or no
    speaker."""

    claims: tuple[Claim, ...]
    carriers: tuple[Proposed, ...]
    loose: tuple[Said, ...]


def claims_of(proposal: Proposal, sources: Sources, place: str, outlet: str, free: Callable[[str], str]) -> Written:
    """The claims of a story. `outlet` is who published it ("" where unknown); `free` gives an id that no claim has."""
    claims: list[Claim] = []
    carriers: dict[str, Proposed] = {}
    loose: list[Said] = []
    for said in proposal.said:
        speaker = said.speaker
        if not speaker.name and said.says is Stance.CANNOT_VERIFY and outlet:
            speaker = Speaker(outlet)
        if not speaker.name and not said.conditional:
            loose.append(said)
            continue
        target = _target(said, claims)
        if target is None and said.about and said.says is not Stance.ASSERTS and not _says_enough(said):
            loose.append(said)
            continue
        if target is None:
            target = Claim("", _text(said, speaker), said.kind)
            target.id = free(
                slugify(target.text, max_length=_LONGEST_ID, word_boundary=True, save_order=True) or "claim"
            )
            target.depends_on = _condition(claims) if said.conditional else ""
            claims.append(target)
        if speaker.name:
            _add(target, speaker, said, sources, (place, outlet), carriers)
    return Written(tuple(claims), tuple(carriers.values()), tuple(loose))


def _add(
    claim: Claim, speaker: Speaker, said: Said, sources: Sources, at: tuple[str, str], carriers: dict[str, Proposed]
) -> None:
    place, outlet = at
    by = sources.speaker(speaker, place)
    via = []
    for name in (*said.via, outlet):
        if not name:
            continue
        carrier = sources.carrier(name)
        if carrier.id == by.id or carrier.id in via:
            continue
        if carrier.known:
            via.append(carrier.id)
        else:
            carriers.setdefault(carrier.id, carrier)
    if claim.kind in _OWN and not claim.statements:
        claim.of = by.id
    if all(other.by.id != by.id or other.said.says is not said.says for other in claim.statements):
        claim.statements.append(Statement(by, said, via))


def _target(said: Said, claims: list[Claim]) -> Claim | None:
    """The claim before it that something said is about; None where it makes one of its own."""
    if said.conditional:
        return None
    words = _stems(said.content.text)
    best = max(claims, key=lambda claim: _likeness(words, claim.stems), default=None)
    if best is None or (said.says is Stance.ASSERTS and said.about):
        return None
    likeness = _likeness(words, best.stems)
    if said.says in {Stance.ASSERTS, Stance.SUPPORTS} and not said.about:
        short = said.says is Stance.SUPPORTS and len(words) <= 2
        return best if likeness >= _ALIKE else claims[-1] if short else None
    if likeness > _RELATED or _says_enough(said):
        return best if likeness > _RELATED else None
    plain = [c for c in claims if c.kind is not ClaimKind.OPINION and "“" not in c.text and not c.depends_on]
    others = [c for c in plain if all(s.said.speaker.name != said.speaker.name for s in c.statements)]
    return (others or plain or claims)[-1]


def _condition(claims: list[Claim]) -> str:
    """The claim that "if confirmed" means: the newest that somebody denies or could not verify, else the newest."""
    doubted = {Stance.DENIES, Stance.CONTRADICTS, Stance.CANNOT_VERIFY}
    open_ = [claim for claim in claims[-4:] if any(s.said.says in doubted for s in claim.statements)]
    return (open_ or claims)[-1].id if claims else ""


def _says_enough(said: Said) -> bool:
    """Whether what is denied is said in the sentence itself ("denied that …", "denied taking …")."""
    text = said.content.text.strip()
    return said.says is Stance.DENIES and bool(re.match(r"(?:that|having|\w+ing)\b", text)) and len(text.split()) > 2


def _text(said: Said, speaker: Speaker) -> str:
    """The claim as a sentence: without "that" and quotation marks, with the speaker's name for "he" or "it"."""
    text = " ".join(said.content.text.split()).strip(' ,;:.“”"')
    while _LEADING.match(text):
        text = _LEADING.sub("", text, count=1)
    if said.about or (said.kind is ClaimKind.ACT and said.content.begin == said.sentence.begin):
        text = said.sentence.text.strip()
    elif speaker.name and _FIRST_PERSON.search(text):
        text = f"{speaker.name}: “{text}”"
    else:
        text = _named(text, speaker)
    if said.says is Stance.DENIES and _says_enough(said):
        text = re.sub(r"^that ", "", said.content.text.strip(" ,.;"))
        text = _named(text, speaker) if not re.match(r"\w+ing\b", text) else f"{speaker.name}: {text}"
    if len(text) > _LONGEST_TEXT:
        text = text[:_LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    if text.count("“") != text.count("”") or text.count('"') % 2:
        text = re.sub('[“”"]', "", text)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "”", '"')) else f"{text}."


def _named(text: str, speaker: Speaker) -> str:
    """The words with the speaker's name in the place of the pronoun that they begin with; "it" is no person."""
    person = speaker.person or speaker.name.casefold() in lexicon().titles
    if not speaker.name or (person and _IT.match(text)):
        return text
    return _PRONOUN.sub(lambda _: speaker.name, text, count=1)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        word[:6]
        for word in _WORD.findall(text.casefold())
        if word not in {"that", "with", "have", "their", "they", "said", "were", "been"}
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
