"""A card holds its title, date and labels in every script, within its margins, and is the same for equal views."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from digest.labels.words import SCALES
from digest.model import Label
from digest.pages.card import CARD_HEIGHT, CARD_WIDTH, CardView
from digest.pages.parts import LabelCount, LabelMark
from digest.pages.tongue import Tongue
from digest.render.cards.draw import draw

MARGIN = 64
"""No letter reaches farther out; overhanging parts of letters may pass the edge of the text by a little."""

TITLES = {
    "latin": "Ukraine says it is pushing Russian troops back in Sumy",
    "cyrillic": "Україна заявляє, що відтісняє російські війська на Сумщині",
    "greek": "Η Ουκρανία λέει ότι απωθεί τα ρωσικά στρατεύματα",
    "arabic": "أوكرانيا تقول إنها تدفع القوات الروسية إلى الوراء في سومي (2025)",
    "hebrew": "ישראל וחמאס הסכימו על הפסקת אש של 60 יום",
    "japanese": "ウクライナ、スムイ州でロシア軍を押し戻していると発表",
    "chinese": "乌克兰称在苏梅地区击退俄军，独立监察机构尚未证实这一说法",
    "korean": "우크라이나, 수미에서 러시아군을 밀어내고 있다고 밝혀",
    "hindi": "यूक्रेन का कहना है कि वह रूसी सैनिकों को पीछे धकेल रहा है",
    "thai": "ยูเครนระบุว่ากำลังผลักดันทหารรัสเซียกลับไป",
    "mixed": "Київ: القاهرة 2025 שלום 東京 กรุงเทพ नई दिल्ली 🙂👩‍🚀 → თბილისი",
    "markup": "A & B ]]> <b>c</b> \x1f </script>",
    "one word": "x" * 4000,
    "many words": "word " * 800,
    "many ideographs": "字" * 4000,
    "many emoji": "👩‍🚀" * 800,
    "unknown": "\U000e0041\ue000\ufffe𝕏",
    "nothing": "",
}


def card(title: str, date: str = "Tuesday 1 July 2025", language: str = "en", number: int = 2) -> CardView:
    tongue = Tongue(language)
    marks = [LabelMark(str(label), tongue.gettext(SCALES[label].name), "") for label in list(Label)[:number]]
    labels = tuple(LabelCount(mark, count) for count, mark in enumerate(marks, 1))
    return CardView("The Plain Record", title, date, labels, language, language, tongue.direction == "rtl")


def picture(view: CardView) -> Image.Image:
    return Image.open(BytesIO(draw(view))).convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where within a box something stands that is not paper."""
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, image.getpixel((0, 0)))).getbbox()


def outside(image: Image.Image) -> list[tuple[int, int, int, int] | None]:
    sides = [(0, 0, MARGIN, CARD_HEIGHT), (CARD_WIDTH - MARGIN, 0, CARD_WIDTH, CARD_HEIGHT)]
    return [
        inked(image, box) for box in (*sides, (0, 0, CARD_WIDTH, 50), (0, CARD_HEIGHT - 40, CARD_WIDTH, CARD_HEIGHT))
    ]


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_nothing_is_clipped_whatever_the_title(title: str) -> None:
    image = picture(card(title))
    assert image.size == (1200, 630)
    assert outside(image) == [None, None, None, None]
    body = inked(image, (0, 145, CARD_WIDTH, 500))
    assert (body is None) == (not title)
    assert inked(image, (0, 143, CARD_WIDTH, 152)) is None


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(max_size=80), st.integers(0, 9))
def test_any_text_can_be_drawn(title: str, date: str, number: int) -> None:
    assert outside(picture(card(title, date, number=number))) == [None, None, None, None]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "uk", "ru", "ar"])
def test_all_labels_have_room_in_every_language_of_the_theme(language: str) -> None:
    image = picture(card("A title", language=language, number=9))
    assert outside(image) == [None, None, None, None]
    for mark in card("", number=9).labels:
        alone = picture(CardView("", "", "", (mark,), "en", "en", rtl=False))
        colours = {colour for _, colour in alone.getcolors(5000) or []} & {c for _, c in image.getcolors(5000) or []}
        assert len(colours) > 3, mark.label.id


@pytest.mark.parametrize("script", ["arabic", "hebrew"])
def test_a_title_from_the_right_stands_at_the_right(script: str) -> None:
    box = inked(picture(card(TITLES[script])), (0, 145, CARD_WIDTH, 470))
    assert box is not None
    assert box[2] > CARD_WIDTH - 80
    left = inked(picture(card("Truce")), (0, 145, CARD_WIDTH, 470))
    assert left is not None
    assert left[0] < 80


def test_equal_views_give_the_same_bytes_and_other_words_others() -> None:
    assert draw(card("One")) == draw(card("One"))
    assert draw(card("One")) != draw(card("Two"))
    assert draw(card("One")) != draw(card("One", "1 July"))
    assert draw(card("One", number=1)) != draw(card("One", number=2))


def test_a_card_weighs_little() -> None:
    assert len(draw(card(TITLES["latin"]))) < 40_000
