"""Text is broken where its script allows, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.cards.fonts import Face
from digest.render.cards.lines import LONGEST, set_text
from digest.render.cards.runs import Type, is_rtl, plain, runs, width

KIND = Type(Face.SERIF, 600)
SIZES = ((60, 3), (40, 6), (20, 40))


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.text(max_size=120))
def test_no_character_is_lost_on_the_way_into_lines(text: str) -> None:
    setting = set_text(text, KIND, 900, SIZES)
    assert squeezed("".join(setting.lines)) == squeezed(plain(text))


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=200))
def test_lines_are_no_wider_than_there_is_room(text: str) -> None:
    setting = set_text(text, KIND, 900, SIZES)
    assert all(width(line, KIND, setting.size) <= 900 * 1.03 for line in setting.lines)


def test_short_text_is_large_and_long_text_small() -> None:
    sizes = [set_text("word " * count, KIND, 900, SIZES).size for count in (3, 30, 150)]
    assert sizes == [60, 40, 20]


def test_what_never_fits_ends_with_an_ellipsis() -> None:
    setting = set_text("word " * 4000, KIND, 900, ((40, 2),))
    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith("…")


def test_what_fits_keeps_its_end() -> None:
    assert not set_text("word " * 60, KIND, 900, SIZES).lines[-1].endswith("…")
    assert set_text("i" * (LONGEST + 1), KIND, 900, ((10, 900),)).lines[-1].endswith("i…")


def test_lines_are_about_equally_long() -> None:
    setting = set_text("one two three four five six seven eight nine ten", KIND, 900, ((60, 3),))
    wide = [width(line, KIND, 60) for line in setting.lines]
    assert min(wide) > 0.6 * max(wide)


def test_ideographs_break_anywhere_but_before_a_stop() -> None:
    setting = set_text("乌克兰称在苏梅地区击退俄军，独立监察机构尚未证实这一说法。", KIND, 400, ((40, 20),))
    assert len(setting.lines) > 2
    assert not any(line.startswith(("，", "。")) for line in setting.lines)


def test_a_word_breaks_at_its_hyphen_before_type_becomes_small() -> None:
    assert set_text("Korrespondenz-Redaktion", KIND, 560, ((60, 3), (30, 3))).lines == ("Korrespondenz-", "Redaktion")


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("Kyiv and Київ", False, ["Kyiv and Київ"]),
        ("a القاهرة b", False, ["a ", "القاهرة", " b"]),
        ("القاهرة NATO", True, ["NATO", "القاهرة "]),
        ("القاهرة 2025 اليوم", True, ["القاهرة 2025 اليوم"]),
        ("東京 2025", False, ["東京 2025"]),
        ("(שלום)", True, [")", "שלום", "("]),
    ],
)
def test_runs_are_seen_from_left_to_right(text: str, expected: list[str], rtl: bool) -> None:
    assert [run.text for run in runs(text, Type(Face.SERIF, 400, rtl))] == expected


@pytest.mark.parametrize(
    ("text", "rtl"), [("2025 القاهرة a", True), ("«Київ» القاهرة", False), ("2025", True), ("", True)]
)
def test_the_first_letter_gives_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text, default=True) is rtl
    assert is_rtl(text, default=False) is (rtl and any(c.isalpha() for c in text))


def test_what_is_not_seen_is_not_drawn() -> None:
    assert plain(" a\x1f\u202eb\u200b \n c\ufeff") == "a b c"
