"""A second computation of labels, written as sets and comprehensions, to compare the real one with.

It is slow on purpose: every line should be readable beside the rules for labels in the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from digest.model import Basis, Claim, ClaimKind, Label, Registry, RelationKind, SourceKind, Stance, Statement

FOR, AGAINST = 1, -1
PARTY, ROOT, ALIGNED, ANONYMOUS, REPORT, UNATTRIBUTED = (
    "party",
    "root",
    "aligned",
    "anonymous",
    "report",
    "unattributed",
)
MOUTHPIECE = (RelationKind.SPEAKS_FOR, RelationKind.CONTROLLED_BY)


class Reference(NamedTuple):
    """What the rules say: the label, the rule that gave it, the badges, and under an override the computed label."""

    label: Label
    rule: str
    badges: tuple[str, ...]
    computed: Label | None


class Voice(NamedTuple):
    """One thing that a statement may be worth; `who` is a party (party, aligned) or a root's name (root)."""

    kind: str
    who: str = ""
    checked: bool = False


Worth = frozenset[Voice]
Edges = frozenset[tuple[int, int]]
NOTHING: Worth = frozenset()


def closure(edges: Edges) -> Edges:
    """The pairs (a, b) where some path leads from a to b."""
    longer = edges | {(a, d) for a, b in edges for c, d in edges if b == c}
    return edges if longer == edges else closure(longer)


def opposed_pairs(parties: set[str], registry: Registry) -> set[tuple[str, str]]:
    return {(p, q) for p in parties for q in parties if registry.opposed(p, q)}


