"""What sort of claim some words make, and the figure that they give."""

from __future__ import annotations

import pytest

from digest.importing.kinds import figure, guessed_kind, kind_of
from digest.importing.lexicon import lexicon
from digest.model import ClaimKind, SourceKind


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("it had shot down 62 out of 78 drones", "62", "drones"),
        ("48 of the 60 gates had been open", "48", "gates"),
        ("three people were killed and 11 wounded", "3", "people"),
        ("a fire had wounded seven drivers", "7", "drivers"),
        ("twenty-five people are missing", "25", "people"),
        ("two million euros were lost", "2 million", "euros"),
        ("three out of five workers left", "3", "workers"),
        ("240 RSF fighters had been killed", "240", "fighters"),
        ("nine Armenian soldiers had been killed", "9", "soldiers"),
        ("14 were killed on Monday", "14", "killed"),
        ("the blast left 11 wounded", "11", "wounded"),
        ("prices rose by 6.3% in May", "6.3", "%"),
        ("it costs 400,000 euros", "400,000", "euros"),
    ],
)
def test_a_figure_is_a_number_with_what_it_counts(words: str, value: str, unit: str) -> None:
    assert figure(words, lexicon()) == (value, unit)


@pytest.mark.parametrize(
    "words",
    [
        "a 17-year-old boy had been charged",
        "a hoax at the airport which led to the evacuation of 1,500 passengers",
        "we found no one in it",
        "one of them had left",
        "1e999999999 people left",
        "in 2024 Russia closed the road",
        "hundreds were there",
        "it lasted four days",
    ],
)
def test_ages_years_and_what_stands_beside_the_claim_are_no_figures(words: str) -> None:
    assert figure(words, lexicon()) is None


def test_a_claim_with_a_figure_is_a_quantity() -> None:
    assert kind_of("three people were killed", lexicon()) is ClaimKind.QUANTITY


@pytest.mark.parametrize(
    ("name", "role", "kind"),
    [
        ("fire brigade", "", SourceKind.GOVERNMENT),
        ("Third Brigade", "", SourceKind.MILITARY),
        ("Rapid Support Forces", "Sudan's paramilitary", SourceKind.ARMED_GROUP),
        ("L’Équipe", "", SourceKind.OUTLET),
        ("Anna Berg", "", SourceKind.PERSON),
    ],
)
def test_the_kind_of_a_source_is_that_of_its_longest_words(name: str, role: str, kind: SourceKind) -> None:
    assert guessed_kind(name, role, lexicon(), person=False) is kind


def test_who_leaves_a_tournament_has_held_no_place() -> None:
    assert kind_of("Anna Berg has withdrawn from the cup", lexicon()) is ClaimKind.EVENT
    assert kind_of("the troops had withdrawn from the town", lexicon()) is ClaimKind.CONTROL
