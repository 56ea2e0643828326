"""What is proposed for a text: stories, and for every sentence that reports who says what about which claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.importing.attribution import attributions
from digest.importing.carriers import Carriers
from digest.importing.cast import Speaker, people_in, resolved, subject_before
from digest.importing.chains import Attribution
from digest.importing.kinds import figure, kind_of
from digest.importing.lexicon import LANGUAGE, Lexicon, lexicon
from digest.importing.moments import DATELINE, DATELINE_REACH, Dated, said_in_dateline
from digest.importing.places import Shown, regions_in, topics_in
from digest.importing.spans import HIDDEN, Piece, hidden, quotations, sentences
from digest.importing.stories import Split, Story, split
from digest.model import ClaimKind, SourceKind, Stance

_SUMMARY = 240
LONGEST_SENTENCE = 2000
"""Longer ones are no sentences, and would keep the rules busy for long."""
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
    about: bool
    quote: str
    figure: tuple[str, str] | None
    conditional: bool
    confidence: float
    place: int = 0
    """The how manieth sentence of the story it stands in."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed article."""

    title: str
    headline: Piece | None
    summary: str
    body: tuple[Piece, ...]
    dated: Dated | None
    outlet: str
    regions: tuple[Shown, ...]
    topics: tuple[Shown, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that is proposed for a text, what was left out of it as no news, and lines for a date that give none."""

    stories: tuple[Proposal, ...]
    dropped: tuple[Piece, ...]
    undated: tuple[Piece, ...] = ()


def proposals(text: str, today: date, registered: Mapping[str, SourceKind], language: str = LANGUAGE) -> Proposals:
    """Read a text. `today` gives datelines without a year theirs; `registered` are names of sources, casefolded."""
    parts = split(text, lexicon(language))
    return Proposals(tuple(each_story(parts, today, registered, language)), parts.dropped, parts.head.unclear)


def each_story(
    parts: Split, today: date, registered: Mapping[str, SourceKind], language: str = LANGUAGE
) -> Iterator[Proposal]:
    """What is proposed for the stories of a text, one after the other: a long text takes long."""
    carriers = Carriers(lexicon(language), registered)
    for story in parts.stories:
        yield _proposal(story, parts.head.dated, today, carriers, language)


def one_story(
    title: str, text: str, today: date, registered: Mapping[str, SourceKind], language: str = LANGUAGE
) -> Proposal | None:
    """What is proposed for an item of a feed, a page or a mail: one story with a known headline. None without text."""
    words = lexicon(language)
    body = tuple(split(text, words, whole=True).stories[0].body) if text.strip() else ()
    if not body:
        return None
    story = Story(Piece(title, 0, 0), body)
    return _proposal(story, None, today, Carriers(words, registered), language)


def _proposal(story: Story, head: Dated | None, today: date, carriers: Carriers, language: str) -> Proposal:
    words = carriers.lexicon
    first = story.body[0]
    dateline = DATELINE.match(first.text[:DATELINE_REACH])
    outlet = (dateline["carrier"] or "") if dateline else ""
    body = story.body
    if dateline:
        body = (first.part(dateline.end(), len(first.text)), *body[1:])
    plain = "\n".join(paragraph.text for paragraph in body)
    headline = story.headline.text if story.headline else ""
    opening = next((s.text for p in body for s in sentences(p)), "")
    said = tuple(_said(body, f"{headline}\n{plain}", carriers))
    placed = plain
    if dateline:  # one that writes out the country says more of the story than one that names an agency's bureau
        place = dateline["place"]
        placed = f"{place}: {plain}" if "," in place else f"{plain}\n{place.title()}"
    return Proposal(
        title=headline or _title(opening, said),
        headline=story.headline,
        summary=_shortened(opening, _SUMMARY),
        body=body,
        dated=head or said_in_dateline(first, today),
        outlet=outlet if carriers.carries(outlet) else "",
        regions=tuple(regions_in(headline, placed, language) or regions_in(story.page, "", language)),
        topics=tuple(topics_in(headline, plain, words)),
        said=said,
    )


def _title(opening: str, said: tuple[Said, ...]) -> str:
    """The first sentence without the words that say whose it is, where it begins with what is said."""
    reported = said[0].content if said and said[0].sentence.begin == said[0].content.begin else None
    words = reported.text.strip(" ,") if reported and opening.startswith(reported.text) else opening
    return _shortened((words if len(words.split()) > 2 else opening).rstrip(". "))


def _said(body: tuple[Piece, ...], text: str, carriers: Carriers) -> list[Said]:
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
            if len(sentence.text) > LONGEST_SENTENCE:
                continue
            conditional = bool(words.condition.search(sentence.text))
            inside: list[Speaker] = []
            for one in attributions(sentence, words, carriers):
                speaker = Speaker("")
                if one.speaker:
                    before = cast[-_REMEMBERED:]
                    asks = not inside and one.speaker.name.split(" ", 1)[0].casefold() in words.personal_of_one
                    topic = subject_before(read, before, people, words) if asks else None
                    before += inside
                    speaker = resolved(one.speaker, before, people, at + one.speaker.begin, words, topic=topic)
                    inside.append(speaker)
                found.append(_statement(one, speaker, sentence, words, place, conditional=conditional))
            if paragraph is heard and not inside and _only_quoted(sentence):
                found.append(_goes_on(found[-1], sentence, place, words))
            spoken = bool(found) and found[-1].place == place and bool(found[-1].speaker.name)
            heard = paragraph if spoken and HIDDEN in hidden(sentence.text) else None
            if conditional and not inside:
                found.append(replace(_condition(sentence, words), place=place))
            cast += inside
            read.append(sentence.text)
    return found


def _statement(
    one: Attribution, speaker: Speaker, sentence: Piece, words: Lexicon, place: int, *, conditional: bool
) -> Said:
    content = sentence.part(*one.content)
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
        about=one.about,
        quote=quotes[0] if quotes else "",
        figure=figure(content.text, words),
        conditional=conditional,
        confidence=round(one.certainty * speaker.certainty, 2),
        place=place,
    )


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
    return Said(Speaker(""), Stance.ASSERTS, kind, (), sentence, sentence, False, "", None, True, 0.6)  # noqa: FBT003


def _shortened(text: str, most: int = 100) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return re.sub(r"\W+$", "", text[: most - 1].rsplit(" ", 1)[0]) + "…"
