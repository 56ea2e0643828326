"""The page of all corrections."""

from __future__ import annotations

from dataclasses import dataclass

from digest.pages.parts import Day, Link


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction: when, to which article, what."""

    day: Day
    article: Link
    article_day: Day
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """Every correction, newest first."""

    corrections: tuple[CorrectionRow, ...]
