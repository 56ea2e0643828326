"""Chains: who carries whose words. "Tass reported that Lavrov said", "X, citing Y", "…, Y said, Tass reported"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digest.importing.carriers import Carriers
from digest.importing.lexicon import Lexicon
from digest.importing.names import like_a_person
from digest.importing.phrases import Phrase, object_after
from digest.model import ClaimKind, Stance

_END = 1 << 30
"""Beyond the end of every sentence."""
_CITING = re.compile(r",? (?:citing|quoting|which (?:cited|quoted)|who (?:cited|quoted)) (?=\S)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker's stance in one sentence. `content` and `verb` are places in the sentence; `via` names carriers from
    the one nearest the speaker; `certainty` says how plainly the sentence shows it, from 0 to 1."""

    speaker: Phrase | None
    says: Stance
    content: tuple[int, int]
    verb: tuple[int, int]
    about: bool = False
    kind: ClaimKind | None = None
    via: tuple[str, ...] = ()
    certainty: float = 0.9
    negated: bool = False
    """Whether it says just that nobody did: such a one makes no statement."""


def cited(shown: str, found: list[Attribution], carriers: Carriers) -> list[Attribution]:
    """ "X reported, citing Y": Y speaks and X carries."""
    result = list(found)
    for match in _CITING.finditer(shown) if "ting " in shown or " cited " in shown or " quoted " in shown else ():
        near = [i for i, a in enumerate(result) if a.verb[0] < match.start()]
        following = [i for i, a in enumerate(result) if a.speaker and a.speaker.cites]
        index = following[0] if following else near[-1] if near else None
        cited = object_after(shown, match.end(), carriers.lexicon)
        if index is None or cited is None or not cited.name:
            continue
        carrier = result[index].speaker
        via = (carrier.name,) if carrier and _reports(shown, carrier, cited, carriers) else ()
        if via:
            begin, end = result[index].content
            behind = re.match(r",? (?=that\b)", shown[cited.end : end])
            if behind and shown[begin : match.start()].strip(" ,") == "":
                content = (cited.end + behind.end(), end)
            else:
                content = (begin, match.start()) if begin < match.start() < end else (begin, end)
            result[index] = replace(result[index], speaker=cited, content=content, via=via, certainty=0.85)
    return result


def _reports(shown: str, one: Phrase, cited: Phrase, carriers: Carriers) -> bool:
    """Whether somebody who cites another carries the other's words: a carrier does, and a name that is no person's and
    no body's where it cites a source, officials or papers ("Nordlys, citing a police source,")."""
    if carriers.carries(one.name, one.role):
        return True
    words, lexicon = one.name.split(), carriers.lexicon
    press = not one.role and bool(lexicon.cited_by_press.intersection(cited.name.casefold().split()))
    body = one.name in lexicon.places or lexicon.bodies.intersection(word.casefold() for word in words)
    person = like_a_person(one.name, lexicon) and not shown[one.begin : one.end].startswith(("the ", "The "))
    return press and all(word[:1].isupper() for word in words) and not body and not person


def nested(shown: str, found: list[Attribution], carriers: Carriers) -> list[Attribution]:
    """ "Tass reported that Belov said …": the inner one counts, carried by the outer one. "It said it could not confirm
    …": both are one, for the speaker speaks of itself. "The army said …, Tass reported, citing Y.": the last
    one carries."""
    result: list[Attribution] = []
    for one in found:
        outer, speaker = result[-1] if result else None, one.speaker
        after = one.via or (speaker and outer and speaker.begin >= outer.verb[1])
        if outer and outer.speaker and speaker and after:
            told = outer.content if outer.via else (outer.verb[1], speaker.begin)
            close = shown[slice(*told)].strip(" ,") in {"", "that"}
            if close and outer.via:  # whom the carrier cites is between it and the one who speaks
                result[-1] = replace(one, via=(*one.via, *outer.via))
                continue
            if close and speaker.name.casefold() in carriers.lexicon.pronouns:
                result[-1] = replace(one, speaker=outer.speaker, via=outer.via)
                continue
            if close and carriers.carries(outer.speaker.name, outer.speaker.role):
                result[-1] = replace(one, via=(*one.via, outer.speaker.name))
                continue
            last = _CITING.split(shown[one.verb[1] :], maxsplit=1)[0].strip(" .") == "" and not one.about
            if last and (one.via or carriers.carries(speaker.name, speaker.role)):
                result[-1] = replace(outer, via=(*outer.via, *(one.via or (speaker.name,))))
                continue
        result.append(one)
    return result


def carried(cues: list[Phrase], one: Attribution, found: list[Attribution], carriers: Carriers) -> tuple[str, ...]:
    """The carriers that the sentence names for an attribution, besides those already known; `cues` are its cues."""
    others = [a.verb[0] for a in found if a.verb[0] > one.verb[0]]
    until = min(others, default=_END)
    named = list(one.via)
    if one.speaker and one.speaker.carrier:
        name = carriers.well_known(object_name(one.speaker.carrier, carriers.lexicon))
        if one.speaker.begin < one.verb[0] or carriers.carries(name):  # "X was quoted by Y", or "Y quoted X as saying"
            named.append(name)
    for cue in cues:
        is_before = cue.begin < one.verb[0] and one is found[0]
        if (one.verb[0] <= cue.begin < until or is_before) and carriers.carries(cue.name, cue.role):
            named.append(cue.name)
    own = one.speaker.name.casefold() if one.speaker else ""
    return tuple(dict.fromkeys(name for name in named if name.casefold() != own))


def object_name(text: str, lexicon: Lexicon) -> str:
    """The name in some words that begin with a noun phrase."""
    phrase = object_after(text, 0, lexicon)
    return phrase.name if phrase else text
