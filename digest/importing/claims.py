"""From what is said to claims with statements, as an article's front matter has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from digest.importing.aims import NOWHERE, Aim, Claim, Statement, aimed, condition, what_is_denied
from digest.importing.cast import Speaker
from digest.importing.lexicon import lexicon
from digest.importing.naming import short_slug
from digest.importing.proposals import Proposal
from digest.importing.said import Said
from digest.importing.sources import Proposed, Sources
from digest.model import ClaimKind, Stance

_LONGEST_ID = 50
_LONGEST_TEXT = 400
_PHRASE = 4
"""A preposition and fewer words than this make no claim."""
_MARKS = re.compile(r"^(?:#{1,6}|:{3,}|>+|[*+-])\s+")
"""What Markdown takes for its own at the beginning of a line."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_OWN = frozenset({ClaimKind.UTTERANCE, ClaimKind.ACT})
_LEADING = re.compile(r"^(?:that|as|but|and|,|:|;|–|—|-)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they)\b(?! is no\b| was no\b)", re.IGNORECASE)
_IT = re.compile(r"^it\b", re.IGNORECASE)
_CLOSED = re.compile(r"’(?!\w)")
_WORDS = re.compile(r"[^\W_][\w’'-]*")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")


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
        aim = aimed(said, claims)
        target = aim.claim
        unsaid = said.about and said.says is not Stance.ASSERTS and not what_is_denied(said)
        if target is None and (aim is NOWHERE or unsaid or _fragment(said)):
            loose.append(said)
            continue
        if target is None:
            target = Claim("", _text(said, speaker), said.kind, said.place, figure=said.figure)
            target.id = free(short_slug(target.text, _LONGEST_ID) or "claim")
            target.depends_on = condition(said, claims) if said.conditional else ""
            claims.append(target)
        if speaker.name:
            _add(target, speaker, said, aim, sources, (place, outlet), carriers)
    return Written(tuple(claims), tuple(carriers.values()), tuple(loose))


def _add(
    claim: Claim,
    speaker: Speaker,
    said: Said,
    aim: Aim,
    sources: Sources,
    at: tuple[str, str],
    carriers: dict[str, Proposed],
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
        claim.statements.append(Statement(by, said, via, aim.certainty))


def _fragment(said: Said) -> bool:
    """Whether the words that would make a claim are too few to say anything: "On X." """
    words = _WORDS.findall(_unlinked(said.content.text).casefold())
    return not said.about and (len(words) < 2 or (len(words) < _PHRASE and words[0] in lexicon().prepositions))


def _unlinked(text: str) -> str:
    """Markdown's links as their words, and its pictures as none."""
    return _LINK.sub(lambda match: "" if match.group().startswith("!") else match[1], text)


def _text(said: Said, speaker: Speaker) -> str:
    """The claim as a sentence: without "that" and quotation marks, with the speaker's name for "he" or "it"."""
    text = " ".join(said.content.text.split())
    text = text.strip(' ,;:.–—“”"' + ("‘’" if "‘" in text else ""))
    text = _MARKS.sub("", _unlinked(text))
    while _LEADING.match(text):
        text = _LEADING.sub("", text, count=1)
    if said.about or (said.kind is ClaimKind.ACT and said.content.begin == said.sentence.begin):
        text = said.clause.text.strip()
        text = text if speaker.name and not lexicon().predicate.match(text) else f"{speaker.name} {text}"
    elif speaker.name and _FIRST_PERSON.search(text):
        text = f"{speaker.name}: “{text}”"
    else:
        text = _named(text, speaker)
        if said.kind is ClaimKind.QUANTITY and lexicon().predicate.match(text):
            text = f"{speaker.name} {text}"  # "put the figure at 350"
    denied = what_is_denied(said)
    if denied and not said.content.text.lstrip().startswith("that ") and not re.match(r"\w+ing\b", denied):
        text = denied  # what somebody else has reported: "it" is not the speaker
    elif denied:
        text = _named(denied, speaker) if not re.match(r"\w+ing\b", denied) else f"{speaker.name}: {denied}"
    if len(text) > _LONGEST_TEXT:
        text = text[:_LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    if text.count("“") != text.count("”") or text.count('"') % 2:
        text = re.sub('[“”"]', "", text)
    if text.count("‘") > len(_CLOSED.findall(text)):
        text = text.replace("‘", "")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "”", '"')) else f"{text}."


def _named(text: str, speaker: Speaker) -> str:
    """The words with the speaker's name in the place of the pronoun that they begin with; "it" is no person."""
    person = speaker.person or speaker.name.casefold() in lexicon().titles
    if not speaker.name or (person and _IT.match(text)) or lexicon().impersonal.match(text):
        return text
    return _PRONOUN.sub(lambda _: speaker.name, text, count=1)
