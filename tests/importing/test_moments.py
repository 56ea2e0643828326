"""The date of a text is found where it says it."""

from __future__ import annotations

from datetime import date

import pytest

from digest.importing.moments import Head, said_in_dateline, said_in_head
from digest.importing.spans import Piece, paragraphs

TODAY = date(2025, 7, 10)


@pytest.mark.parametrize(
    "line",
    [
        "date 2025-07-01",
        "Date: 1 July 2025",
        "July 1, 2025",
        "Tuesday, 1 July 2025",
        "Published 1 July 2025 at 10:30",
        "1st July 2025",
        "date 2025/07/01",
        "date 1.7.2025",
        "ROUNDUP: Tuesday 1 July 2025",
        "Morning briefing – 1 July 2025",
    ],
)
def test_a_first_line_that_is_a_date_gives_it(line: str) -> None:
    found = said_in_head(paragraphs(f"{line}\nBridge closed\nIt was closed.")).dated
    assert found is not None
    assert (found.day, found.evidence.text) == (date(2025, 7, 1), line)


@pytest.mark.parametrize(
    "line", ["1 July", "Vote in Norland: 1 July 2025", "On 1 July 2025 the bridge was closed.", "May 2025", "12/2025"]
)
def test_other_lines_give_none(line: str) -> None:
    assert said_in_head(paragraphs(f"{line}\nBridge closed")) == Head()


@pytest.mark.parametrize(
    "line", ["date 9999-99-99", "date 0001-01-01", "31 June 2025", "01/02/2025", "date 13/13/2025"]
)
def test_a_line_for_a_date_that_gives_no_day_or_two_is_told_from_news(line: str) -> None:
    head = said_in_head(paragraphs(f"{line}\nBridge closed"))
    assert (head.dated, [piece.text for piece in head.unclear]) == (None, [line])


@pytest.mark.parametrize("line", ["31/07/2025", "07/31/2025"])
def test_a_date_in_figures_counts_where_it_can_be_read_in_one_way_only(line: str) -> None:
    dated = said_in_head(paragraphs(line)).dated
    assert dated is not None
    assert dated.day == date(2025, 7, 31)


@pytest.mark.parametrize(
    ("dateline", "day", "sure"),
    [
        ("KYIV, July 1 (Reuters) - The", date(2025, 7, 1), False),
        ("KHARKIV, Ukraine, Dec. 31 (AP) — The", date(2024, 12, 31), False),
        ("PARIS, Aug 8, 2023 - The", date(2023, 8, 8), True),
        ("BERLIN, Feb 29 (dpa) - The", date(2024, 2, 29), False),
    ],
)
def test_a_dateline_gives_the_latest_such_day(dateline: str, day: date, *, sure: bool) -> None:
    found = said_in_dateline(Piece(dateline, 0, len(dateline)), TODAY)
    assert found is not None
    assert (found.day, found.sure) == (day, sure)


def test_a_dateline_without_a_day_gives_none() -> None:
    text = "WARSAW (AFP) - The"
    assert said_in_dateline(Piece(text, 0, len(text)), TODAY) is None


@pytest.mark.parametrize(
    "line", ["1 July 2025 | 14.32 BST", "Tue 1 Jul 2025 · 14:32", "Published: 1 July 2025 – 2 min read"]
)
def test_signs_between_day_and_time_do_not_hide_the_date(line: str) -> None:
    found = said_in_head(paragraphs(f"{line}\nBridge closed\nIt was closed.")).dated
    assert found is not None
    assert found.day == date(2025, 7, 1)


def test_the_date_is_found_below_the_furniture_of_a_pasted_page() -> None:
    furniture = ["LIVE", "Home", "News", "World", "Bridge closed to lorries", "By Anna Berg"]
    found = said_in_head(paragraphs("\n".join([*furniture, "1 July 2025", "It was closed."]))).dated
    assert found is not None
    assert found.day == date(2025, 7, 1)


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, 18 November 2025 – A farm is built.",
        "OSLO, 18 Nov 2025 (NTB) - A farm is built.",
        "ÅLESUND, Norway, 18 November 2025 — Glas AB closes.",
    ],
)
def test_a_dateline_may_give_the_day_before_the_month(line: str) -> None:
    found = said_in_dateline(Piece(line, 0, len(line)), date(2025, 12, 1))
    assert found
    assert (found.day, found.sure) == (date(2025, 11, 18), True)
    assert found.evidence.text in line
