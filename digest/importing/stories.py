"""Running copy to stories: where one ends and the next begins, and what is no news at all."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from digest.importing.furniture import sifted
from digest.importing.lexicon import Lexicon
from digest.importing.moments import DATELINE, DATELINE_REACH, Head, said_in_head
from digest.importing.spans import BULLET, Piece, ends_a_sentence, paragraphs, sentences

_LONGEST_HEADLINE = 140
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPEN_END = (",", ";", ":", "-", "–", "—", "&")


@dataclass(frozen=True, slots=True)
class Story:
    """A story in a text: its headline (None where it has none) and its paragraphs, furniture left out."""

    headline: Piece | None
    body: tuple[Piece, ...]
    page: str = ""
    """The title of the live page that it is a post of."""

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
    found = sifted([paragraph for paragraph in every if paragraph.begin not in dates], lexicon)
    kept, dropped = list(found.kept), list(found.dropped)
    if whole:
        return Split((Story(None, tuple(kept)),), tuple(dropped), head)
    listed = _listed(kept)
    posts = _posts(kept, found.times)
    title = kept[0].text if posts and kept[0].begin not in posts else ""
    if not listed and (_titles_a_live_page(kept, lexicon) or _titles_posts(kept, posts)):
        dropped.append(kept.pop(0))
    stories = listed or _stories(kept, posts)
    if title and all(story.begin in posts for story in stories[1:]):
        stories = [replace(story, page=title) for story in stories]
    return Split(tuple(stories), tuple(dropped), head)


def _titles_posts(kept: list[Piece], posts: frozenset[int]) -> bool:
    """Whether the first line is the title of a whole page: the headline of its first post stands right below it."""
    return len(kept) > 1 and kept[1].begin in posts and kept[0].begin not in posts and _like_a_headline(kept[0].text)


def _posts(kept: list[Piece], times: tuple[int, ...]) -> frozenset[int]:
    """Where the headlines of a live page begin that stand right below a time; none where fewer than two do."""
    begins = [piece.begin for piece in kept]
    below = {kept[at] for time in times if (at := bisect(begins, time)) < len(kept)}
    found = frozenset(piece.begin for piece in below if _like_a_headline(piece.text))
    return found if len(found) > 1 else frozenset()


def _listed(kept: list[Piece]) -> list[Story]:
    """The stories of a list: every line has a mark, and what ends its first sentence ends its headline."""
    if len(kept) < 2 or not all(BULLET.match(p.text) and len(_WORD.findall(p.text)) > 5 for p in kept):
        return []
    stories = []
    for piece in kept:
        mark = BULLET.match(piece.text)
        item = piece.part(mark.end() if mark else 0, len(piece.text))
        first, *more = sentences(item)
        headline = first.part(0, len(first.text.rstrip(".")))
        titled = bool(more) and _like_a_headline(headline.text)
        body = item.part(first.end - item.begin, len(item.text)) if titled else item
        stories.append(Story(headline if titled else None, (body,)))
    return stories


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


def _stories(kept: list[Piece], posts: frozenset[int]) -> list[Story]:
    """The stories of running copy; a live page's begin at the headlines of its posts, and no line above one of these
    is a headline for the text below it."""
    stories: list[Story] = []
    headline: Piece | None = None
    body: list[Piece] = []
    for i, paragraph in enumerate(kept):
        post = paragraph.begin in posts or (i == 0 and posts and _like_a_headline(paragraph.text))
        if post or _begins_a_story(kept, i, body, posts):
            stories += _story(headline, body)
            headline, body = paragraph, []
        else:
            body.append(paragraph)
    return [*stories, *_story(headline, body)]


def _story(headline: Piece | None, body: list[Piece]) -> Iterator[Story]:
    if body:
        yield Story(headline, tuple(body))
    elif headline:  # a headline that nothing follows is all that there is of its story
        yield Story(None, (headline,))


def _begins_a_story(kept: list[Piece], i: int, body: list[Piece], posts: frozenset[int]) -> bool:
    line, below = kept[i].text, list(takewhile(lambda p: p.begin not in posts, kept[i + 1 : i + 3]))
    if not _like_a_headline(line) or not below:
        return False
    if i and not body and _like_a_headline(kept[i - 1].text):
        return False  # a second line without a full stop is the first one's standfirst
    following = next((p.text for p in below if not _like_a_headline(p.text)), None)
    if following is None or not ends_a_sentence(following):
        return False
    words = _WORD.findall(line)
    if len(words) > 3 or not body:
        return True
    before = _names(" ".join(p.text for p in body))
    return not before & _names(following) and bool(_stems(line) & _stems(following))


def _like_a_headline(line: str) -> bool:
    words = _WORD.findall(line)
    if len(line) > _LONGEST_HEADLINE or len(words) < 2 or BULLET.match(line) or DATELINE.match(line[:DATELINE_REACH]):
        return False
    if line.endswith(_OPEN_END) or (ends_a_sentence(line) and not line.endswith("?")):
        return False
    return line[0].isupper() or line[0].isdigit() or line[0] in "“‘\"'€$£"


def _names(text: str) -> set[str]:
    return {word for word in re.findall(r"(?<![.?!] )(?<!^)\b[A-ZÀ-ÞĀ-ɏ][\w’'-]{2,}", text) if word.casefold() != "the"}


def _stems(text: str) -> set[str]:
    return {word.casefold()[:5] for word in _WORD.findall(text) if len(word) > 3}
