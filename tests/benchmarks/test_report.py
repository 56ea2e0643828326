from __future__ import annotations

from collections import Counter
from dataclasses import replace

from benchmarks.measure import Cost
from benchmarks.report import Table, tables
from benchmarks.rounds import Case, Result, Step
from benchmarks.sites import HUGO

SMALL, LARGE = Case("100 articles", 100, ()), Case("1,000 articles", 1000, ())


def result(case: Case, site: str, wall: float) -> Result:
    runs = tuple(Cost(wall * factor, 2 * wall, 50_000_000, 40_000_000) for factor in (1, 0.5, 4))
    return Result(case, Step.COLD, site, Counter({"articles": case.size}), 5_000_000, runs)


def cells(table: Table, *wanted: str) -> list[tuple[str, ...]]:
    return [tuple(row[table.heads.index(head)] for head in wanted) for row in table.rows]


RESULTS = [
    result(case, site, wall * case.size) for case in (SMALL, LARGE) for site, wall in (("A", 0.03), (HUGO, 0.01))
]


def test_medians_stand_beside_their_ratios_to_hugo() -> None:
    costs, *_ = tables(RESULTS)
    assert cells(costs, "site", "wall s", "min–max", "× Hugo", "largest process MB")[:2] == [
        ("A", "3.00", "1.50–12.00", "3.00", "40"),
        (HUGO, "1.00", "0.50–4.00", "", "40"),
    ]


def test_growth_compares_a_site_with_itself_at_the_size_before() -> None:
    _, growth, *_ = tables(RESULTS)
    assert cells(growth, "site", "from", "to", "articles ×", "CPU ×", "peak ×") == [
        ("A", SMALL.name, LARGE.name, "10.0", "10.0", "1.0"),
        (HUGO, SMALL.name, LARGE.name, "10.0", "10.0", "1.0"),
    ]


def test_corpora_with_many_regions_grow_apart_from_the_others() -> None:
    many = [replace(r, case=replace(LARGE, name="many", many=True)) for r in RESULTS if r.case == LARGE]
    _, growth, *_ = tables([*RESULTS, *many])
    assert set(cells(growth, "to")) == {(LARGE.name,)}


def test_pages_are_counted_by_family_for_each_corpus() -> None:
    pages = tables(RESULTS)[-1]
    assert pages.title == "Pages: 1,000 articles"
    assert pages.rows == (("articles", "1,000", "1,000"), ("all", "1,000", "1,000"), ("MB of all files", "5.0", "5.0"))


def test_a_table_in_markdown_has_numbers_set_right() -> None:
    table = Table("Title", ("word", "number"), (("a", "1"),), 1)
    assert table.markdown == "## Title\n\n| word | number |\n| --- | ---: |\n| a | 1 |\n"
