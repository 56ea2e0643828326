"""The word lists of a language are in the form that the rules rely on."""

from __future__ import annotations

import re

import pytest

from digest.importing.lexicon import HEADS, lexicon
from digest.importing.places import topics_in


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
