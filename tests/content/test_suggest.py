from __future__ import annotations

import pytest

from digest.content.suggest import Names, among, did_you_mean, meant


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("reutres", "did you mean reuters?"),
        ("Thomson_Reuters", "did you mean thomson-reuters or reuters?"),
        ("xyz", ""),
    ],
)
def test_near_words_are_suggested_the_nearest_first(word: str, answer: str) -> None:
    assert meant(word, ["tass", "reuters", "thomson-reuters"]) == answer


def test_a_name_leads_to_the_word_to_write() -> None:
    names = Names({"tass": "tass", "ITAR Tass": "tass"})
    assert names.written("itar tass") == "tass"
    assert names.meant("itartass") == "did you mean tass?"
    assert names.written("bbc") is None


def test_words_are_listed_as_in_a_sentence() -> None:
    assert did_you_mean(["a", "b", "c"]) == "did you mean a, b or c?"
    assert among("abc", 2) == "a, b, …"
