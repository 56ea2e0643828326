"""Rounds of builds: every site in turn, then the next round, so that what else the machine does meets all alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, measure
from benchmarks.sites import Site


class Step(StrEnum):
    """What a build is confronted with."""

    COLD = "cold"
    UNCHANGED = "nothing changed"
    BODY = "one text edited"
    TITLE = "one title edited"


@dataclass(frozen=True, slots=True)
class Case:
    """One corpus and the sites that show it; `size` is its number of articles, 0 where it is not made up; `many`
    if each has many regions and topics."""

    name: str
    size: int
    sites: Sequence[Site]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of one site at one step; `pages` counts its pages by family, `weight` is the size of all its files
    in bytes."""

    case: Case
    step: Step
    site: str
    pages: Counter[str]
    weight: int
    runs: tuple[Cost, ...]

    def median(self, of: str) -> float:
        """The median of a field of `Cost`."""
        values: list[float] = [getattr(cost, of) for cost in self.runs]
        return median(values)


def measured(
    case: Case, steps: Sequence[Step], runs: int, tell: Callable[[str], None], cold_only: Collection[str] = ()
) -> list[Result]:
    """Measure a case: `runs` rounds of `steps`, the first of which is a cold build; a step's builds follow each other
    site by site. Sites in `cold_only` take the first step only. BenchmarkError where a build fails or its output is not
    as expected."""
    taken = [(step, site) for step in steps for site in case.sites if step is Step.COLD or site.name not in cold_only]
    costs: dict[tuple[Step, str], list[Cost]] = {(step, site.name): [] for step, site in taken}
    pages: dict[str, Counter[str]] = {}
    for number in range(1, runs + 1):
        for step, site in taken:
            cost, pages[site.name] = _build(site, step, f"edit-{step.name.lower()}-{number}")
            costs[step, site.name].append(cost)
            tell(f"{case.name}, {step}, round {number}, {site.name}: {cost.wall:.2f} s")
    return [
        Result(case, step, site.name, pages[site.name], site.weight, tuple(costs[step, site.name]))
        for step, site in taken
    ]


def _build(site: Site, step: Step, marker: str) -> tuple[Cost, Counter[str]]:
    shown, mark = site.newest, ""
    if step is Step.COLD:
        site.clear()
        shown = site.edit()
    elif step is Step.BODY:
        mark = f"The text says {marker}."
        shown = site.edit(body=mark)
    elif step is Step.TITLE:
        mark = marker
        shown = site.edit(title=marker)
    cost = measure(site.command, _log(site))
    return cost, site.check(shown, mark)


def _log(site: Site) -> Path:
    return site.folder.with_name(site.folder.name + ".log")
