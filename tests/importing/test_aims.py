"""Denials, refusals, failed checks and conditions are about the claim that they mean, or say that it is a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content.read import read
from digest.model import Claim
from tests.importing.digests import empty_digest, only, run


def claims(root: Path, text: str) -> list[Claim]:
    """The claims that a story's draft proposes."""
    run(root, f"Night of fire on the coast\n{text}")
    digest = read(root).digest
    assert digest is not None
    return [claim for article in digest.articles for claim in article.claims]


def said(root: Path, text: str) -> set[tuple[str, str, str]]:
    """Claim, speaker and stance of each statement."""
    return {(claim.text, s.by, str(s.says)) for claim in claims(root, text) for s in claim.statements}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "Paul Lund's lawyer, Mark Berg, said he would appeal. Lund was not in court. He could not be reached.",
            "paul",
        ),
        (
            "Paul Lund has left the town. “He is well,” his lawyer, Mark Berg, said. He could not be reached.",
            "mark-berg",
        ),
        ("Mark Berg said it was over. Paul Lund was in court. He has two sons. He did not comment.", "paul-lund"),
    ],
)
def test_a_pronoun_is_the_person_whom_the_sentence_before_began_with_else_the_last_speaker(
    tmp_path: Path, text: str, by: str
) -> None:
    root = empty_digest(tmp_path)
    silent = [one for _, one, stance in said(root, f"Paul Lund was charged, police said. {text}") if stance == "silent"]
    assert silent
    assert silent[0].startswith(by)


def test_what_somebody_denies_doing_is_a_claim_of_its_own(tmp_path: Path) -> None:
    text = "Three people were killed, the mayor said. The army said it had hit a depot and denied targeting civilians."
    denied = [(claim, by) for claim, by, stance in said(empty_digest(tmp_path), text) if stance == "denies"]
    assert denied == [("Army: targeting civilians.", "army")]


def test_a_number_that_nobody_could_verify_is_a_claim_that_has_one(tmp_path: Path) -> None:
    text = (
        "At least 20 people have been killed, the ministry said. Anna Berg said that her house had collapsed. "
        "The death toll will rise, Mark Lund said. Reuters has not been able to verify the number of dead."
    )
    unsure = [claim for claim, _, stance in said(empty_digest(tmp_path), text) if stance == "cannot_verify"]
    assert unsure == ["At least 20 people have been killed."]


def test_who_does_not_elaborate_says_no_more_on_the_own_words(tmp_path: Path) -> None:
    text = "The mayor said that the town would answer soon. He did not elaborate."
    more = "The ministry said all targets were struck. "
    declined = [claim for claim, _, stance in said(empty_digest(tmp_path), more + text) if stance == "declines"]
    assert declined == ["The town would answer soon."]


@pytest.mark.parametrize(
    ("last", "guess"),
    [
        ("The company denied the report.", False),
        ("The company denied wrongdoing.", True),
        ("The company declined to comment.", True),
        ("The company declined to comment on the tank of oil.", False),
    ],
)
def test_the_notes_say_where_the_claim_that_is_meant_is_a_guess(tmp_path: Path, last: str, *, guess: bool) -> None:
    root = empty_digest(tmp_path)
    run(root, f"Night of fire on the coast\nA tank of oil had burst, the mayor said. {last}")
    note = next(line for line in only(root).splitlines() if "ompany d" in line and "confidence" in line)
    assert ("that it is about this claim is a guess" in note) is guess
    assert (float(note.split("confidence ")[1][:4]) < 0.7) is guess


def test_a_condition_is_the_claim_that_it_shares_words_with(tmp_path: Path) -> None:
    text = (
        "The rebels said they had seized the airport, which the army denied. Ankara denied arming the rebels. "
        "If confirmed, it would be the first time that the rebels held an airport."
    )
    every = claims(empty_digest(tmp_path), text)
    (conditional,) = (claim for claim in every if claim.depends_on)
    assert "seized the airport" in next(claim.text for claim in every if claim.id == conditional.depends_on)


@pytest.mark.parametrize(
    "words",
    [
        "[link](javascript:alert(1)) the mayor said.",
        "![a bridge](bridge.png) the mayor said.",
        "He said, she said.",
        "“…,” the mayor said.",
        "Of cracks, according to the mayor.",
        "“Lies,” said the mayor.",
    ],
)
def test_what_says_nothing_makes_no_claim(tmp_path: Path, words: str) -> None:
    assert claims(empty_digest(tmp_path), f"The fire burned for two days.\n{words}") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Not a heading, the mayor said.", {"Not a heading."}),
        ("The town has [a plan](https://post.example/), the mayor said.", {"The town has a plan."}),
        (
            "Norland denies that it targets towns and accuses Sudland of using schools as bases, which Sudland denies.",
            {"Norland targets towns.", "Norland accuses Sudland of using schools as bases."},
        ),
        ("Norland's claim that it downed 12 jets was rejected by Sudland.", {"Norland downed 12 jets."}),
    ],
)
def test_a_claim_is_plain_text_and_ends_where_it_ends(tmp_path: Path, text: str, wanted: set[str]) -> None:
    assert {claim.text for claim in claims(empty_digest(tmp_path), text)} == wanted