@dataclass(frozen=True)
class Hearing:
    """All that is on record about one claim at one moment."""

    claim: Claim
    registry: Registry
    at: datetime

    @cached_property
    def recorded(self) -> tuple[Statement, ...]:
        return tuple(s for s in self.claim.statements if s.recorded <= self.at)

    @cached_property
    def retracted(self) -> set[str]:
        """The sources that have withdrawn what they said."""
        return {s.by for s in self.recorded if s.says is Stance.RETRACTS}

    @cached_property
    def counted(self) -> dict[int, Statement]:
        """The statements for or against that still stand, numbered."""
        return {i: s for i, s in enumerate(self.recorded) if s.says.polarity and s.by not in self.retracted}

    def parties(self, source: str, statement: Statement, *kinds: RelationKind) -> frozenset[str]:
        """The parties that a source was tied to when the statement was made."""
        entry = self.registry.sources.get(source)
        return entry.parties(statement.said or statement.recorded, *kinds) if entry else frozenset()

    def voice_of(self, s: Statement) -> frozenset[str]:
        """Rules 1 and 2: the parties whose voice this is, by the first party carrier, else by the speaker."""
        speakers = [self.parties(name, s, *MOUTHPIECE) for name in (*s.via, s.by)]
        return next(filter(None, speakers), frozenset())

    def against_interest(self, party: str, s: Statement) -> bool:
        return party in (self.claim.harms if s.says.polarity == FOR else self.claim.benefits)

    def kind(self, s: Statement) -> SourceKind | None:
        entry = self.registry.sources.get(s.by)
        return entry.kind if entry else None

    # What the statements rest on

    def derives(self, s: Statement) -> bool:
        """Whether a statement is judged by what it derives from: rules 1 to 5 leave it, and 6 or 7 take it."""
        return (
            not self.voice_of(s)
            and self.kind(s) not in {SourceKind.ANONYMOUS, SourceKind.SOCIAL}
            and not self.parties(s.by, s, RelationKind.ALIGNED_WITH)
            and s.basis in {Basis.RELAY, Basis.UNSTATED, Basis.ANALYSIS}
        )

    @cached_property
    def edges(self) -> Edges:
        """The pairs (a, b) where statement a derives from statement b."""
        return frozenset(
            (i, j)
            for i, s in self.counted.items()
            for j, other in self.counted.items()
            if i != j and self.derives(s) and other.by in s.derived_from and other.says.polarity == s.says.polarity
        )

    @cached_property
    def sound_edges(self) -> Edges:
        """Derivation without its circles: no edge that leads back, none from a source to itself."""
        paths = closure(self.edges)
        return frozenset(
            (i, j) for i, j in self.edges if (j, i) not in paths and self.counted[i].by != self.counted[j].by
        )

    def worth(self, i: int) -> Worth:
        """What one statement is worth: the first rule that applies (1 and 2 are one line)."""
        s, kind = self.counted[i], self.kind(self.counted[i])
        root, orphan = self.registry.root_name(s.by), not s.derived_from
        heard = NOTHING.union(*(self.worth(j) for k, j in self.sound_edges if k == i))
        voiced, allies = self.voice_of(s), self.parties(s.by, s, RelationKind.ALIGNED_WITH)
        admitted = {Voice(ROOT, f"party:{p}", checked=True) for p in voiced if self.against_interest(p, s)}
        partisan = {v.who for v in heard if v.kind in {PARTY, ALIGNED}}
        seen = s.basis in {Basis.FIRST_HAND, Basis.OWN_INVESTIGATION}
        retelling, analysis = s.basis in {Basis.RELAY, Basis.UNSTATED}, s.basis is Basis.ANALYSIS and not orphan
        table: list[tuple[object, set[Voice] | Worth]] = [
            (voiced, {Voice(PARTY, p) for p in voiced} | admitted),
            (kind is SourceKind.ANONYMOUS and self.retracted & set(s.via[:1]), NOTHING),
            (kind is SourceKind.ANONYMOUS, {Voice(ANONYMOUS)}),
            (kind is SourceKind.SOCIAL, {Voice(UNATTRIBUTED)}),
            (allies, {Voice(ALIGNED, p) for p in allies}),
            (s.basis is Basis.RELAY and orphan, {Voice(UNATTRIBUTED)}),
            (s.basis is Basis.UNSTATED and orphan, {Voice(REPORT)}),
            (retelling, heard),
            (analysis and any(v.kind == ROOT and not v.who.startswith("party:") for v in heard), {Voice(ROOT, root)}),
            (analysis and partisan, {Voice(ALIGNED, p) for p in partisan}),
            (analysis and Voice(REPORT) in heard, {Voice(REPORT)}),
            (analysis, {Voice(UNATTRIBUTED)}),
            (True, {Voice(ROOT, root, checked=seen)}),
        ]
        return frozenset(next(worth for applies, worth in table if applies))

    # All statements of one polarity together

    def voices(self, polarity: int) -> Worth:
        return NOTHING.union(*(self.worth(i) for i, s in self.counted.items() if s.says.polarity == polarity))

    def who(self, kind: str, polarity: int) -> set[str]:
        """The parties or root names of the voices of one kind."""
        return {v.who for v in self.voices(polarity) if v.kind == kind}

    def established(self, polarity: int) -> bool:
        """Two or more independent roots, one of them checked."""
        return len(self.who(ROOT, polarity)) > 1 and any(v.checked for v in self.voices(polarity))

    # The conditions of single rules

    def on_record(self) -> bool:
        """Whether the claim is about words or an act of a source that says so itself and does not deny it."""
        own = [s for s in self.counted.values() if s.by == self.claim.of]
        return (
            self.claim.kind in {ClaimKind.UTTERANCE, ClaimKind.ACT}
            and all(s.says.polarity == FOR for s in own)
            and any(not self.opposing_carrier(s) for s in own)
        )

    def opposing_carrier(self, s: Statement) -> bool:
        """Whether some carrier is tied to a party that opposes a party of the speaker."""
        return any(
            self.registry.opposed(p, q)
            for carrier in s.via
            for p in self.parties(carrier, s)
            for q in self.parties(s.by, s)
        )

    def withdrawn(self) -> bool:
        """Someone withdrew (something other than denials), and nothing is left on either side."""
        stances = {by: {s.says.polarity for s in self.recorded if s.by == by} - {0} for by in self.retracted}
        return (
            any(polarities != {AGAINST} for polarities in stances.values())
            and not self.voices(FOR)
            and not self.who(ROOT, AGAINST)
        )

    def backing(self, kind: str) -> set[str]:
        """The parties that stand beside the only root for the claim; not one whose own admission that root is."""
        roots = self.who(ROOT, FOR)
        return {p for p in self.who(kind, FOR) if roots != {f"party:{p}"}} if len(roots) == 1 else set()

    def rule(self) -> tuple[str, Label]:
        """The first rule that matches, without override and condition, and its label."""
        pro, con = self.who(ROOT, FOR), self.who(ROOT, AGAINST)
        parties, deniers = self.who(PARTY, FOR), self.who(PARTY, AGAINST)
        thin = {v for v in self.voices(FOR) if v.kind in {ALIGNED, ANONYMOUS, REPORT}}
        opinion = self.claim.kind in {ClaimKind.FORECAST, ClaimKind.OPINION}
        table = [
            ("on-record", self.on_record(), Label.CONFIRMED),
            ("not-checkable", opinion, Label.NOT_CHECKABLE),
            ("withdrawn", self.withdrawn(), Label.RETRACTED),
            ("split", pro and con, Label.DISPUTED),
            ("refuted", self.established(AGAINST), Label.REFUTED),
            ("challenged", con, Label.DISPUTED),
            ("confirmed", self.established(FOR), Label.CONFIRMED),
            ("both-sides", opposed_pairs(parties, self.registry) and len(pro) < 2, Label.CORROBORATED),
            ("corroborated", len(pro) > 1 or self.backing(ALIGNED) or self.backing(PARTY), Label.CORROBORATED),
            ("single", pro, Label.SINGLE_SOURCE),
            ("parties-split", {(p, q) for p in parties for q in deniers if p != q}, Label.DISPUTED),
            ("party", parties and not thin, Label.PARTY_CLAIM),
            ("thin", thin, Label.SINGLE_SOURCE),
            ("none", True, Label.UNVERIFIED),
        ]
        return next((name, label) for name, holds, label in table if holds)

    # Badges

    def not_spoken_since(self, stance: Stance) -> set[str]:
        """The sources with such a statement after which they have said nothing for or against."""
        last = {s.by: s.recorded for s in sorted(self.recorded, key=lambda s: s.recorded) if s.says is stance}
        spoken = {s.by for s in self.counted.values() if s.by in last and s.recorded >= last[s.by]}
        return last.keys() - spoken - self.retracted

    def badges(self, label: Label, rule: str) -> tuple[str, ...]:
        """The badges beside the label that readers see in the end."""
        admitted = {n[6:] for side in (FOR, AGAINST) for n in self.who(ROOT, side) if n.startswith("party:")}
        denials = self.who(PARTY, AGAINST) if label in {Label.CONFIRMED, Label.CORROBORATED} else set()
        covered = {Voice(PARTY, p) for p in denials}
        against = [(s.by, self.worth(i)) for i, s in self.counted.items() if s.says.polarity == AGAINST]
        contradicting = {by for by, worth in against if worth - covered and not any(v.kind == ROOT for v in worth)}
        thin = {v.kind for v in self.voices(FOR)} if rule == "thin" else set()
        allied = ALIGNED in thin or (rule == "corroborated" and self.backing(ALIGNED))
        named = {
            "admission": admitted,
            "both-sides": {""} if opposed_pairs(self.who(PARTY, FOR), self.registry) else set(),
            "denied-by": denials,
            "contradicted-by": contradicting,
            "anonymous": thin & {ANONYMOUS} and {""},
            "allied": {""} if allied else set(),
            "reported": thin & {REPORT} and {""},
            "no-comment": self.not_spoken_since(Stance.DECLINES),
            "silent": self.not_spoken_since(Stance.SILENT),
            "not-verified-by": self.not_spoken_since(Stance.CANNOT_VERIFY),
            "related": {s.by for s in self.recorded if s.says is Stance.RELATES} - self.retracted,
        }
        return (
            *(["overridden"] if rule == "override" else []),
            *(["conditional"] if self.claim.depends_on else []),
            *(f"{badge}:{name}" if name else badge for badge, names in named.items() for name in sorted(names)),
        )


