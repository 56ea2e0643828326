"""What is proposed for the annotated passages agrees with the annotations as far as the project has promised."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from benchmarks.imports import Board, Score, measured, passages, rows

PASSAGES = passages()


@pytest.fixture(scope="module", params=["used for tuning", "held out"])
def board(request: pytest.FixtureRequest) -> Board:
    """The scores of either set."""
    return measured([p for p in PASSAGES if bool(p.get("held_out")) == (request.param == "held out")])


def test_there_are_enough_passages_and_a_third_of_them_is_held_out() -> None:
    held = sum(bool(p.get("held_out")) for p in PASSAGES)
    assert len(PASSAGES) >= 40
    assert held >= len(PASSAGES) // 3
    assert len({p["style"] for p in PASSAGES}) >= 6


def test_every_annotation_names_words_of_its_passage() -> None:
    for passage in PASSAGES:
        lines = passage["text"].splitlines()
        assert all(any(row["in"] in line for line in lines) for row in passage["statements"]), passage["id"]
        assert set(passage.get("drop", [])) <= set(lines)
        assert len(passage["regions"]) == len(passage["stories"])


def test_stories_begin_where_readers_see_them_begin(board: Board) -> None:
    assert board.scores["stories"].f1 >= 0.95


def test_speakers_are_found(board: Board) -> None:
    assert board.scores["speakers"].f1 >= 0.85


def test_stances_are_read(board: Board) -> None:
    assert board.scores["stances"].recall >= 0.9


def test_carriers_are_found(board: Board) -> None:
    assert board.scores["carriers"].f1 >= 0.8


def test_furniture_goes_and_no_line_of_news_with_it(board: Board) -> None:
    assert board.scores["boilerplate"].recall >= 0.95
    assert board.scores["news kept"].recall == 1


def test_a_score_is_what_its_counts_say() -> None:
    score = Score()
    score.add(Counter("aab"), Counter("ac"))
    assert (score.right, score.extra, score.missed) == (1, 1, 2)
    assert (score.precision, score.recall, round(score.f1, 3)) == (0.5, 1 / 3, 0.4)


def test_a_wrong_annotation_lowers_the_score_and_is_named() -> None:
    passage: dict[str, Any] = {
        "id": "wrong",
        "text": "Police said the road was closed.",
        "stories": [""],
        "regions": [[]],
        "statements": [{"in": "road", "by": "firefighters", "says": "denies"}],
    }
    board = measured([passage])
    assert board.scores["speakers"].f1 == 0
    assert "firefighters" in board.faults[0]
    assert any(line.startswith("speakers") for line in rows(board))
