"""From the names of speakers to sources: those of the registry, and proposals for the rest."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from slugify import slugify

from digest.content.text import LONGEST, source_slug
from digest.importing.carriers import bare
from digest.importing.cast import Speaker
from digest.importing.kinds import guessed_kind
from digest.importing.lexicon import LANGUAGE, lexicon
from digest.importing.places import place_names
from digest.model import Registry, Source, SourceKind

K = TypeVar("K", bound=Hashable)

_SMALL = frozenset(["of", "the", "for", "in", "and", "s"])
_SPELLING = {"defense": "defence", "organization": "organisation", "center": "centre", "labor": "labour"}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A source to write into a statement: the id of a known one, or a name and a kind in place."""

    id: str
    name: str = ""
    kind: SourceKind | None = None

    @property
    def known(self) -> bool:
        """Whether it stands in the registry."""
        return not self.name

    @property
    def written(self) -> str | dict[str, str]:
        """As a statement's `by` has it."""
        return self.id if self.known else {"name": self.name, "kind": str(self.kind)}


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a digest, in its registry and in place, by the words that name them."""

    by_name: Mapping[str, str]
    by_parts: Mapping[frozenset[str], str]
    in_place: Mapping[str, Source]
    registered: frozenset[str]
    language: str = LANGUAGE
    chosen: dict[str, Proposed] = field(default_factory=dict)
    """Sources in place that this run has proposed, so that it describes each alike everywhere."""

    def speaker(self, speaker: Speaker, place: str) -> Proposed:
        """The source that a speaker of a story is; `place` names the story's region: it tells police from police."""
        known = self._known(speaker.name)
        if known:
            return Proposed(known)
        name = _title(speaker.name)
        if speaker.of:
            name = f"{speaker.of}’s {speaker.name.split(' ', 1)[-1]}"
        elif place and not _proper(speaker.name) and not _named(speaker) and not _of_no_country(speaker.name):
            name = f"{name} ({place})"
        name = name if len(name) <= LONGEST else name[:LONGEST].rsplit(" ", 1)[0]
        id_ = source_slug(name)
        if id_ in self.registered:
            return Proposed(id_)
        earlier = self.in_place.get(id_)
        if earlier:
            return Proposed(id_, earlier.name, earlier.kind)
        if id_ not in self.chosen:
            kind = guessed_kind(speaker.name, speaker.role, lexicon(self.language), person=speaker.person)
            if kind is SourceKind.PERSON and speaker.name in place_names(self.language):
                kind = SourceKind.GOVERNMENT  # a state speaks through its government
            self.chosen[id_] = Proposed(id_, name, kind)
        return self.chosen[id_]

    def carrier(self, name: str) -> Proposed:
        """The source that a carrier is; one that the registry does not hold can only be proposed for it."""
        known = self._known(name)
        if known:
            return Proposed(known)
        words = lexicon(self.language)
        kind = words.carriers.get(bare(name)) or SourceKind.OUTLET
        return Proposed(slugify(name, max_length=LONGEST, word_boundary=True), _title(name), kind)

    def _known(self, name: str) -> str | None:
        plain = bare(name)
        return self.by_name.get(plain) or self.by_parts.get(parts_of(name, self.language)) or None


def sources_of(registry: Registry, language: str = LANGUAGE) -> Sources:
    """The sources that a digest knows."""
    known = [source for source in registry.sources.values() if not source.one_off]
    names = [(bare(word), s.id) for s in known for word in (s.id, s.name, *s.aliases)]
    parts = [(parts_of(word, language), s.id) for s in known for word in (s.name, *s.aliases)]
    people = [(bare(s.name.split()[-1]), s.id) for s in known if len(s.name.split()) in {2, 3} and _surname(s)]
    return Sources(
        by_name={**_single(people), **_single(names)},
        by_parts={key: id_ for key, id_ in _single(parts).items() if len(key) > 1},
        in_place={s.id: s for s in registry.sources.values() if s.one_off},
        registered=frozenset(s.id for s in known),
        language=language,
    )


def carrier_names(registry: Registry) -> dict[str, SourceKind]:
    """The kinds of a registry's sources by every word that names one, in small letters.

    Sources that drafts have in place are left out: else what a draft proposes would change how its own text is read."""
    known = (source for source in registry.sources.values() if not source.one_off)
    return {bare(word): s.kind for s in known for word in (s.name, *s.aliases)}


def home_hosts(registry: Registry) -> dict[str, str]:
    """The names of a registry's sources by the host of their home page."""
    hosts = (
        ((urlsplit(s.url).hostname or "").removeprefix("www."), s.name) for s in registry.sources.values() if s.url
    )
    return {host: name for host, name in _single(hosts).items() if host}


def parts_of(name: str, language: str) -> frozenset[str]:
    """The words of a name with countries as codes: "Russia's defence ministry" is the "Russian Ministry of Defence"."""
    places = place_names(language)
    plain = name.replace("’", "'").replace("'s ", " ").replace("s' ", "s ")
    words = set()
    for word in _WORD.findall(plain):
        low = word.casefold()
        if low not in _SMALL:
            words.add(places.get(word) or _SPELLING.get(low, low))
    return frozenset(words)


def _single(pairs: Iterable[tuple[K, str]]) -> dict[K, str]:
    """What each key leads to; keys that lead to several are left out."""
    found: dict[K, str] = {}
    several = set()
    for key, id_ in pairs:
        if found.setdefault(key, id_) != id_:
            several.add(key)
    return {key: id_ for key, id_ in found.items() if key not in several}


def _surname(source: Source) -> bool:
    words = source.name.split()
    named = all(word[:1].isupper() for word in words) and not lexicon().bodies.intersection(w.casefold() for w in words)
    return named and source.kind in {SourceKind.PERSON, SourceKind.GOVERNMENT}


def _proper(name: str) -> bool:
    """Whether a name is somebody's own: a capital letter besides the first, or one word that is no common noun."""
    places = place_names(LANGUAGE)
    first = re.sub(r"[’']s$|(?<=s)[’']$", "", name.split(" ", maxsplit=1)[0])
    return (
        first in places
        or any(word[:1].isupper() for word in name.split()[1:])
        or (
            name[:1].isupper()
            and " " not in name
            and not name.endswith("s")
            and not lexicon().source_kinds[SourceKind.GOVERNMENT].fullmatch(name)
        )
    )


def _named(speaker: Speaker) -> bool:
    """Whether words beside a name say what its bearer is ("news outlet Nournews"), or everybody knows."""
    return (bool(speaker.role) and speaker.name[:1].isupper()) or bare(speaker.name) in lexicon().carriers


def _of_no_country(name: str) -> bool:
    """Whether a name is one of people who are no body of a country, or begins with a body's ("NATO spokesperson")."""
    words = name.split()
    body = len(words) > 1 and len(words[0]) > 1 and words[0].isupper()
    return body or words[-1].casefold() in lexicon().of_no_country or words[0].casefold() in lexicon().of_no_country


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