def conditions(claim: Claim, claims: Mapping[str, Claim]) -> list[Claim]:
    """The claim and those that it depends on, one after the other; a circle ends where it closes."""
    chain = [claim]
    while (other := claims.get(chain[-1].depends_on)) and other.id not in {c.id for c in chain}:
        chain.append(other)
    return chain


def outcome(chain: list[Claim], registry: Registry, at: datetime, *, overrides: bool = True) -> tuple[str, Label]:
    """The rule and label of the first claim in a chain of conditions, with its override or its condition's cap."""
    claim, *others = chain
    if overrides and claim.override and claim.override.since <= at:
        return "override", claim.override.label
    rule, label = Hearing(claim, registry, at).rule()
    cap = outcome(others, registry, at)[1] if others else label
    return ("conditional", cap) if cap.strength > label.strength else (rule, label)


def verdict(claim: Claim, claims: Mapping[str, Claim], registry: Registry, at: datetime) -> Reference:
    """The label of a claim at a moment; `claims` are all claims by id, for `depends_on`."""
    rule, label = outcome(conditions(claim, claims), registry, at)
    hearing = Hearing(claim, registry, at)
    computed = outcome(conditions(claim, claims), registry, at, overrides=False)[1]
    return Reference(label, rule, hearing.badges(label, rule), computed if rule == "override" else None)


def history(claim: Claim, claims: Mapping[str, Claim], registry: Registry) -> list[tuple[datetime, Label, str]]:
    """Every moment from the first record on at which the claim's label or its rule changed."""
    chain = conditions(claim, claims)
    moments = {s.recorded for c in chain for s in c.statements} | {c.override.since for c in chain if c.override}
    first = min((s.recorded for s in claim.statements), default=min(moments, default=None))
    told = [at for at in sorted(moments) if first is None or at >= first]
    entries = [(at, *verdict(claim, claims, registry, at)[:2]) for at in told]
    return entries[:1] + [new for old, new in pairwise(entries) if old[1:] != new[1:]]
