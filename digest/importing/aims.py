"""Which claim a denial, a refusal, a check that failed or an "if confirmed" is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.importing.lexicon import lexicon
from digest.importing.said import Said
from digest.importing.similar import overlap
from digest.importing.sources import Proposed
from digest.model import ClaimKind, Stance

_ALIKE = 0.5
"""From here on two sentences make one claim."""
_ALIKE_IN_NOT = 0.75
"""The same where both deny something: what a “not” belongs to, words in common do not show."""
_RELATED = 0.15
"""From here on a denial or a refusal is about a claim."""
_HELD = 0.5
"""So large a part of the words that say what is denied, a claim holds that is meant though it says much more."""
_UNSAID, _STRANGE = 0.7, 0.5
"""How sure it is that the last claim is meant: where nothing is named, and where it holds nothing of what is."""
_NEAR = 2
"""So many sentences back at most "the report" and "the claim" lead."""
_FEW = 2
"""What is confirmed in so many words at most that say something, was said before."""
_UNCHECKED = frozenset({ClaimKind.OPINION, ClaimKind.FORECAST})
_WORD = re.compile(r"\w{4,}")
_IT = re.compile(r"^(?:it|he|she|they)\b")
_VERBAL = re.compile(r"^that\b|\b(?:is|are|was|were|has|have|had|will|would|could|may|might|can|did)\b")


@dataclass(slots=True)
class Statement:
    """A statement being written, with what it rests on."""

    by: Proposed
    said: Said
    via: list[str] = field(default_factory=list)
    certainty: float = 1.0
    """How sure it is that its claim is meant."""

    @property
    def confidence(self) -> float:
        """How plainly the text shows the statement on its claim."""
        return round(self.said.confidence * self.certainty, 2)


@dataclass(slots=True)
class Claim:
    """A claim being written."""

    id: str
    text: str
    kind: ClaimKind
    place: int = 0
    of: str = ""
    depends_on: str = ""
    statements: list[Statement] = field(default_factory=list)
    figure: tuple[str, str] | None = None
    stems: frozenset[str] = field(init=False)
    negative: bool = field(init=False)

    def __post_init__(self) -> None:
        self.stems = _stems(self.text)
        self.negative = bool(lexicon().negative.search(self.text))


@dataclass(frozen=True, slots=True)
class Aim:
    """The claim that something said is about (None where it makes one of its own), and how sure that is."""

    claim: Claim | None = None
    certainty: float = 1.0


NOWHERE = Aim(None, 0.0)
"""Something said that is about a claim which nobody made."""


def aimed(said: Said, claims: Sequence[Claim]) -> Aim:
    """Which of the claims before it something said is about."""
    if said.conditional or not claims or (said.says is Stance.ASSERTS and said.about):
        return Aim()
    words = _stems(said.content.text)
    if said.says in {Stance.ASSERTS, Stance.SUPPORTS} and not said.about:
        return _same(said, words, [claim for claim in claims if _may_be(said, said.content.text, claim)])
    denied = what_is_denied(said)
    if denied:
        words, claims = _stems(denied), [claim for claim in claims if _may_be(said, denied, claim)]
        best = max(claims, key=lambda claim: overlap(words, claim.stems), default=None)
        held = best and (overlap(words, best.stems) >= _ALIKE or len(words & best.stems) > _HELD * len(words))
        return Aim(best if held else None)
    counts = [claim for claim in claims if claim.kind is ClaimKind.QUANTITY]
    counted = counts if lexicon().counts.search(said.content.text) else []
    best = max(counted or claims, key=lambda claim: _relation(words, claim.stems))
    if _relation(words, best.stems):
        return Aim(best)
    return Aim(counted[-1], 0.9) if counted else _guessed(said, claims)


def _same(said: Said, words: frozenset[str], claims: Sequence[Claim]) -> Aim:
    """The claim that somebody repeats or confirms; what is confirmed in a few words, is one that was made before."""
    best = max(claims, key=lambda claim: overlap(words, claim.stems), default=None)
    if best and overlap(words, best.stems) >= (_ALIKE_IN_NOT if best.negative else _ALIKE):
        return Aim(best)
    if said.says is Stance.ASSERTS or len(words) > _FEW or _VERBAL.search(said.content.text):
        return Aim()
    best = max(claims, key=lambda claim: len(words & claim.stems), default=None)
    if best and words & best.stems and len(words & best.stems) >= _HELD * len(words):
        return Aim(best)
    return NOWHERE if words or not claims or said.place - claims[-1].place > _NEAR else Aim(claims[-1], _UNSAID)


def _may_be(said: Said, text: str, claim: Claim) -> bool:
    """Whether some words can mean a claim: what one denies the other does not, and both give the same figure."""
    same_sense = bool(lexicon().negative.search(text)) == claim.negative
    return same_sense and (not said.figure or not claim.figure or said.figure[0] == claim.figure[0])


def _guessed(said: Said, claims: Sequence[Claim]) -> Aim:
    """The claim that something is about which holds none of its words."""
    rules = lexicon()
    if rules.asks_more.search(said.sentence.text):
        own = [c for c in claims if any(s.said.speaker.name == said.speaker.name for s in c.statements)]
        if own:
            return Aim(own[-1])
    plain = [c for c in claims if c.kind not in _UNCHECKED and "“" not in c.text and not c.depends_on]
    stance = [s.said.says for s in claims[-1].statements if s.said.speaker.name == said.speaker.name]
    if said.says in stance and said.place - claims[-1].place <= _NEAR:
        return Aim(claims[-1], _UNSAID)  # "He called it nonsense", right after he has denied it
    others = [c for c in plain if all(s.said.speaker.name != said.speaker.name for s in c.statements)]
    last = (others or plain or claims)[-1]
    if rules.referring.search(said.sentence.text) and said.place - last.place <= _NEAR:
        return Aim(last)
    return Aim(last, _STRANGE if _stems(said.content.text) else _UNSAID)


def condition(said: Said, claims: Sequence[Claim]) -> str:
    """The claim that "if confirmed" means: the one that shares most words with what would follow from it, those first
    that somebody denies or could not verify; else the newest such, else the newest."""
    words = _stems(said.sentence.text)
    doubted = {Stance.DENIES, Stance.CONTRADICTS, Stance.CANNOT_VERIFY}
    open_ = [claim for claim in claims if any(s.said.says in doubted for s in claim.statements)]
    for some in (open_, claims):
        best = max(reversed(some), key=lambda claim: len(words & claim.stems), default=None)
        if best and words & best.stems:
            return best.id
    return ([claim for claim in open_ if claim in claims[-4:]] or claims)[-1].id if claims else ""


def what_is_denied(said: Said) -> str:
    """What is denied, where the sentence itself says it ("denied that …", "denied reports that …", "denied taking …");
    "" where it does not."""
    text = said.content.text.strip(" ,.;")
    match = lexicon().denied.match(text) if said.says is Stance.DENIES else None
    if not match or " " not in text:
        return ""
    what: str = match["that"] or match["doing"]
    return _IT.sub(match["whose"], what, count=1) if match["whose"] else what  # "Ukraine's claim that it …"


def _stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words that say something; words for one thing ("killed", "dead") count as one."""
    rules = lexicon()
    words = (word for word in _WORD.findall(text.casefold()) if word not in rules.saying_little)
    return frozenset(rules.same.get(word, word[:6]) for word in words)


def _relation(words: frozenset[str], claim: frozenset[str]) -> float:
    """How alike something's words and a claim's are; 0 where they are not enough for the one to be about the other."""
    likeness = overlap(words, claim)
    return likeness if likeness > _RELATED or len(words & claim) >= _HELD * len(words) else 0.0
