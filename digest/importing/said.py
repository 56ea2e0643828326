"""What is said in a story: for every sentence that reports, who says what, and on which words that rests."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digest.importing.attribution import read as read_sentence
from digest.importing.carriers import Carriers
from digest.importing.cast import Speaker, people_in, resolved, subject_before
from digest.importing.chains import Attribution
from digest.importing.kinds import figure, kind_of
from digest.importing.lexicon import Lexicon
from digest.importing.spans import HIDDEN, Piece, hidden, quotations, sentences
from digest.model import ClaimKind, Stance

_LONGEST_SENTENCE = 2000
"""Longer ones are no sentences, and would keep the rules busy for long."""
_LAST_NUMBER = re.compile(r"(?<![\w.,])(\d[\d,.]*?)\W*$")
_REMEMBERED = 40
"""How many speakers back "she" or "the ministry" may mean."""
_OWN_KINDS = frozenset({ClaimKind.RESPONSIBILITY, ClaimKind.OPINION, ClaimKind.UTTERANCE, ClaimKind.ACT})
"""Kinds that the verb shows better than the words after it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A proposed statement: whose, what it does to which words, and on what it rests. `sentence` and `content` count in
    the text; a speaker without a name is nobody that the text names."""

    speaker: Speaker
    says: Stance
    kind: ClaimKind
    via: tuple[str, ...]
    sentence: Piece
    content: Piece
    clause: Piece
    """The part of the sentence that is about nobody else's words."""
    about: bool
    quote: str
    figure: tuple[str, str] | None
    conditional: bool
    confidence: float
    place: int = 0
    """The how manieth sentence of the story it stands in."""
    negated: bool = False
    """Whether a negation leaves open what was said: nobody's words, for a note."""


_NOBODY = Said(
    speaker=Speaker(""),
    says=Stance.ASSERTS,
    kind=ClaimKind.EVENT,
    via=(),
    sentence=Piece("", 0, 0),
    content=Piece("", 0, 0),
    clause=Piece("", 0, 0),
    about=False,
    quote="",
    figure=None,
    conditional=False,
    confidence=0.0,
)
"""Nobody's words."""


def said_in(body: tuple[Piece, ...], text: str, carriers: Carriers) -> list[Said]:
    """What the paragraphs of a story say; `text` is the story with its headline, where people are named."""
    words = carriers.lexicon
    people = people_in(text, words)
    cast: list[Speaker] = []
    found: list[Said] = []
    read: list[str] = []
    heard: Piece | None = None
    at = place = 0
    for paragraph in body:
        for sentence in sentences(paragraph):
            at = max(at, text.find(sentence.text, at))
            place += 1
            if len(sentence.text) > _LONGEST_SENTENCE:
                continue
            conditional = bool(words.condition.search(sentence.text))
            inside: list[Speaker] = []
            attributed, negated = read_sentence(sentence, words, carriers)
            if negated:
                found.append(_open(sentence, place))
            for one in attributed:
                speaker = Speaker("")
                if one.speaker:
                    before = cast[-_REMEMBERED:]
                    asks = not inside and one.speaker.name.split(" ", 1)[0].casefold() in words.personal_of_one
                    topic = subject_before(read, before, people, words) if asks else None
                    before += inside
                    speaker = resolved(one.speaker, before, people, at + one.speaker.begin, words, topic=topic)
                    inside.append(speaker)
                found.append(
                    _statement(
                        one, speaker, sentence, words, place, conditional=conditional, alone=len(attributed) == 1
                    )
                )
            if paragraph is heard and not inside and _only_quoted(sentence):
                found.append(_goes_on(found[-1], sentence, place, words))
            spoken = bool(found) and found[-1].place == place and bool(found[-1].speaker.name)
            heard = paragraph if spoken and HIDDEN in hidden(sentence.text) else None
            if conditional and not inside and not negated:
                found.append(replace(_condition(sentence, words), place=place))
            cast += inside
            read.append(sentence.text)
    return found


def _statement(
    one: Attribution, speaker: Speaker, sentence: Piece, words: Lexicon, place: int, *, conditional: bool, alone: bool
) -> Said:
    content = sentence.part(*one.content)
    apart = not alone and one.speaker and one.speaker.end <= one.verb[0]
    clause = sentence.part(one.speaker.begin, one.content[1]) if apart and one.speaker else sentence
    kind = one.kind if one.kind in _OWN_KINDS else kind_of(content.text, words)
    if one.kind and (kind is ClaimKind.EVENT or (kind is ClaimKind.QUANTITY and one.kind is ClaimKind.FORECAST)):
        kind = one.kind
    quotes = [
        sentence.text[b:e].strip('“”"‘’ ,')
        for b, e in quotations(sentence.text)
        if one.content[0] <= b <= one.content[1]
    ]
    return Said(
        speaker=speaker,
        says=one.says,
        kind=kind,
        via=one.via,
        sentence=sentence,
        content=content,
        clause=clause,
        about=one.about,
        quote=quotes[0] if quotes else "",
        figure=figure(content.text, words) or (_bare(content.text) if one.kind is ClaimKind.QUANTITY else None),
        conditional=conditional,
        confidence=round(one.certainty * speaker.certainty, 2),
        place=place,
    )


def _bare(content: str) -> tuple[str, str] | None:
    """The figure of "put the toll at 350", which does not say what of."""
    match = _LAST_NUMBER.search(content)
    return (match[1], "") if match else None


def _only_quoted(sentence: Piece) -> bool:
    """Whether a sentence is one quotation and nothing else."""
    (begin, end), *more = quotations(sentence.text) or [(1, 0)]
    return begin == 0 and end >= len(sentence.text) - 1 and not more


def _goes_on(before: Said, sentence: Piece, place: int, words: Lexicon) -> Said:
    """ "“…,” said Anna Berg. “…”": a quotation right after somebody's words in a paragraph is the same person's."""
    text = sentence.text.strip('“”"‘’ ,')
    return replace(
        before,
        says=Stance.ASSERTS,
        kind=kind_of(text, words),
        sentence=sentence,
        content=sentence,
        clause=sentence,
        about=False,
        quote=text,
        figure=figure(text, words),
        conditional=False,
        confidence=round(before.confidence * 0.8, 2),
        place=place,
    )


def _condition(sentence: Piece, words: Lexicon) -> Said:
    """ "If confirmed, it would be the first": nobody's words, but a claim that depends on the one before."""
    kind = kind_of(sentence.text, words)
    return replace(_NOBODY, kind=kind, sentence=sentence, content=sentence, conditional=True, confidence=0.6)


def _open(sentence: Piece, place: int) -> Said:
    """ "The police have not confirmed …": no statement, but the editor should know of the sentence."""
    nobody = replace(_NOBODY, sentence=sentence, content=sentence, place=place)
    return replace(nobody, negated=True, confidence=0.5)
