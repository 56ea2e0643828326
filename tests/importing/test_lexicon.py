"""The word lists of a language are in the form that the rules rely on."""

from __future__ import annotations

import re

import pytest

from digest.importing.lexicon import HEADS, lexicon
from digest.importing.places import regions_in, topics_in


def test_every_form_of_a_topic_begins_with_enough_plain_letters_to_be_found_by_them() -> None:
    for label, _, heads in lexicon().topics:
        assert heads, label
        assert all(len(head) >= HEADS[0] and head.isalpha() for head in heads), label


@pytest.mark.parametrize(("text", "found"), [("A verdict and an appeal", True), ("a subverdict, a re-appeal", False)])
def test_a_topic_is_shown_by_whole_words(text: str, *, found: bool) -> None:
    assert [shown.value for shown in topics_in("", text, lexicon())] == (["court"] if found else [])


def test_a_form_that_matches_begins_with_one_of_its_letters() -> None:
    for label, form, heads in lexicon().topics:
        for word in re.findall(r"(?<![\w*+?)])[a-z]{3,}", form.pattern):
            if form.fullmatch(word):
                assert any(word.startswith(head) for head in heads), (label, word)


@pytest.mark.parametrize(
    ("headline", "body", "wanted", "unwanted"),
    [
        ("Drone strike sets depot ablaze", "Drones and missiles hit it.", "armed conflict", "labor dispute"),
        ("Dockers walk out", "The union said the strike over pay would go on.", "labor dispute", "armed conflict"),
        ("Army opens fire on convoy", "Soldiers and rebels shot at each other.", "armed conflict", "fire"),
        ("Markets crash", "Shares fell after inflation and growth figures.", "economy", "transportation accident"),
        ("Death penalty for two", "The court gave its verdict.", "court", "soccer"),
        ("Power to the regions", "The senate passed the bill.", "law", "energy and resource"),
    ],
)
def test_a_word_of_many_meanings_shows_a_topic_only_beside_one_that_settles_it(
    headline: str, body: str, wanted: str, unwanted: str
) -> None:
    shown = [topic.value for topic in topics_in(headline, body, lexicon())]
    assert wanted in shown
    assert not any(topic.startswith(unwanted) for topic in shown)


def test_a_name_that_holds_a_places_name_places_no_story() -> None:
    def codes(text: str) -> list[str]:
        return [shown.value for shown in regions_in("", text, "en")]

    assert codes("The US Geological Survey measured it in Indonesia.") == ["ID"]
    assert codes("The US measured it.") == ["US"]


@pytest.mark.parametrize("body", ["The United Nations", "The European Union", "The Eurozone"])
def test_what_the_catalogue_does_not_hold_places_no_story(body: str) -> None:
    text = f"{body} said so in Kenya. {body} said more."
    assert [shown.value for shown in regions_in(body, text, "en")] == ["KE"]
