"""Who says what in a sentence: speaker, stance, carriers, and the words that make the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digest.importing.carriers import Carriers
from digest.importing.chains import Attribution, carried, cited, nested
from digest.importing.lexicon import Lexicon
from digest.importing.negation import negated_at, says_nothing
from digest.importing.phrases import PASSIVE, WHEN, subject_before
from digest.importing.spans import HIDDEN, Piece, hidden
from digest.importing.verbs import distinct, spoken
from digest.model import ClaimKind, Stance

_ADJUNCT = re.compile(
    rf"(?:\s*(?:{WHEN}|(?:in|at|during|through|via|on) (?:an?|the|its|his|her|their) (?:\w+ ){{0,4}}?"
    r"(?:statement|interview|"
    r"conference|report|post|video|message|speech|letter|briefing|article|podcast|address|press release|broadcast)"
    r"(?: (?:carried|published|quoted|seen|released|posted|broadcast|aired) (?:by|on|in) [\w ]{1,30})?"
    r"|(?:on|via) [A-Z]\w+|for the majority"
    r"|(?:up)?on (?:the )?condition (?:of anonymity|(?:that )?(?:he|she|they) not be named)|anonymously|"
    r"in [A-Z]\w+(?: [A-Z]\w+)?|by (?:phone|e-?mail|telephone)))+"
)
_TOLD_BY_NAME = re.compile(r" (?:[\w’'.-]+ ){0,5}[\w’'.-]+, [A-ZÀ-ÞĀ-ɏ][\w’'. -]{1,60},(?= that\b)")
"""Whom somebody told something: "told Turkey's foreign minister, Hakan Fidan, that …"."""
_LETTERS = re.compile(r"[^\W\d_]{3}")
_PHRASE = 5
"""“Of the cracks” and other openings of fewer words than this make no claim."""
_REACH = 60
"""So far from its end at most, words stand that belong to what follows a claim."""
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|could|may|might|can|did|does|do|should|must|\w{2,}ed)\b"
)


def attributions(sentence: Piece, lexicon: Lexicon, carriers: Carriers) -> list[Attribution]:
    """All attributions of a sentence, in its order."""
    return read(sentence, lexicon, carriers)[0]


def read(sentence: Piece, lexicon: Lexicon, carriers: Carriers) -> tuple[list[Attribution], bool]:
    """All attributions of a sentence, in its order, and whether it has verbs of saying that are negated, so that it is
    open who said what; those in somebody's words are not such."""
    shown = hidden(sentence.text)
    every = sorted(spoken(sentence.text, shown, lexicon), key=lambda a: a.verb)
    unsaid = [one.verb[0] for one in every if one.negated]
    found = _linked(shown, [one for one in every if not one.negated] if unsaid else every, lexicon, carriers)
    inside = [one.content for one in found] if unsaid else []
    return found, any(all(not begin <= at < end for begin, end in inside) for at in unsaid)


def _linked(shown: str, found: list[Attribution], lexicon: Lexicon, carriers: Carriers) -> list[Attribution]:
    """Attributions with the words that make their claims, and with who carries whom."""
    found = [_with_content(shown, a, found, lexicon) for a in distinct(found)]
    found = cited(shown, found, carriers)
    found = nested(shown, found, carriers)
    cues = list(carriers.cues(shown)) if found else []
    found = [a if (via := carried(cues, a, found, carriers)) == a.via else replace(a, via=via) for a in found]
    found = [_told_act(shown, a, lexicon, carriers) for a in found]
    return found or list(_acts(shown, lexicon)) or list(_nobody(shown, lexicon))


def _with_content(shown: str, one: Attribution, found: list[Attribution], lexicon: Lexicon) -> Attribution:
    """The attribution with the words that make its claim, and with the stance that these words give it."""
    speaker = one.speaker
    begin = min(speaker.begin if speaker else one.verb[0], one.verb[0])
    end = max(speaker.end if speaker else one.verb[1], one.verb[1])
    previous = max((a.verb[1] for a in found if a.verb[1] <= begin), default=0)
    following = min(
        (_next(a, end) for a in found if a.speaker and a.verb[0] > max(one.verb[0], end)), default=len(shown)
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
        clause_after = not long_before or (_first(before) in lexicon.prepositions and len(before.split()) < _PHRASE)
    if verb.endswith(" by "):
        return replace(one, content=(previous, one.verb[0]))
    counts = one.kind is ClaimKind.QUANTITY
    inverted = speaker is not None and speaker.begin >= one.verb[1] and HIDDEN * 3 in before and stated_before
    if counts and not _LETTERS.search(after):  # "put the figure at 350": the verb says of what
        span = (one.verb[0], following)
    elif not (one.about or counts) and (
        inverted or (long_before and not clause_after and (stated_before or len(after.split()) < 2))
    ):
        span = (previous, begin)
    else:
        span = (after_begin, following)
    end = span[0] + len(shown[slice(*span)].rstrip(" ,;"))
    dangling = lexicon.dangling.search(shown, max(span[0], end - _REACH), end)
    if dangling:
        span = (span[0], dangling.start())
    content = shown[slice(*span)].strip(" ,")
    says = one.says
    if says is Stance.ASSERTS and not one.about:
        turned = next(((to, hit) for to, form in lexicon.turns.items() if (hit := form.search(content))), None)
        if turned:
            says, hit = turned
            what = content[hit.end() :]
            span = (shown.index(content, span[0]) + hit.end(), span[1]) if what.startswith(" that ") else span
    return replace(one, content=span, says=says, about=one.about or says in {Stance.CANNOT_VERIFY, Stance.DECLINES})


def _first(text: str) -> str:
    return text.split(" ", 1)[0].casefold()


def _next(one: Attribution, end: int) -> int:
    """Where what belongs to an attribution behind another one begins: its speaker, or its verb where the speaker stands
    before both."""
    speaker = one.speaker.begin if one.speaker else end
    return min(speaker, one.verb[0]) if speaker > end else one.verb[0]


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
        if PASSIVE.search(shown[: match.start()].rstrip()) or negated_at(shown, match.start(), lexicon) is not None:
            continue
        subject = subject_before(shown, match.start(), lexicon)
        words = subject.name.casefold().replace("’", "'").split() if subject else []
        if subject and lexicon.act_bodies.intersection(words) and not says_nothing(shown, subject, lexicon):
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
