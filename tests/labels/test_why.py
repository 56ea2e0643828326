"""Why a claim has its label, word for word, for every rule."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from digest.labels.rules import CONDITIONAL, OVERRIDE, RULES
from digest.labels.verdict import judge
from digest.labels.why import why
from digest.labels.words import English
from digest.model import Claim, ClaimKind, Label, Party, Registry, Stance, Statement
from tests.labels.cases import DAY2, DAY3, REGISTRY, about, analyses, knows, override, relays, reports, saw

DENIES, RETRACTS = Stance.DENIES, Stance.RETRACTS
FORECAST, OPINION = ClaimKind.FORECAST, ClaimKind.OPINION
WEAK = Claim("weak", "The bridge was struck at night.", statements=(knows("ru-mod"),))


@dataclass(frozen=True)
class Told:
    """A claim, the rule that it falls under, and the sentence that says so."""

    rule: str
    sentence: str
    claim: Claim


def told(rule: str, sentence: str, *statements: Statement, **more: object) -> Told:
    """One case of the table."""
    return Told(rule, sentence, about(*statements, **more)[0])


TABLE = (
    told(OVERRIDE, "Desk set this label: The desk has seen the court file.",
         knows("un"), override=override(Label.CONFIRMED, DAY2)),
    told(CONDITIONAL, "It depends on another claim, “The bridge was struck at night”, and gets that one’s label: "
         "One side’s claim.",
         saw("un"), depends_on="weak"),
    told("on-record", "On record from the speaker: United Nations.",
         knows("un"), kind=ClaimKind.UTTERANCE, of="un"),
    told("on-record", "On record from the one who acted: Russian Ministry of Defence.",
         knows("ru-mod"), kind=ClaimKind.ACT, of="ru-mod"),
    told("not-checkable", "This is a forecast by CSIS and ISW: it cannot be checked before its time.",
         knows("csis"), knows("isw"), kind=FORECAST),
    told("not-checkable", "A forecast cannot be checked before its time.",
         kind=FORECAST),
    told("not-checkable", "This is an opinion held by AFP: it can be shared or not, but not checked.",
         knows("afp"), kind=OPINION),
    told("not-checkable", "An opinion can be shared or not, but not checked.",
         kind=OPINION),
    told("withdrawn", "Taken back by its source: United Nations; nothing else speaks for it.",
         saw("un"), knows("un", says=RETRACTS, day=DAY2)),
    told("withdrawn", "Taken back by its sources: ISW and United Nations; nothing else speaks for it.",
         saw("un"), knows("isw"), knows("un", says=RETRACTS, day=DAY2), knows("isw", says=RETRACTS, day=DAY2)),
    told("split", "Independent sources disagree: United Nations and A witness for it, ISW against.",
         saw("un"), saw("witness"), knows("isw", says=DENIES)),
    told("refuted", "Found to be wrong by two independent sources: ISW and United Nations; none speaks for it.",
         knows("ru-mod"), saw("un", says=DENIES), knows("isw", says=DENIES)),
    told("challenged", "No independent source speaks for it, and it is contradicted independently: ISW and "
         "United Nations.",
         knows("ru-mod"), knows("un", says=DENIES), knows("isw", says=DENIES)),
    told("confirmed", "It rests on two independent sources: United Nations and A witness; at first hand or by a check "
         "of its own: A witness.",
         knows("un"), saw("witness")),
    told("confirmed", "It rests on two independent sources: Russia against its own interest and United Nations; at "
         "first hand or by a check of its own: Russia against its own interest.",
         knows("ru-mod"), knows("un"), harms=frozenset({"ru"})),
    told("both-sides", "Two sides that oppose each other both say so: Russia and Ukraine; nobody independent has "
         "confirmed it.",
         knows("ru-mod"), knows("ua-mod")),
    told("both-sides", "Two sides that oppose each other both say so: Russia and Ukraine; and so does one independent "
         "source: United Nations.",
         knows("ru-mod"), knows("ua-mod"), saw("un")),
    told("corroborated", "Independent sources say so, but none of them knows it at first hand or checked it: ISW and "
         "United Nations.",
         knows("un"), knows("isw")),
    told("corroborated", "One independent source says so: United Nations; one side or its ally bears it out: "
         "UK Ministry of Defence.",
         knows("un"), knows("uk-mod")),
    told("single", "Only one independent source says so: United Nations.",
         saw("un"), reports("reuters")),
    told("parties-split", "The sides contradict each other: Ukrainian Ministry of Defence for it, Tass against; "
         "nobody independent has settled it.",
         knows("ua-mod"), knows("tass", says=DENIES)),
    told("party", "Only one side says so: Russian Ministry of Defence and Tass, speaking for Russia.",
         knows("ru-mod"), knows("tass")),
    told("party", "Only sides with a stake in it say so: Russian Ministry of Defence and Turkish Foreign Ministry, "
         "speaking for Russia and Türkiye.",
         knows("ru-mod"), knows("tr-mfa")),
    told("party", "Only one side says so: ISW through Tass, speaking for Russia.",
         knows("isw", via=("tass", "reuters"))),
    told("party", "Only one side says so: Ukrainian Ministry of Defence, speaking for Ukraine.",
         knows("ua-mod"), relays("bbc", "ua-mod")),
    told("thin", "It rests on UK Ministry of Defence, aligned with Ukraine.",
         knows("uk-mod")),
    told("thin", "It rests on ISW, analysing what comes from Ukraine.",
         knows("ua-mod"), analyses("isw", "ua-mod")),
    told("thin", "It rests on Reuters, which does not say how it knows.",
         reports("reuters"), analyses("isw", "reuters")),
    told("thin", "It rests on a source that is not named and AFP, which does not say how it knows.",
         knows("official"), reports("afp")),
    told("thin", "It rests on AFP and Reuters, which do not say how they know.",
         reports("afp"), reports("reuters")),
    told("none", "Nobody who can be held to it says so; it comes from A post.",
         relays("post")),
    told("none", "Nobody whose word counts is on record as saying so; against it: Tass.",
         knows("tass", says=DENIES)),
    told("none", "Nobody whose word counts is on record as saying so.",
         analyses("isw", says=Stance.RELATES)),
)  # fmt: skip


def told_of(claim: Claim, registry: Registry = REGISTRY) -> tuple[str, str]:
    """The rule that a claim falls under, and the sentence."""
    verdict = judge(claim, {"c": claim, "weak": WEAK}, registry, DAY3)
    return verdict.rule, why(verdict, English(), WEAK if claim.depends_on else None)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.sentence)
def test_a_rule_is_told_in_these_words(case: Told) -> None:
    assert told_of(case.claim) == (case.rule, case.sentence)


def test_the_table_tells_every_rule() -> None:
    assert {case.rule for case in TABLE} == {OVERRIDE, CONDITIONAL, *(rule.name for rule in RULES)}


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.sentence)
def test_names_that_end_in_brackets_leave_a_clean_sentence(case: Told) -> None:
    sources = {i: replace(s, name=f"{s.name} ({i})") for i, s in REGISTRY.sources.items()}
    parties = {i: Party(i, f"{p.name} ({i})", p.opposes) for i, p in REGISTRY.parties.items()}
    _rule, sentence = told_of(case.claim, Registry(parties, sources))
    assert "))" not in sentence
    assert "((" not in sentence
    assert "  " not in sentence
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert sentence[0].isupper()


def test_numbers_are_words_up_to_ten_and_then_figures() -> None:
    assert [English().number(n) for n in (1, 2, 10, 11)] == ["one", "two", "ten", "11"]
