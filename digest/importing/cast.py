"""The people and bodies of a story: whom "she", "Lavrov" and "the ministry" mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.importing.carriers import bare
from digest.importing.lexicon import Lexicon
from digest.importing.names import like_a_person
from digest.importing.phrases import Phrase, object_after
from digest.importing.spans import hidden

_NAME = re.compile(
    r"\b[A-ZÀ-ÞĀ-ɏ][\w’'-]+(?: (?:de|van|der|von|bin|al|el|di|la|du))?(?: [A-ZÀ-ÞĀ-ɏ][\w-]+){1,3}(?:’s|'s)?(?![\w])"
)
_YEARS_OLD = re.compile(r"\d{1,3}-year-old$")
_THEIR_PAPER = re.compile(
    r"(?:their|its|his|her) (?:\w+ )?(?:report|statement|study|letter|findings|survey|article)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of a story: the name to show, what the text says of the bearer, and how sure it is that it is meant."""

    name: str
    role: str = ""
    person: bool = False
    proper: bool = False
    certainty: float = 1.0
    of: str = ""
    """Whose "his agent" is."""


def people_in(text: str, lexicon: Lexicon) -> dict[str, tuple[str, int]]:
    """Full names of people in a text by last name, with where each stands first."""
    people: dict[str, tuple[str, int]] = {}
    small = lexicon.prepositions | lexicon.determiners | lexicon.breaks | lexicon.personal
    for match in _NAME.finditer(text):
        words = re.sub(r"(?:’s|'s)$", "", match.group()).split()
        while words and words[0].casefold() in small:
            words = words[1:]
        title = next((i for i in range(len(words) - 1, 0, -1) if words[i - 1].casefold() in lexicon.titles), 0)
        words = words[title:]
        if like_a_person(" ".join(words), lexicon):
            people.setdefault(words[-1], (" ".join(words), match.start()))
    return people


def resolved(
    phrase: Phrase,
    before: Sequence[Speaker],
    people: Mapping[str, tuple[str, int]],
    at: int,
    lexicon: Lexicon,
    *,
    topic: Speaker | None = None,
) -> Speaker:
    """Whom a phrase at `at` in the story's text means, given the speakers before it, the people named in it and the
    person who was the subject of the sentence before."""
    name = re.sub(r"[,.;:]+$", "", phrase.name)
    low = bare(name)
    wanted = lexicon.pronouns.get(low)
    if wanted:
        meant = topic if wanted == "person" and low != "i" else None
        return _with(meant, 0.75) if meant else _by_pronoun(name, wanted, before, people, at)
    if _YEARS_OLD.search(low):
        last = _last_person(people, at)
        return Speaker(last, name, person=True, certainty=0.7) if last else Speaker(name)
    if _THEIR_PAPER.fullmatch(low) and before:
        return _with(before[-1], 0.7) if before else Speaker(name)
    if name in people:
        return Speaker(people[name][0], phrase.role, person=True, certainty=0.95)
    if not like_a_person(name, lexicon):
        again = _again(low, before, lexicon)
        if again:
            return again
    person = like_a_person(name, lexicon) and not any(w in lexicon.again for w in bare(phrase.role).split())
    proper = (
        not person and all(w[:1].isupper() for w in name.split()) and bool(phrase.role or phrase.begin or " " in name)
    )
    return Speaker(name, phrase.role, person, proper, of=_whose(low, before, topic, lexicon))


def _whose(low: str, before: Sequence[Speaker], topic: Speaker | None, lexicon: Lexicon) -> str:
    wanted = lexicon.possessives.get(low.split(" ", 1)[0], "") if " " in low else ""
    if not wanted:
        return ""
    if wanted == "person" and topic:
        return topic.name
    fitting = (one for one in reversed(before) if (one.person if wanted == "person" else one.proper))
    return next((one.name for one in fitting), "")


def subject_before(
    read: Sequence[str], before: Sequence[Speaker], people: Mapping[str, tuple[str, int]], lexicon: Lexicon
) -> Speaker | None:
    """The person whom the last of the sentences read begins with; that of the one before where it begins with "he"."""
    for sentence in reversed(read):
        if sentence.split(" ", 1)[0].casefold() in lexicon.personal_of_one:
            continue
        phrase = object_after(hidden(sentence), 0, lexicon)
        if phrase is None:
            return None
        if _YEARS_OLD.search(bare(phrase.name)):
            continue
        last = phrase.name.rsplit(" ", 1)[-1]
        if last not in people or (phrase.name != last and not like_a_person(phrase.name, lexicon)):
            return None
        spoken = (one for one in reversed(before) if one.person and one.name.rsplit(" ", 1)[-1] == last)
        return next(spoken, None) or Speaker(people[last][0], phrase.role, person=True)
    return None


def _by_pronoun(
    name: str, wanted: str, before: Sequence[Speaker], people: Mapping[str, tuple[str, int]], at: int
) -> Speaker:
    fitting = [s for s in reversed(before) if wanted == "any" or s.person == (wanted == "person")]
    if fitting:
        return _with(fitting[0], 0.7)
    last = _last_person(people, at) if wanted == "person" else ""
    if last:
        return Speaker(last, person=True, certainty=0.6)
    return _with(before[-1], 0.5) if before else Speaker(name, certainty=0.3)


def _last_person(people: Mapping[str, tuple[str, int]], at: int) -> str:
    return max(((where, full) for full, where in people.values() if where < at), default=(0, ""))[1]


def _again(low: str, before: Sequence[Speaker], lexicon: Lexicon) -> Speaker | None:
    """The fuller name of a body that is named again by one word: "the ministry", "the company"."""
    words = low.split()
    if len(words) != 1:
        return None
    for speaker in reversed(before):
        named = bare(speaker.name).split()
        if len(named) > 1 and named[-1] == low and not speaker.person:
            return _with(speaker, 0.85)
        if low in bare(speaker.role).split():
            return _with(speaker, 0.8)
    if low in lexicon.again:
        named_bodies = (s for s in reversed(before) if s.proper)
        found = next(named_bodies, None)
        return _with(found, 0.7) if found else None
    return None


def _with(speaker: Speaker, certainty: float) -> Speaker:
    return replace(speaker, certainty=certainty)
