"""Carriers: agencies, outlets and platforms through which words reach a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from digest.importing.lexicon import Lexicon
from digest.importing.phrases import Phrase, object_after
from digest.importing.spans import HIDDEN
from digest.model import SourceKind

_CARRYING = frozenset({SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.SOCIAL})
_CUES = re.compile(
    r"\b(?:told|tells|telling|tell|"
    r"(?:interview|statement|comments?|remarks|message|e-?mail|letter|column|piece|article|op-ed)"
    r"(?: to| with| for| in| on| published (?:in|by)| carried by)|"
    r"(?:seen|obtained|reviewed|quoted|cited|carried|shared|broadcast|aired) by|as quoted by|speaking to|spoke to|"
    r"(?:on|via|through|wrote in|writing in)) (?=\w)"
)
_SUFFIX = re.compile(r" (?:website|newspaper|news website|news agency|news channel|channel|daily|magazine|news site)$")


@dataclass(frozen=True, slots=True)
class Carriers:
    """Knows carriers: those of a digest's registry (names and aliases, casefolded) and the well-known ones."""

    lexicon: Lexicon
    registered: Mapping[str, SourceKind]

    def kind(self, name: str, role: str = "") -> SourceKind | None:
        """The kind of a carrier; None where the name is no carrier's as far as one can see."""
        key = bare(name)
        known = self.registered.get(key) or self.lexicon.carriers.get(key)
        if known is not None:
            return known if known in _CARRYING else None
        words = [word.casefold() for word in f"{role} {name}".split()]
        capital = all(word[:1].isupper() or word[:1].isdigit() for word in name.split())
        near = words if capital else words[-1:]
        if not role and not capital and any(word in {"of", "in", "from", "at", "for"} for word in words):
            return None
        if self.lexicon.carrier_nouns.intersection(near if not role else role.casefold().split()[-1:]):
            return SourceKind.AGENCY if "agency" in words else SourceKind.OUTLET
        named = capital and len(words) > 1 and words[-1] in self.lexicon.carrier_endings
        return SourceKind.OUTLET if named else None

    def carries(self, name: str, role: str = "") -> bool:
        """Whether the name is a carrier's."""
        kind = self.kind(name, role)
        return kind is not None and not (kind is SourceKind.AGENCY and _an_authority(name, role))

    def well_known(self, name: str) -> str:
        """The carrier that stands in a longer name ("Russia's Tass news agency" is Tass), else the name itself."""
        words = name.split()
        parts = (" ".join(words[i:j]) for i in range(len(words)) for j in range(len(words), i, -1) if (i, j) != (0, 0))
        known = (part for part in parts if bare(part) in self.registered or bare(part) in self.lexicon.carriers)
        return next(known, name)

    def cues(self, shown: str) -> Iterator[Phrase]:
        """Noun phrases after words such as "told" or "in an interview with", with the bare name of each."""
        for match in _CUES.finditer(shown):
            phrase = object_after(shown, match.end(), self.lexicon)
            if phrase is None or (match.group() == "on " and not shown[match.end()].isupper()):
                continue
            if self._told_at_the_end(shown, match.group(), phrase):
                yield Phrase(match.start(), phrase.end, phrase.name, "outlet")
                continue
            suffix = _SUFFIX.search(phrase.name) if phrase.name[:1].isupper() else None
            name = phrase.name[: suffix.start()] if suffix else phrase.name
            yield Phrase(match.start(), phrase.end, name, suffix.group().strip() if suffix else phrase.role)

    def _told_at_the_end(self, shown: str, cue: str, phrase: Phrase) -> bool:
        """ "“…,” the minister told Expresso.": whom words in quotation marks are told, and nothing after it, is an
        outlet, unless the name is a place's, a body's or somebody's with a title."""
        words = phrase.name.split()
        return (
            cue in {"told ", "tells ", "telling "}
            and HIDDEN in shown[: phrase.begin]
            and not shown[phrase.end :].strip(' .,;”"')
            and 0 < len(words) <= 2
            and not phrase.role
            and all(word[:1].isupper() for word in words)
            and not self.lexicon.bodies.intersection(word.casefold() for word in words)
            and phrase.name not in self.lexicon.places
        )


def _an_authority(name: str, role: str) -> bool:
    """A disaster agency is no news agency."""
    words = f"{role} {name}".casefold()
    return "agency" in words and not re.search(r"news agency|state agency|press agency|wire", words)


@lru_cache(1024)  # the same speakers and carriers are compared again and again
def bare(name: str) -> str:
    """A name to compare: without article, in small letters, with plain apostrophes."""
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ")
