"""Tables of results, for the terminal and for a Markdown file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.console import Console
from rich.table import Table as Grid

from benchmarks.rounds import Case, Result, Step
from benchmarks.sites import HUGO


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column heads and rows of text; `words` columns are set left, the others, numbers, right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int

    def show(self, console: Console) -> None:
        """Print it on a terminal."""
        grid = Grid(title=self.title, title_justify="left")
        for place, head in enumerate(self.heads):
            grid.add_column(head, justify="left" if place < self.words else "right", no_wrap=True)
        for row in self.rows:
            grid.add_row(*row)
        console.print(grid)

    @property
    def markdown(self) -> str:
        """The table as Markdown under a heading."""
        rule = ["---" if place < self.words else "---:" for place in range(len(self.heads))]
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, rule, *self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, ""])


def tables(results: Sequence[Result]) -> list[Table]:
    """Everything that there is to say about the results."""
    made = [_costs(results), _growth(results), *_pages(results)]
    return [table for table in made if table.rows]


def _costs(results: Sequence[Result]) -> Table:
    heads = ("corpus", "build", "site", "pages", "wall s", "min–max", "× Hugo", "CPU s", "× Hugo", "peak MB", "× Hugo")
    rows = tuple(_cost(result, _peer(result, results)) for result in results)
    return Table("Builds: medians, and ratios to Hugo’s", (*heads, "largest process MB"), rows, 3)


def _cost(result: Result, peer: Result | None) -> tuple[str, ...]:
    walls = [cost.wall for cost in result.runs]
    return (
        result.case.name,
        str(result.step),
        result.site,
        f"{result.pages.total():,}",
        f"{result.median('wall'):.2f}",
        f"{min(walls):.2f}–{max(walls):.2f}",
        _ratio(result, peer, "wall"),
        f"{result.median('cpu'):.2f}",
        _ratio(result, peer, "cpu"),
        f"{result.median('peak') / 1e6:,.0f}",
        _ratio(result, peer, "peak"),
        f"{result.median('largest') / 1e6:,.0f}",
    )


def _peer(result: Result, results: Sequence[Result]) -> Result | None:
    """Hugo's result of the same corpus and step; where it took none but the cold one, of that."""
    if result.site == HUGO:
        return None
    found = {r.step: r for r in results if r.site == HUGO and r.case == result.case}
    return found.get(result.step, found.get(Step.COLD))


def _ratio(result: Result, other: Result | None, of: str) -> str:
    return f"{result.median(of) / other.median(of):.2f}" if other else ""


def _growth(results: Sequence[Result]) -> Table:
    heads = ("site", "build", "from", "to", "articles ×", "wall ×", "CPU ×", "peak ×")
    return Table("Growth from one size to the next", heads, tuple(_grown(results)), 2)


def _grown(results: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    lines: dict[tuple[str, Step, bool], list[Result]] = {}
    for result in results:
        if result.case.size:
            lines.setdefault((result.site, result.step, result.case.many), []).append(result)
    for (site, step, _), line in lines.items():
        for small, large in pairwise(sorted(line, key=lambda r: r.case.size)):
            times = f"{large.case.size / small.case.size:.1f}"
            yield (site, str(step), small.case.name, large.case.name, times, *_ratios(large, small))


def _ratios(large: Result, small: Result) -> list[str]:
    return [f"{large.median(of) / small.median(of):.1f}" for of in ("wall", "cpu", "peak")]


def _pages(results: Sequence[Result]) -> Iterator[Table]:
    """For each corpus: how many pages of each family the sites have, for not all can make the same."""
    cases: dict[str, dict[str, Result]] = {}
    for result in results:
        cases.setdefault(result.case.name, {})[result.site] = result
    for name, sites in cases.items():
        if len(sites) > 1:
            families = list(dict.fromkeys(family for result in sites.values() for family in result.pages))
            rows = [(f, *(f"{r.pages[f]:,}" for r in sites.values())) for f in families]
            total = ("all", *(f"{r.pages.total():,}" for r in sites.values()))
            weight = ("MB of all files", *(f"{r.weight / 1e6:,.1f}" for r in sites.values()))
            yield Table(f"Pages: {name}", ("family", *sites), (*rows, total, weight), 1)


def commands(cases: Sequence[Case]) -> list[str]:
    """How each site is built, without the paths of this machine."""
    shown = {}
    for site in (site for case in cases for site in case.sites):
        program, *rest = site.command
        name = program.rsplit("/", maxsplit=1)[-1]
        shown[site.name] = f"{site.name}: `{' '.join([name, *rest]).replace(str(site.folder), 'DIR')}`"
    return list(shown.values())
