"""What is proposed for a text: stories, and for every sentence that reports who says what about which claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from digest.importing.carriers import Carriers
from digest.importing.lexicon import LANGUAGE, lexicon
from digest.importing.moments import DATELINE, DATELINE_REACH, Dated, said_in_dateline
from digest.importing.places import Shown, regions_in, topics_in
from digest.importing.said import Said, said_in
from digest.importing.spans import Piece, sentences
from digest.importing.stories import Split, Story, split
from digest.model import SourceKind

_SUMMARY = 240


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
    said = tuple(said_in(body, f"{headline}\n{plain}", carriers))
    placed = plain
    if dateline:  # one that writes out the country says more of the story than one that names an agency's bureau
        place = dateline["place"]
        placed = f"In {place}: {plain}" if "," in place else f"{plain}\nin {place.title()}"
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


def _shortened(text: str, most: int = 100) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return re.sub(r"\W+$", "", text[: most - 1].rsplit(" ", 1)[0]) + "…"
