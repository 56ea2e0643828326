"""Each character is drawn in a font that has it."""

from __future__ import annotations

from functools import cache

import pytest
from fontTools.ttLib import TTFont

from digest.render.cards.fonts import _STARTS, Face, _path, keeps_face, script_of
from digest.render.cards.runs import Type, runs


@cache
def characters(face: Face) -> frozenset[int]:
    with TTFont(_path(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


TEXTS = {
    "Latin": "Straße façade Łódź Năstase tiếng Việt Þór İstanbul",
    "Greek": "Ἀθῆναι Ελλάδα",
    "Cyrillic": "Київ їжак Ґ Ђорђе Қазақстан ўзбек",
    "Arabic": "السلام عليكم پارسی اردو ٹ گ ؟ ،",
    "Hebrew": "שָׁלוֹם",
    "Chinese": "乌克兰俄罗斯臺灣，。「」",
    "Japanese": "ウクライナひらがな々ー",
    "Korean": "우크라이나",
    "Hindi": "यूक्रेन",
    "Georgian": "თბილისი",
    "Armenian": "Երևան",
    "Thai": "กรุงเทพ",
    "Amharic": "አዲስ አበባ",
    "signs": "“”‘’–—…·•€£¥§©®°←→№™½",
    "emoji": "🙂🚀🇺🇦",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_fonts_have_what_news_is_written_in(text: str) -> None:
    missing = [c for c in text if ord(c) not in characters(script_of(c) or Face.SERIF)]
    assert missing == [c for c in text if c in "🇺🇦" and missing]  # flags are letters in a frame, if at all


@pytest.mark.parametrize("face", Face)
def test_each_font_is_there_and_has_what_it_stands_for(face: Face) -> None:
    assert len(characters(face)) > 80
    ends = [start for start, _ in _STARTS[1:]] + [0x110000]
    spans = [range(start, end) for (start, named), end in zip(_STARTS, ends, strict=True) if named is face]
    assert face in (Face.SERIF, Face.SANS) or any(characters(face) & set(span) for span in spans)


def test_the_table_is_in_order() -> None:
    starts = [start for start, _ in _STARTS]
    assert starts == sorted(set(starts))


def test_words_of_one_script_are_set_in_one_piece() -> None:
    for text in ("यूक्रेन का कहना", "ישראל וחמאס", "กรุง เทพ"):
        assert len(list(runs(text, Type(Face.SERIF, 600)))) == 1


@pytest.mark.parametrize("face", [face for face in Face if keeps_face(" ", face)])
def test_fonts_that_set_several_words_have_a_space(face: Face) -> None:
    assert ord(" ") in characters(face)
