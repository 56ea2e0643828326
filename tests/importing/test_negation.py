"""What is negated never becomes its opposite: no statement comes from it, and the notes show the sentence."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from digest.importing.attribution import attributions, read
from digest.importing.carriers import Carriers
from digest.importing.lexicon import lexicon
from digest.importing.spans import Piece
from digest.model import Stance
from tests.importing.digests import empty_digest, only, run
from tests.importing.test_aims import said

CARRIERS = Carriers(lexicon(), {})
VERBS = {
    Stance.SUPPORTS: [("confirm", "confirmed"), ("acknowledge", "acknowledged"), ("admit", "admitted")],
    Stance.DENIES: [("deny", "denied"), ("reject", "rejected"), ("dismiss", "dismissed")],
    Stance.CONTRADICTS: [("dispute", "disputed")],
    Stance.ASSERTS: [("announce", "announced"), ("claim", "claimed")],
    Stance.RETRACTS: [("withdraw", "withdrew")],
}
NEGATED = [
    "The ministry has not {ed} the report.",
    "The ministry has not yet {ed} the report.",
    "The ministry has never {ed} the report.",
    "The ministry has not, so far, officially {ed} the report.",
    "The ministry did not at first {base} the report.",
    "The ministry didn’t {base} the report.",
    "The ministry hasn't {ed} the report.",
    "The ministry would neither {base} nor discuss the report.",
    "The ministry saw the report, nor did it {base} the report.",
    "At no time has the ministry {ed} the report.",
    "The ministry no longer {ed} the report.",
    "The ministry hardly {ed} the report.",
    "The ministry failed to {base} the report.",
    "The ministry has yet to {base} the report.",
    "No ministry {ed} the report.",
    "Nobody in the ministry {ed} the report.",
    "None of the ministries {ed} the report.",
    "Not one ministry {ed} the report.",
    "Few ministries {ed} the report.",
    "Neither the army nor the ministry {ed} the report.",
    "There is no evidence that the ministry {ed} the report.",
    "It was not true that the ministry {ed} the report.",
    "It is unclear whether the ministry {ed} the report.",
    "Until the ministry {ed} the report, people waited.",
    "The report was not {ed} by the ministry.",
    "No report was {ed} by the ministry.",
]


def stances(sentence: str) -> set[Stance]:
    """The stances that a sentence gives."""
    return {one.says for one in attributions(Piece(sentence, 0, len(sentence)), lexicon(), CARRIERS)}


@pytest.mark.parametrize(("form", "says"), list(product(NEGATED, VERBS)))
def test_a_negated_verb_of_no_stance_gives_that_stance(form: str, says: Stance) -> None:
    for base, past in VERBS[says]:
        assert stances(form.format(base=base, ed=past)).isdisjoint({says, *VERBS})


@pytest.mark.parametrize("says", [one for one in VERBS if one is not Stance.ASSERTS])
@pytest.mark.parametrize("adverb", ["", "always ", "consistently ", "has since ", "has repeatedly ", "on Monday "])
def test_the_same_verb_without_a_negation_gives_its_stance(says: Stance, adverb: str) -> None:
    for _, past in VERBS[says]:
        sentence = f"The ministry {adverb}{past} the report."
        found = attributions(Piece(sentence, 0, len(sentence)), lexicon(), CARRIERS)
        assert [(one.speaker.name if one.speaker else "", one.says) for one in found] == [("ministry", says)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The police have not yet confirmed the number of dead.",
        "The ministry neither confirmed nor denied the report.",
        "The army would neither confirm nor deny the strike.",
        "No group has claimed responsibility for the attack.",
        "Officials saw no sign that the army had confirmed the strike.",
    ],
)
def test_the_notes_show_a_sentence_whose_sense_a_negation_leaves_open(tmp_path: Path, sentence: str) -> None:
    root = empty_digest(tmp_path)
    run(root, f"Night of fire on the coast\nTwo men were killed in the strike, the mayor said. {sentence}")
    text = only(root)
    assert "Not placed: a negation leaves open who says what" in text
    assert sentence in text.split("Not placed: ")[1].splitlines()[0]
    assert all(f"says: {stance}" not in text for stance in ("supports", "denies"))


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Nobody told us, residents said.", [("residents", "asserts")]),
        ("Tass denied that the army had confirmed the strike.", [("Tass", "denies")]),
        ("The army said that it had not confirmed the strike.", [("army", "asserts")]),
        ("The toll was not announced.", []),
    ],
)
def test_a_negation_in_somebodys_words_is_no_open_question(sentence: str, wanted: list[tuple[str, str]]) -> None:
    found, unclear = read(Piece(sentence, 0, len(sentence)), lexicon(), CARRIERS)
    assert [(one.speaker.name if one.speaker else "", str(one.says)) for one in found] == wanted
    assert not unclear


FIRST = "Officials claimed 200 people had been killed in the harbour fire."


@pytest.mark.parametrize(
    ("more", "claim", "by", "says"),
    [
        ("Residents put the figure at 350.", "Residents put the figure at 350.", "residents", "asserts"),
        (
            "Residents said 350 people had been killed in the harbour fire.",
            "350 people had been killed in the harbour fire.",
            "residents",
            "asserts",
        ),
        (
            "Residents said no people had been killed in the harbour fire.",
            "No people had been killed in the harbour fire.",
            "residents",
            "asserts",
        ),
        ("Police confirmed that no one had been killed.", "No one had been killed.", "police", "supports"),
        ("Police confirmed that a house had been hit.", "A house had been hit.", "police", "supports"),
        ("The mayor denied reports that the town would be left.", "The town would be left.", "mayor", "denies"),
        ("The mayor said it was not true that troops had gone.", "Troops had gone.", "mayor", "denies"),
        ("Police confirmed the deaths.", "200 people had been killed in the harbour fire.", "police", "supports"),
    ],
)
def test_another_figure_or_the_contrary_is_another_claim(
    tmp_path: Path, more: str, claim: str, by: str, says: str
) -> None:
    found = said(empty_digest(tmp_path), f"{FIRST} {more}")
    assert [(text, stance) for text, one, stance in found if one == by] == [(claim, says)]


def test_what_nobody_claimed_gets_no_support_from_a_confirmation_of_something_else(tmp_path: Path) -> None:
    assert len(said(empty_digest(tmp_path), f"{FIRST} The paper confirmed the location of the video.")) == 1
