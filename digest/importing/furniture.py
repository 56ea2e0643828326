"""What is no news in a text: furniture of pages line by line, and the frames that mails and press releases have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.importing.lexicon import Lexicon
from digest.importing.spans import Piece, ends_a_sentence, sentences

_LONGEST = 300
"""Longer paragraphs are no furniture."""
_HEAD = 6
"""Among so many first lines a page has its name."""
_TAIL = 12
"""Signatures and contacts have at most so many lines, each of at most as many characters as the next number says."""
_LINE = 80
_ABOUT = 6
"""What a company says of itself has at most so many paragraphs."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The paragraphs of a text that are news, the pieces that are none, and where its lines stand that are times."""

    kept: tuple[Piece, ...]
    dropped: tuple[Piece, ...]
    times: tuple[int, ...]


def sifted(paragraphs: list[Piece], lexicon: Lexicon) -> Sifted:
    """News told from what is none. Nothing that ends as a sentence goes with a frame, but for what a company says of
    itself at the end of a press release and for the note above a forwarded text."""
    dropped: list[Piece] = []
    rest = [_without_furniture(paragraph, lexicon, dropped) for paragraph in paragraphs]
    frames = (_masthead, _cover, _tail, _about_the_company)
    gone = {i for frame in frames for i in frame(paragraphs, rest, lexicon)}
    dropped += [piece for i in sorted(gone) if (piece := rest[i]) is not None]
    return Sifted(
        tuple(piece for i, piece in enumerate(rest) if piece is not None and i not in gone),
        tuple(dropped),
        tuple(
            p.begin for p, left in zip(paragraphs, rest, strict=True) if not left and lexicon.clock.fullmatch(p.text)
        ),
    )


def no_news(line: str, lexicon: Lexicon) -> bool:
    """Whether a line is furniture of a page. One that asks something of its reader is none where somebody is quoted:
    "Sign up for the army, ministers tell students"."""
    if lexicon.furniture.fullmatch(line):
        return True
    return bool(lexicon.call.fullmatch(line)) and not lexicon.quoted.search(line)


def _without_furniture(paragraph: Piece, lexicon: Lexicon, dropped: list[Piece]) -> Piece | None:
    """The paragraph without what is no news in it: None, or the paragraph up to its first such sentence at the end."""
    if len(paragraph.text) <= _LONGEST and no_news(paragraph.text, lexicon):
        dropped.append(paragraph)
        return None
    if not lexicon.furniture_sentence.search(paragraph.text):
        return paragraph
    parts = sentences(paragraph)
    last = len(parts)
    while (
        last > 1
        and lexicon.furniture_sentence.fullmatch(parts[last - 1].text)
        and not lexicon.quoted.search(parts[last - 1].text)
    ):
        last -= 1
        dropped.append(parts[last])
    return paragraph if last == len(parts) else paragraph.part(0, parts[last - 1].end - paragraph.begin)


def _masthead(paragraphs: list[Piece], rest: list[Piece | None], lexicon: Lexicon) -> set[int]:
    """The name of the page: a carrier's, or a short one right above the list of the page's sections."""
    found = set()
    for i in range(min(_HEAD, len(rest) - 1)):
        name = paragraphs[i].text
        short = len(name.split()) <= 4 and not ends_a_sentence(name) and name[:1].isupper()
        above = len(paragraphs[i + 1].text) <= _LONGEST and lexicon.sections.fullmatch(paragraphs[i + 1].text)
        if short and (above or name.casefold() in lexicon.carriers):
            found.add(i)
    return found


def _cover(_paragraphs: list[Piece], rest: list[Piece | None], lexicon: Lexicon) -> set[int]:
    """The greeting that a text begins with, and what is asked of its receiver below it."""
    first = next((i for i, piece in enumerate(rest) if piece), None)
    if first is None or not _matches(rest[first], lexicon.greeting):
        return set()
    found = {first}
    for i in range(first + 1, len(rest)):
        if not _matches(rest[i], lexicon.cover_note):
            break
        found.add(i)
    return found if len(found) < sum(piece is not None for piece in rest) else set()


def _matches(piece: Piece | None, form: re.Pattern[str]) -> bool:
    return piece is not None and len(piece.text) <= _LONGEST and bool(form.fullmatch(piece.text))


def _tail(paragraphs: list[Piece], rest: list[Piece | None], lexicon: Lexicon) -> set[int]:
    """A signature, contacts or links to other stories at the end: nothing in it ends as a sentence does."""
    found: set[int] = set()
    for i in range(len(rest) - 1, -1, -1):
        piece = rest[i]
        opens = len(paragraphs[i].text) <= _LINE and lexicon.tail.fullmatch(paragraphs[i].text)
        if opens:
            below = {n for n in range(i, len(rest)) if rest[n]}
            found = below if len(below) <= _TAIL else found
        if not opens and piece and (len(piece.text) > _LINE or ends_a_sentence(piece.text)):
            break
    return found


def _about_the_company(paragraphs: list[Piece], rest: list[Piece | None], lexicon: Lexicon) -> set[int]:
    """What a company says of itself at the end of a press release: "About Nordvind", and what stands below."""
    titles = [i for i, paragraph in enumerate(paragraphs) if paragraph.text.startswith("About ")]
    release = titles and any(len(p.text) <= _LONGEST and lexicon.press_release.fullmatch(p.text) for p in paragraphs)
    for i in titles if release else ():
        name = paragraphs[i].text.removeprefix("About ")
        titled = rest[i] and len(name.split()) <= _ABOUT and not ends_a_sentence(name)
        if titled and any(name in piece.text for piece in rest[:i] if piece):
            below = range(i, min(i + 1 + _ABOUT, len(rest)))
            end = next((n for n in below if rest[n] is None), below.stop)
            return set(range(i, end))
    return set()
