"""Verbs of saying in a sentence, each with whoever speaks: "X said", "“…,” said X", "according to X", "denied by X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digest.importing.chains import Attribution
from digest.importing.lexicon import Lexicon
from digest.importing.negation import may_negate, negated_at, says_nothing
from digest.importing.phrases import PASSIVE, Phrase, object_after, subject_before
from digest.importing.spans import HIDDEN
from digest.model import ClaimKind, Stance

_ACCORDING = re.compile(r"\b[Aa]ccording to (?=\S)|, per (?=the |[A-Z])")
_RELATIVE = re.compile(r", (?:which|who)(?: (?:has|have|had|also))?$")
_GOES_ON = re.compile(r"\b(?:and|but)(?: (?:also|then|later|has|have|had|again|repeatedly))*$")
_BE = re.compile(r"\b(?:was|were|is|are|be|been|being)\b")


_ANOTHER = re.compile(r",? (?:or|and) (?=\w)")


def spoken(text: str, shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """What is said in a sentence, negated verbs included; `shown` is the sentence with its quotations hidden."""
    yield from _predicates(text, shown, lexicon)
    if "ccording" in shown or ", per " in shown or " as " in shown:
        yield from _named_after(shown, lexicon)
    if " by " in shown:
        yield from _passives(shown, lexicon)
    if " no " in shown or " nor " in shown:
        yield from _silences(shown, lexicon)


def _predicates(text: str, shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """Verbs of saying after whoever speaks, or before."""
    last: Phrase | None = None
    unsure: bool | None = None
    for match in lexicon.predicate.finditer(shown):
        unsure = may_negate(shown, lexicon) if unsure is None else unsure
        predicate = lexicon.predicates[match.lastgroup or ""]
        before = shown[: match.start()].rstrip()
        adding = last is not None and before.endswith(",") and match.group().split(" ", 1)[0].endswith("ing")
        negated = negated_at(shown, match.start(), lexicon) if unsure else None
        speaker, certainty = (None, 0.0) if adding else _speaker(shown, match, lexicon, negated)
        if speaker is None and last is not None and (adding or _GOES_ON.search(before)):
            speaker, certainty = replace(last, begin=match.start(), end=match.start()), 0.8
        nobody = (
            bool(unsure)
            and speaker is not None
            and speaker.end <= match.start()
            and says_nothing(shown, speaker, lexicon)
        )
        if speaker is None and negated is not None and not _BE.search(shown, max(0, negated - 5), match.start()):
            yield Attribution(None, predicate.says, (0, 0), match.span(), negated=True)
        if speaker is not None and speaker.name:
            last = None if nobody else speaker
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
                negated=nobody or negated is not None,
            )


def _named_after(shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """ "According to X" and "X was quoted as saying"."""
    for match in _ACCORDING.finditer(shown):
        speaker = object_after(shown, match.end(), lexicon)
        if speaker is not None and speaker.name:
            yield Attribution(speaker, Stance.ASSERTS, (0, 0), match.span(), certainty=0.9)
    for match in lexicon.quotes_as.finditer(shown) if " as " in shown else ():
        whom = object_after(shown, match.start("whom"), lexicon)
        subject = subject_before(shown, match.start(), lexicon)
        if whom is not None and whom.name:
            carrier = shown[subject.begin : subject.end] if subject else ""
            yield Attribution(replace(whom, carrier=carrier), Stance.ASSERTS, (0, 0), match.span(), certainty=0.85)
    for match in lexicon.quoted_as.finditer(shown) if " as " in shown else ():
        subject = subject_before(shown, match.start(), lexicon)
        if subject is not None and subject.name:
            subject = replace(subject, carrier=match["by"] or match["after"] or "")
            yield Attribution(subject, Stance.ASSERTS, (0, 0), match.span(), certainty=0.9)


def _silences(shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """ "There was no comment from X", "neither X nor Y responded"."""
    for match in lexicon.silence["from"].finditer(shown):
        begins = [match.end()]
        while begins:
            speaker = object_after(shown, begins.pop(), lexicon)
            if speaker is not None and speaker.name:
                yield Attribution(speaker, Stance.SILENT, (0, 0), match.span(), about=True, certainty=0.8)
                another = _ANOTHER.match(shown, speaker.end)
                begins += [another.end()] if another else []
    for match in lexicon.silence["neither"].finditer(shown):
        for group in ("one", "other"):
            speaker = object_after(shown[: match.end(group)], match.start(group), lexicon)
            if speaker is not None and speaker.name:
                yield Attribution(speaker, Stance.SILENT, (0, 0), match.span(group), about=True, certainty=0.8)


def _passives(shown: str, lexicon: Lexicon) -> Iterator[Attribution]:
    """ "…, reported by X", "was denied by X"."""
    for match in lexicon.passive.finditer(shown):
        speaker = object_after(shown, match.end(), lexicon)
        if speaker is not None and speaker.name:
            says = lexicon.passives[match[1]]
            what = subject_before(shown, match.start(), lexicon)
            negated = negated_at(shown, match.start(), lexicon) is not None or bool(
                what and says_nothing(shown, what, lexicon)
            )
            about = says is not Stance.ASSERTS
            yield Attribution(speaker, says, (0, 0), match.span(), about, certainty=0.8, negated=negated)


def _speaker(shown: str, match: re.Match[str], lexicon: Lexicon, negated: int | None) -> tuple[Phrase | None, float]:
    """The subject before the verb, or after it where a quotation or a comma stands right before ("…,” said X");
    `negated` is where the words before the verb begin that negate it."""
    before = shown[: match.start()].rstrip()
    verb = match.group().split(" ", 1)[0]
    active = verb.endswith("ing") or verb in {"yet", "unable"}
    passive = not active and PASSIVE.search(before if negated is None else shown[:negated].rstrip())
    if passive or negated is not None:
        return (None if passive or negated is None else subject_before(shown, negated, lexicon)), 0
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


def distinct(found: list[Attribution]) -> list[Attribution]:
    """Without second readings of one verb; several may be silent together."""
    kept: list[Attribution] = []
    for one in found:
        silent = kept and one.says is kept[-1].says is Stance.SILENT and one.verb == kept[-1].verb
        if not kept or silent or one.verb[0] >= kept[-1].verb[1]:
            kept.append(one)
    return kept
