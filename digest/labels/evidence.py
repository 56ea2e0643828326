"""What is known of a claim at a moment: its statements recorded by then, weighed."""

from __future__ import annotations

from datetime import datetime

from digest.frozen import Frozen
from digest.labels.worth import Worth, total, weigh
from digest.model import Claim, Registry, Stance, Statement


class Evidence(Frozen, frozen=True):
    """A claim's statements at a moment with their worths (same order). `pro` and `con` are what the statements for
    and against count for together; `retracted` are the sources that have retracted."""

    claim: Claim
    registry: Registry
    at: datetime
    statements: tuple[Statement, ...]
    worths: tuple[Worth, ...]
    pro: Worth
    con: Worth
    retracted: frozenset[str]

    @property
    def on_record(self) -> bool:
        """Whether the one whose words or act it is says so itself, through nobody opposed, and has not denied it."""
        speaker = self.claim.of
        if not speaker or speaker in self.retracted:
            return False
        own = [s for s in self.statements if s.by == speaker and s.says.polarity]
        if any(s.says.polarity < 0 for s in own):
            return False
        return any(not self._opposed_carrier(s) for s in own)

    def _opposed_carrier(self, statement: Statement) -> bool:
        at = statement.said or statement.recorded
        parties = self.registry.sources[statement.by].parties(at)
        return any(
            self.registry.opposed(carrier_party, party)
            for carrier in statement.via
            if (entry := self.registry.sources.get(carrier)) is not None
            for carrier_party in entry.parties(at)
            for party in parties
        )

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took back having said so (and not just having denied it)."""
        return any(not words or max(words) > 0 for words in map(self._polarities, self.retracted))

    def _polarities(self, source: str) -> list[int]:
        return [s.says.polarity for s in self.statements if s.by == source and s.says.polarity]

    @property
    def both_sides(self) -> tuple[str, str] | None:
        """Two parties that oppose each other and are both for it: the first such pair by id."""
        voices = sorted(self.pro.voices)
        for i, one in enumerate(voices):
            for other in voices[i + 1 :]:
                if self.registry.opposed(one, other):
                    return one, other
        return None

    @property
    def allies(self) -> frozenset[str]:
        """Parties whose allies are for it, without the party whose own admission is a root."""
        return self.pro.aligned - self.pro.admissions

    @property
    def borne_out(self) -> bool:
        """Whether something beside the one independent root speaks for it: a party or an ally of one, but not the side
        that admits it (one side alone never corroborates itself)."""
        return bool(self.allies or self.pro.voices - self.pro.admissions)

    @property
    def party_against_party(self) -> bool:
        """Whether a party is for it and a different party against it."""
        return any(one != other for one in self.pro.voices for other in self.con.voices)


def evidence(claim: Claim, registry: Registry, at: datetime) -> Evidence:
    """Weigh the claim's statements that were recorded at or before the moment."""
    statements = tuple(s for s in claim.statements if s.recorded <= at)
    retracted = frozenset(s.by for s in statements if s.says is Stance.RETRACTS)
    worths = tuple(weigh(claim, statements, registry, retracted))
    return Evidence(
        claim,
        registry,
        at,
        statements,
        worths,
        total(w for s, w in zip(statements, worths, strict=True) if s.says.polarity > 0),
        total(w for s, w in zip(statements, worths, strict=True) if s.says.polarity < 0),
        retracted,
    )
