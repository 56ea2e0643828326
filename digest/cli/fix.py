"""`digest check --fix`: look, repair, and look again, until nothing more is certain."""

from __future__ import annotations

from pathlib import Path

from digest.build.build import Options, Outcome
from digest.build.checking import check
from digest.problems import Problem
from digest.progress import Progress
from digest.writing import Repair, mended


def fixed(root: Path, options: Options, progress: Progress) -> tuple[Outcome, list[Repair], list[Problem]]:
    """What a check finds after all repairs, these, and what kept files from being written. Each round takes away at
    least one problem, so that there is a last one."""
    repairs: list[Repair] = []
    while True:
        outcome = check(root, options, progress)
        done, unwritten = mended(root, outcome.problems)
        repairs += done
        if unwritten or not done:
            return outcome, repairs, unwritten
