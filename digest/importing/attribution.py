"""Who says what in a sentence: speaker, stance, carriers, and the words that make the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digest.importing.carriers import Carriers
from digest.importing.chains import Attribution, carried, cited, nested
from digest.importing.lexicon import Lexicon
from digest.importing.phrases import PASSIVE, WHEN, Phrase, object_after, subject_before
from digest.importing.spans import HIDDEN, Piece, hidden
from digest.model import ClaimKind, Stance

_ACCORDING = re.compile(r"\b[Aa]ccording to (?=\S)|, per (?=the |[A-Z])")
_ADJUNCT = re.compile(
    rf"(?:\s*(?:{WHEN}|(?:in|at|during|through|via|on) (?:an?|the|its|his|her|their) (?:\w+ ){{0,4}}?"
    r"(?:statement|interview|"
    r"conference|report|post|video|message|speech|letter|briefing|article|podcast|address|press release|broadcast)"
    r"(?: (?:carried|published|quoted|seen|released|posted|broadcast|aired) (?:by|on|in) [\w ]{1,30})?"
    r"|(?:on|via) [A-Z]\w+|for the majority|in [A-Z]\w+(?: [A-Z]\w+)?|by (?:phone|e-?mail|telephone)))+"
)
_TOLD_BY_NAME = re.compile(r" (?:[\w’'.-]+ ){0,5}[\w’'.-]+, [A-ZÀ-ÞĀ-ɏ][\w’'. -]{1,60},(?= that\b)")
"""Whom somebody told something: "told Turkey's foreign minister, Hakan Fidan, that …"."""
_NEGATED = re.compile(r"\b(?:not|never|no longer)(?: \w+ly)?(?: been)?$")
_RELATIVE = re.compile(r", (?:which|who)(?: (?:has|have|had|also))?$")
_GOES_ON = re.compile(r"\b(?:and|but)(?: (?:also|then|later|has|have|had|again|repeatedly))*$")
_REACH = 60
"""So far from its end at most, words stand that belong to what follows a claim."""
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|could|may|might|can|did|does|do|should|must|\w{2,}ed)\b"
)


def attributions(sentence: Piece, lexicon: Lexicon, carriers: Carriers) -> list[Attribution]:
    """All attributions of a sentence, in its order."""
    shown = hidden(sentence.text)
    found = sorted(_found(sentence.text, shown, lexicon), key=lambda a: a.verb)
    found = [_with_content(shown, a, found, lexicon) for a in _distinct(found)]
    found = cited(shown, found, carriers)
    found = nested(shown, found, carriers)
    found = [replace(a, via=carried(shown, a, found, carriers)) for a in found]
    found = [_told_act(shown, a, lexicon, carriers) for a in found]
    return found or list(_acts(shown, lexicon)) or list(_nobody(shown, lexicon))


def _found(text: str, shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    last: Phrase | None = None
    for match in lexicon.predicate.finditer(shown):
        predicate = lexicon.predicates[match.lastgroup or ""]
        before = shown[: match.start()].rstrip()
        adding = last is not None and before.endswith(",") and match.group().split(" ", 1)[0].endswith("ing")
        speaker, certainty = (None, 0.0) if adding else _speaker(shown, match, lexicon)
        if speaker is None and last is not None and (adding or _GOES_ON.search(before)):
            speaker, certainty = replace(last, begin=match.start(), end=match.start()), 0.8
        if speaker is not None and speaker.name:
            last = speaker
            quoted = predicate.kind is ClaimKind.OPINION and lexicon.denial.match(text, match.start())  # “fiction”
            yield Attribution(
                speaker,
                Stance.DENIES if quoted else predicate.says,
                (0, 0),
                match.span(),
                predicate.about,
                predicate.kind,
                (),
                certainty,
            )
    for match in _ACCORDING.finditer(shown):
        speaker = object_after(shown, match.end(), lexicon)
        if speaker is not None and speaker.name:
            yield Attribution(speaker, Stance.ASSERTS, (0, 0), match.span(), certainty=0.9)
    for match in lexicon.quoted_as.finditer(shown) if " as " in shown else ():
        subject = subject_before(shown, match.start(), lexicon)
        if subject is not None and subject.name:
            subject = replace(subject, carrier=match["by"] or match["after"] or "")
            yield Attribution(subject, Stance.ASSERTS, (0, 0), match.span(), certainty=0.9)
    for match in lexicon.passive.finditer(shown):
        speaker = object_after(shown, match.end(), lexicon)
        if speaker is not None and speaker.name:
            says = lexicon.passives[match[1]]
            yield Attribution(speaker, says, (0, 0), match.span(), says is not Stance.ASSERTS, certainty=0.8)


def _speaker(shown: str, match: re.Match[str], lexicon: Lexicon) -> tuple[Phrase | None, float]:
    """The subject before the verb, or after it where a quotation or a comma stands right before ("…,” said X")."""
    before = shown[: match.start()].rstrip()
    verb = match.group().split(" ", 1)[0]
    passive = PASSIVE.search(before) and not verb.endswith("ing") and verb not in {"yet", "unable"}
    if passive or _NEGATED.search(before):
        return None, 0
    relative = _RELATIVE.search(before)
    if relative:
        return subject_before(shown, relative.start(), lexicon), 0.8
    inverted = before.endswith((",", "”", '"', "’")) and HIDDEN in before[-3:]
    if inverted:
        return object_after(shown, match.end() + 1, lexicon), 0.9
    subject = subject_before(shown, match.start(), lexicon)
    if subject is not None:
        return subject, 0.9 if subject.end == subject.begin + len(subject.name) else 0.8
    if before.endswith(",") and match.group() in {"said", "says"}:
        return object_after(shown, match.end() + 1, lexicon), 0.7
    return None, 0


def _distinct(found: list[Attribution]) -> list[Attribution]:
    """Without second readings of one verb."""
    kept: list[Attribution] = []
    for one in found:
        if not kept or one.verb[0] >= kept[-1].verb[1]:
            kept.append(one)
    return kept


def _with_content(shown: str, one: Attribution, found: list[Attribution], lexicon: Lexicon) -> Attribution:
    """The attribution with the words that make its claim, and with the stance that these words give it."""
    speaker = one.speaker
    begin = min(speaker.begin if speaker else one.verb[0], one.verb[0])
    end = max(speaker.end if speaker else one.verb[1], one.verb[1])
    previous = max((a.verb[1] for a in found if a.verb[1] <= begin), default=0)
    following = min(
        (a.speaker.begin for a in found if a.speaker and a.verb[0] > one.verb[0] and a.speaker.begin > end),
        default=len(shown),
    )
    before = shown[previous:begin].rstrip()
    after_begin = _after_addressee(shown, one.verb[1] if end == one.verb[1] or begin < one.verb[0] else end)
    after = shown[after_begin:following].strip(" ,.;")
    long_before = len(before.split()) > 1 or HIDDEN * 3 in before
    stated_before = long_before and (
        before.endswith((",", "”", '"', "’", ";")) or (HIDDEN in before and before.endswith(("–", "—")))
    )
    clause_after = (
        after.startswith("that ") or HIDDEN * 3 in after or (len(after.split()) > 2 and _VERBAL.search(after))
    )
    verb = shown[slice(*one.verb)]
    if verb.casefold().startswith("according"):
        clause_after = not long_before
    if verb.endswith(" by "):
        return replace(one, content=(previous, one.verb[0]))
    if not one.about and long_before and not clause_after and (stated_before or len(after.split()) < 2):
        span = (previous, begin)
    else:
        span = (after_begin, following)
    end = span[0] + len(shown[slice(*span)].rstrip(" ,;"))
    dangling = lexicon.dangling.search(shown, max(span[0], end - _REACH), end)
    if dangling and not one.about:
        span = (span[0], dangling.start())
    content = shown[slice(*span)].strip(" ,")
    says = one.says
    if says is Stance.ASSERTS and not one.about:
        says = next((turned for turned, form in lexicon.turns.items() if form.search(content)), says)
    return replace(one, content=span, says=says, about=one.about or says in {Stance.CANNOT_VERIFY, Stance.DECLINES})


def _after_addressee(shown: str, at: int) -> int:
    """Where what is told begins: after the one who is told, the day and the place of telling."""
    rest = shown[at:]
    if shown[:at].endswith(("told", "tells", "tell", "telling")):
        addressee = _TOLD_BY_NAME.match(rest) or re.match(
            r" (?:the |a |an |its |his |her |their )?(?:[\w’'.-]+ ){0,4}?[\w’'.-]+?"
            r"(?= that\b| the\b| a\b| it\b| he\b| she\b| they\b| there\b|"
            r" his\b| her\b| their\b| its\b| in\b| on\b| [a-z]+ (?:had|was|were|would|could)\b|[,.:;“\"]|$)",
            rest,
        )
        at += addressee.end() if addressee else 0
        rest = shown[at:]
    adjunct = _ADJUNCT.match(rest)
    return at + adjunct.end() if adjunct else at


def _acts(shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """What a court, a parliament or an authority does is its own statement."""
    for match in lexicon.act.finditer(shown):
        if PASSIVE.search(shown[: match.start()].rstrip()):
            continue
        subject = subject_before(shown, match.start(), lexicon)
        words = subject.name.casefold().replace("’", "'").split() if subject else []
        if subject and lexicon.act_bodies.intersection(words):
            yield Attribution(subject, Stance.ASSERTS, (0, len(shown)), match.span(), kind=ClaimKind.ACT, certainty=0.7)
            return


def _told_act(shown: str, one: Attribution, lexicon: Lexicon, carriers: Carriers) -> Attribution:
    """ "The parliament approved a bill, Tass reported.": what a body did is its own act, carried by who tells it."""
    carrier, (begin, end) = one.speaker, one.content
    if one.via or one.about or end > one.verb[0] or not carrier or not carriers.carries(carrier.name, carrier.role):
        return one
    act = next(_acts(shown[:end], lexicon), None)
    if act is None or not act.speaker or act.speaker.begin < begin:
        return one
    return replace(one, speaker=act.speaker, via=(carrier.name,), kind=ClaimKind.ACT, certainty=0.8)


def _nobody(shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    match = lexicon.unverified.search(shown)
    if match:
        yield Attribution(None, Stance.CANNOT_VERIFY, match.span(), match.span(), about=True, certainty=0.8)
