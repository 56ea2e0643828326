"""Badges: short notes beside a label, as `kind` or `kind:who`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from digest.labels.evidence import Evidence
from digest.labels.worth import Worth
from digest.model import Label, Stance

MEANINGS: dict[str, str] = {
    "overridden": "An editor has set the label",
    "conditional": "It depends on another claim",
    "admission": "A party says so against its own interest",
    "both-sides": "Parties that oppose each other agree on it",
    "denied-by": "A party denies what is confirmed or corroborated",
    "contradicted-by": "Somebody speaks against it whose word alone does not decide",
    "anonymous": "It rests on a source that is not named",
    "allied": "It rests on an ally of a party",
    "reported": "It rests on reports that do not say how they know",
    "no-comment": "Asked, and would not comment",
    "silent": "Has not commented",
    "not-verified-by": "Says that it could not verify it",
    "related": "Gives a related figure or fact that neither supports nor contradicts it",
}

_REMARKS = {
    Stance.DECLINES: "no-comment",
    Stance.SILENT: "silent",
    Stance.CANNOT_VERIFY: "not-verified-by",
    Stance.RELATES: "related",
}
_ENDED_BY_SPEAKING = ("no-comment", "silent", "not-verified-by")
_DENIABLE = frozenset({Label.CONFIRMED, Label.CORROBORATED})


def badges(evidence: Evidence, label: Label, rule: str, *, overridden: bool) -> tuple[str, ...]:
    """The badges of a claim, in the order of `MEANINGS`; `label` and `rule` are the ones that readers see."""
    return tuple(_badges(evidence, label, rule, overridden=overridden))


def _badges(evidence: Evidence, label: Label, rule: str, *, overridden: bool) -> Iterator[str]:
    if overridden:
        yield "overridden"
    if evidence.claim.depends_on:
        yield "conditional"
    for party in sorted(evidence.pro.admissions | evidence.con.admissions):
        yield f"admission:{party}"
    if evidence.both_sides:
        yield "both-sides"
    denied_by = evidence.con.voices if label in _DENIABLE else frozenset()
    for party in sorted(denied_by):
        yield f"denied-by:{party}"
    for source in sorted(_contradicting(evidence, denied_by)):
        yield f"contradicted-by:{source}"
    yield from _grounds(evidence, rule)
    yield from _remarks(evidence)


def _contradicting(evidence: Evidence, denied_by: frozenset[str]) -> set[str]:
    return {
        statement.by
        for statement, worth in zip(evidence.statements, evidence.worths, strict=True)
        if statement.says.polarity < 0 and worth and not worth.roots and worth != Worth(voices=worth.voices & denied_by)
    }


def _grounds(evidence: Evidence, rule: str) -> Iterator[str]:
    if rule == "thin":
        if evidence.pro.anonymous:
            yield "anonymous"
        if evidence.pro.aligned:
            yield "allied"
        if evidence.pro.report:
            yield "reported"
    elif rule == "corroborated" and len(evidence.pro.roots) == 1 and evidence.allies:
        yield "allied"


def _remarks(evidence: Evidence) -> Iterator[str]:
    last_remark: dict[str, dict[str, datetime]] = {kind: {} for kind in _REMARKS.values()}
    last_word: dict[str, datetime] = {}
    for statement in evidence.statements:
        if statement.by in evidence.retracted:
            continue
        kind = _REMARKS.get(statement.says)
        times = last_word if kind is None else last_remark[kind]
        times[statement.by] = max(statement.recorded, times.get(statement.by, statement.recorded))
    for kind, times in last_remark.items():
        for source, recorded in sorted(times.items()):
            if kind in _ENDED_BY_SPEAKING and source in last_word and last_word[source] >= recorded:
                continue
            yield f"{kind}:{source}"
