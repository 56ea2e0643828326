"""Claims and statements: what is said to be true, and who says what about it (SPEC 2.1, 2.3)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from digest.frozen import Frozen
from digest.problems import NOWHERE, Location


class ClaimKind(StrEnum):
    """What sort of thing a claim says."""

    EVENT = "event"
    QUANTITY = "quantity"
    CONTROL = "control"
    RESPONSIBILITY = "responsibility"
    UTTERANCE = "utterance"
    ACT = "act"
    FORECAST = "forecast"
    OPINION = "opinion"


class Stance(StrEnum):
    """What a statement does to a claim."""

    ASSERTS = "asserts"
    SUPPORTS = "supports"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    RELATES = "relates"
    DECLINES = "declines"
    SILENT = "silent"
    CANNOT_VERIFY = "cannot_verify"
    RETRACTS = "retracts"

    @property
    def polarity(self) -> int:
        """+1 for the claim, -1 against it, 0 neither."""
        return _POLARITY.get(self, 0)


_POLARITY = {Stance.ASSERTS: 1, Stance.SUPPORTS: 1, Stance.DENIES: -1, Stance.CONTRADICTS: -1}


class Basis(StrEnum):
    """How the speaker is said to know."""

    FIRST_HAND = "first_hand"
    OWN_INVESTIGATION = "own_investigation"
    OWN_RECORDS = "own_records"
    ANALYSIS = "analysis"
    RELAY = "relay"
    UNSTATED = "unstated"


class Label(StrEnum):
    """How far a claim is verified, from strong to weak (the order of SPEC 3.2)."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single-source"
    PARTY_CLAIM = "party-claim"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    RETRACTED = "retracted"
    NOT_CHECKABLE = "not-checkable"

    @property
    def strength(self) -> int:
        """0 is the strongest; two labels compare by it."""
        return _STRENGTH[self]


_STRENGTH = {label: i for i, label in enumerate(Label)}


class Statement(Frozen, frozen=True):
    """One source's stance on one claim. Times are aware datetimes; a date without a time is that day's first moment
    in the digest's timezone. `article` is the id of the article that records it, `at` its place there.
    """

    by: str
    says: Stance
    basis: Basis
    recorded: datetime
    via: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    said: datetime | None = None
    url: str = ""
    archive: str = ""
    quote: str = ""
    note: str = ""
    value: str = ""
    unit: str = ""
    article: str = ""
    at: Location = NOWHERE


class Override(Frozen, frozen=True):
    """An editor's label in place of the computed one; in force from `since`, and it takes into account
    what was recorded before `covers` (the end of its day where only a date was given)."""

    label: Label
    reason: str
    editor: str
    since: datetime
    covers: datetime
    evidence: str = ""
    at: Location = NOWHERE


class Claim(Frozen, frozen=True):
    """One statement of fact that can be true or false. In an article it holds what that article gives;
    `Digest.claims` holds the same claim with the statements of all published articles."""

    id: str
    text: str
    kind: ClaimKind = ClaimKind.EVENT
    benefits: frozenset[str] = frozenset()
    harms: frozenset[str] = frozenset()
    of: str = ""
    depends_on: str = ""
    override: Override | None = None
    place: str = ""
    precision: str = ""
    statements: tuple[Statement, ...] = ()
    article: str = ""
    at: Location = NOWHERE

    @property
    def defines(self) -> bool:
        """Whether this is the claim's definition (it has a text) and not just a mention that adds statements."""
        return bool(self.text)
