"""Running copy to stories: where one ends and the next begins, and what is no news at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.importing.lexicon import Lexicon
from digest.importing.moments import DATELINE, DATELINE_REACH, Head, said_in_head
from digest.importing.spans import Piece, ends_a_sentence, paragraphs, sentences

_LONGEST_HEADLINE = 140
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPEN_END = (",", ";", ":", "-", "–", "—", "&")
_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Story:
    """A story in a text: its headline (None where it has none) and its paragraphs, furniture left out."""

    headline: Piece | None
    body: tuple[Piece, ...]

    @property
    def begin(self) -> int:
        """Where it begins in the text."""
        return (self.headline or self.body[0]).begin


@dataclass(frozen=True, slots=True)
class Split:
    """The stories of a text, the lines and sentences that were left out because they are no news, and the lines that
    are for its date."""

    stories: tuple[Story, ...]
    dropped: tuple[Piece, ...]
    head: Head


def split(text: str, lexicon: Lexicon, *, whole: bool = False) -> Split:
    """The stories of a text. Each begins at its headline: a line without a full stop that begins a new subject.

    `whole` is for a text that is known to be one story: then there are no headlines in it.
    """
    every = paragraphs(text)
    head = said_in_head(every)
    if whole:
        head = Head(head.dated)  # its date is known elsewhere: nobody need hear of lines that are none
    dates = {line.begin for line in (*head.unclear, *([head.dated.evidence] if head.dated else ()))}
    dropped: list[Piece] = []
    kept: list[Piece] = []
    for paragraph in every:
        if paragraph.begin in dates:
            continue
        rest = _without_furniture(paragraph, lexicon, dropped)
        if rest:
            kept.append(rest)
    if not whole and _titles_a_live_page(kept, lexicon):
        dropped.append(kept.pop(0))
    stories = [Story(None, tuple(kept))] if whole else _stories(kept)
    return Split(tuple(stories), tuple(dropped), head)


def _without_furniture(paragraph: Piece, lexicon: Lexicon, dropped: list[Piece]) -> Piece | None:
    """The paragraph without what is no news in it: None, or the paragraph up to its first such sentence at the end."""
    if len(paragraph.text) <= 300 and lexicon.furniture.fullmatch(paragraph.text):
        dropped.append(paragraph)
        return None
    parts = sentences(paragraph)
    last = len(parts)
    while last > 1 and lexicon.furniture_sentence.fullmatch(parts[last - 1].text):
        last -= 1
        dropped.append(parts[last])
    return paragraph if last == len(parts) else paragraph.part(0, parts[last - 1].end - paragraph.begin)


def _titles_a_live_page(kept: list[Piece], lexicon: Lexicon) -> bool:
    """Whether the first line is the title of a whole page: the headline of its first story stands right below it."""
    lines = [piece.text for piece in kept[:3]]
    return (
        len(lines) > 2
        and len(lines[0]) <= _LONGEST_HEADLINE
        and bool(lexicon.live_page.fullmatch(lines[0]))
        and _like_a_headline(lines[1])
        and not _like_a_headline(lines[2])
    )


def _stories(kept: list[Piece]) -> list[Story]:
    stories: list[Story] = []
    headline: Piece | None = None
    body: list[Piece] = []
    for i, paragraph in enumerate(kept):
        if _begins_a_story(kept, i, body):
            if body:
                stories.append(Story(headline, tuple(body)))
            headline, body = paragraph, []
        else:
            body.append(paragraph)
    if body or headline:
        # A headline that nothing follows is all that there is of its story.
        stories.append(Story(headline, tuple(body)) if body else Story(None, (headline,) if headline else ()))
    return stories


def _begins_a_story(kept: list[Piece], i: int, body: list[Piece]) -> bool:
    line = kept[i].text
    if not _like_a_headline(line) or i + 1 == len(kept):
        return False
    if i and not body and _like_a_headline(kept[i - 1].text):
        return False  # a second line without a full stop is the first one's standfirst
    following = next((p.text for p in kept[i + 1 : i + 3] if not _like_a_headline(p.text)), None)
    if following is None or not ends_a_sentence(following):
        return False
    words = _WORD.findall(line)
    if len(words) > 3 or not body:
        return True
    before = _names(" ".join(p.text for p in body))
    return not before & _names(following) and bool(_stems(line) & _stems(following))


def _like_a_headline(line: str) -> bool:
    words = _WORD.findall(line)
    if len(line) > _LONGEST_HEADLINE or len(words) < 2 or _BULLET.match(line) or DATELINE.match(line[:DATELINE_REACH]):
        return False
    if line.endswith(_OPEN_END) or (ends_a_sentence(line) and not line.endswith("?")):
        return False
    return line[0].isupper() or line[0].isdigit() or line[0] in "“‘\"'€$£"


def _names(text: str) -> set[str]:
    return {word for word in re.findall(r"(?<![.?!] )(?<!^)\b[A-ZÀ-ÞĀ-ɏ][\w’'-]{2,}", text) if word.casefold() != "the"}


def _stems(text: str) -> set[str]:
    return {word.casefold()[:5] for word in _WORD.findall(text) if len(word) > 3}
