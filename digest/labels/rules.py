"""The rules that give a claim its label: the first that matches. The labels page is made from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digest.labels.evidence import Evidence
from digest.model import ClaimKind, Label

_UNCHECKABLE = frozenset({ClaimKind.FORECAST, ClaimKind.OPINION})
_ON_RECORD = frozenset({ClaimKind.UTTERANCE, ClaimKind.ACT})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable name, its condition in words and as a function, the label that it gives."""

    name: str
    condition: str
    label: Label
    matches: Callable[[Evidence], bool]


RULES: tuple[Rule, ...] = (
    Rule(
        "on-record",
        "It is about somebody’s own words or act, and that source says so itself, directly or through carriers that "
        "are not opposed to it, and has not denied it",
        Label.CONFIRMED,
        lambda e: e.claim.kind in _ON_RECORD and e.on_record,
    ),
    Rule(
        "not-checkable",
        "It is a forecast or an opinion",
        Label.NOT_CHECKABLE,
        lambda e: e.claim.kind in _UNCHECKABLE,
    ),
    Rule(
        "withdrawn",
        "A source has retracted it, nothing else is left that speaks for it, and no independent source is against it",
        Label.RETRACTED,
        lambda e: bool(e.retracted) and not e.pro and not e.con.roots and e.withdrawn,
    ),
    Rule(
        "split",
        "Independent sources stand on both sides",
        Label.DISPUTED,
        lambda e: bool(e.pro.roots and e.con.roots),
    ),
    Rule(
        "refuted",
        "Two or more independent sources are against it, at least one of them has checked, and none is for it",
        Label.REFUTED,
        lambda e: len(e.con.roots) >= 2 and bool(e.con.checked),
    ),
    Rule(
        "challenged",
        "An independent source is against it and none is for it",
        Label.DISPUTED,
        lambda e: bool(e.con.roots),
    ),
    Rule(
        "confirmed",
        "Two or more independent sources are for it, and at least one of them has checked",
        Label.CONFIRMED,
        lambda e: len(e.pro.roots) >= 2 and bool(e.pro.checked),
    ),
    Rule(
        "both-sides",
        "Two parties that oppose each other both say so, and fewer than two independent sources do",
        Label.CORROBORATED,
        lambda e: len(e.pro.roots) < 2 and e.both_sides is not None,
    ),
    Rule(
        "corroborated",
        "Two or more independent sources are for it, or one is and a party or its ally bears it out (not the side "
        "that admits it)",
        Label.CORROBORATED,
        lambda e: len(e.pro.roots) >= 2 or (len(e.pro.roots) == 1 and e.borne_out),
    ),
    Rule(
        "single",
        "One independent source is for it",
        Label.SINGLE_SOURCE,
        lambda e: len(e.pro.roots) == 1,
    ),
    Rule(
        "parties-split",
        "One party says so, another party says otherwise",
        Label.DISPUTED,
        lambda e: e.party_against_party,
    ),
    Rule(
        "party",
        "Only voices of a party say so",
        Label.PARTY_CLAIM,
        lambda e: bool(e.pro.voices) and not (e.pro.aligned or e.pro.anonymous or e.pro.report),
    ),
    Rule(
        "thin",
        "An ally of a party, a source that is not named, or a report that does not say how it knows is for it",
        Label.SINGLE_SOURCE,
        lambda e: bool(e.pro.aligned or e.pro.anonymous or e.pro.report),
    ),
    Rule(
        "none",
        "None of the above",
        Label.UNVERIFIED,
        lambda _: True,
    ),
)

OVERRIDE = "override"
OVERRIDE_CONDITION = "An editor has set the label, with a reason; the label by the rules is shown beside it"
CONDITIONAL = "conditional"
CONDITIONAL_CONDITION = "It depends on another claim, whose label is weaker: it gets that one"


def first_match(evidence: Evidence) -> Rule:
    """The first rule whose condition holds; the last one always does."""
    return next(rule for rule in RULES if rule.matches(evidence))
