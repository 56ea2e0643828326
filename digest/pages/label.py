"""The labels page, generated from the rules themselves, and a page for each label."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import ClaimBrief, Day, LabelCount, LabelMark, Link


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: its name, its condition in words and the label that it gives (None: the label is the editor's)."""

    name: str
    condition: str
    label: LabelMark | None


@dataclass(frozen=True, slots=True)
class WorthRow:
    """One step of what a statement is worth: when it applies and what the statement then counts as."""

    condition: str
    worth: str


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """A label with what it tells a reader, the number of claims that carry it now, its Admiralty credibility."""

    label: LabelMark
    meaning: str
    count: int
    admiralty: str


@dataclass(frozen=True, slots=True)
class LabelsView:
    """How labels are worked out. `badges` are (badge, meaning)."""

    labels: tuple[LabelMeaning, ...]
    worths: tuple[WorthRow, ...]
    rules: tuple[RuleRow, ...]
    badges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim that carries the label now, since when, and an article it stands in."""

    claim: ClaimBrief
    since: Day
    article: Link | None


@dataclass(frozen=True, slots=True)
class LabelView:
    """One label: its meaning, the rules that give it, the claims that carry it now (newest first, at most 200)."""

    meaning: LabelMeaning
    rules: tuple[RuleRow, ...]
    claims: tuple[LabelledClaim, ...]
    others: tuple[LabelCount, ...]
