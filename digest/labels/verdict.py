"""A claim's label at a moment, and through time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import datetime

from digest.frozen import Frozen
from digest.labels.badges import badges
from digest.labels.evidence import Evidence, evidence
from digest.labels.rules import CONDITIONAL, OVERRIDE, first_match
from digest.model import Claim, Label, Override, Registry


class Verdict(Frozen, frozen=True):
    """A label with its ground. `rule` is the rule that gave it ("override" and "conditional" included), `by_rules`
    the rule that the evidence alone matched; `computed` is the label without the override in force, else None;
    `capped_by` the claim whose weaker label caps this one."""

    label: Label
    rule: str
    badges: tuple[str, ...]
    evidence: Evidence
    by_rules: str
    computed: Label | None = None
    override: Override | None = None
    capped_by: str = ""

    @property
    def stale(self) -> bool:
        """Whether something was recorded after the override in force."""
        return self.override is not None and any(s.recorded > self.override.covers for s in self.evidence.statements)


def judge(claim: Claim, claims: Mapping[str, Claim], registry: Registry, at: datetime) -> Verdict:
    """The claim's label at a moment. `claims` holds what `depends_on` may name; a missing one caps nothing."""
    chain = dependence(claim, claims)
    verdict = _judge(chain[-1], registry, at, None)
    for link in reversed(chain[:-1]):
        verdict = _judge(link, registry, at, verdict)
    return verdict


def dependence(claim: Claim, claims: Mapping[str, Claim]) -> list[Claim]:
    """The claim, the one that it depends on, and so on; a circle ends where it closes."""
    chain, seen = [claim], {claim.id}
    while (link := claims.get(chain[-1].depends_on)) is not None and link.id not in seen:
        chain.append(link)
        seen.add(link.id)
    return chain


def _judge(claim: Claim, registry: Registry, at: datetime, ground: Verdict | None) -> Verdict:
    """The label of a claim that depends on one with that verdict, if on any."""
    known = evidence(claim, registry, at)
    matched = first_match(known)
    label, rule, capped_by = matched.label, matched.name, ""
    if ground is not None and ground.label.strength > label.strength:
        label, rule, capped_by = ground.label, CONDITIONAL, ground.evidence.claim.id
    override = claim.override if claim.override is not None and claim.override.since <= at else None
    computed = label if override else None
    if override:
        label, rule = override.label, OVERRIDE
    notes = badges(known, label, rule, overridden=override is not None)
    return Verdict(label, rule, notes, known, matched.name, computed, override, capped_by)


class Course(Frozen, frozen=True):
    """A claim's verdicts through time: `moments` ascending, `verdicts[i]` holds from `moments[i]` on."""

    claim: Claim
    moments: tuple[datetime, ...]
    verdicts: tuple[Verdict, ...]

    def at(self, moment: datetime) -> Verdict | None:
        """The verdict at a moment; None before anything was recorded."""
        index = bisect_right(self.moments, moment)
        return self.verdicts[index - 1] if index else None

    @property
    def now(self) -> Verdict:
        """The newest verdict."""
        return self.verdicts[-1]

    @property
    def history(self) -> tuple[tuple[datetime, Verdict], ...]:
        """The moments at which the label or the rule changed, with the verdict from then on."""
        return tuple(self._changes())

    def _changes(self) -> Iterator[tuple[datetime, Verdict]]:
        last = None
        for moment, verdict in zip(self.moments, self.verdicts, strict=True):
            if (verdict.label, verdict.rule) != last:
                last = (verdict.label, verdict.rule)
                yield moment, verdict


def course(claim: Claim, claims: Mapping[str, Claim], registry: Registry, until: datetime | None = None) -> Course:
    """The claim's verdicts at each moment when one may change, up to `until` (included) where it is given.

    A claim without any statement has one verdict, at its override's or else at the earliest moment there is.
    """
    first = min((s.recorded for s in claim.statements), default=None)
    moments = sorted(m for m in _moments(claim, claims) if first is None or m >= first)
    if until is not None:
        moments = [m for m in moments if m <= until] or [until]
    if not moments:
        moments = [_BEGINNING]
    return Course(claim, tuple(moments), tuple(judge(claim, claims, registry, m) for m in moments))


_BEGINNING = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


def _moments(claim: Claim, claims: Mapping[str, Claim]) -> set[datetime]:
    chain = dependence(claim, claims)
    return {s.recorded for c in chain for s in c.statements} | {c.override.since for c in chain if c.override}
