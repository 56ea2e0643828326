"""Who says what in one sentence."""

from __future__ import annotations

import pytest

from digest.importing.attribution import attributions
from digest.importing.carriers import Carriers
from digest.importing.lexicon import lexicon
from digest.importing.spans import Piece
from digest.model import SourceKind

CARRIERS = Carriers(lexicon(), {"harbour post": SourceKind.OUTLET})


def read(text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Speaker, stance, the words that make the claim, and carriers, for each attribution."""
    return [
        (one.speaker.name if one.speaker else "", str(one.says), text[slice(*one.content)].strip(' ,.;“”"'), one.via)
        for one in attributions(Piece(text, 0, len(text)), lexicon(), CARRIERS)
    ]


@pytest.mark.parametrize(
    ("sentence", "speaker", "says", "words"),
    [
        ("The mayor said the bridge was safe.", "mayor", "asserts", "the bridge was safe"),
        ("The bridge is safe, the mayor said on Tuesday.", "mayor", "asserts", "The bridge is safe"),
        ("“The bridge is safe,” said Anna Berg, the mayor.", "Anna Berg", "asserts", "The bridge is safe"),
        ('"It is safe," Mayor Anna Berg told reporters in Oslo.', "Anna Berg", "asserts", "It is safe"),
        (
            "Two bearings are cracked, according to the Bridge Institute.",
            "Bridge Institute",
            "asserts",
            "Two bearings are cracked",
        ),
        ("The ministry, which runs the port, claimed that all was well.", "ministry", "asserts", "that all was well"),
        ("The owner, Peter Lund, 54, insisted it was insured.", "Peter Lund", "asserts", "it was insured"),
        ("Sweden and Norway said they would join.", "Sweden and Norway", "asserts", "they would join"),
        ("The council has denied that the bridge is cracked.", "council", "denies", "that the bridge is cracked"),
        ("The ministry called the report “fiction”.", "ministry", "denies", ""),
        ("The company said the allegations were false.", "company", "denies", "the allegations were false"),
        ("The union disputed the figure.", "union", "contradicts", "figure"),
        ("The police confirmed that two men had died.", "police", "supports", "that two men had died"),
        ("The findings were confirmed by two engineers.", "two engineers", "supports", "The findings"),
        ("The ministry declined to comment on the leak.", "ministry", "declines", "on the leak"),
        ("The army has not commented.", "army", "silent", ""),
        ("The owner could not be reached for comment.", "owner", "silent", ""),
        ("Reuters could not independently verify the footage.", "Reuters", "cannot_verify", "the footage"),
        ("The mission said it could not confirm the toll.", "mission", "cannot_verify", "the toll"),
        ("The claims could not be independently verified.", "", "cannot_verify", ""),
        ("The paper retracted its report on the mayor.", "paper", "retracts", "on the mayor"),
        (
            "A court in Oslo fined the ferry company.",
            "court in Oslo",
            "asserts",
            "A court in Oslo fined the ferry company",
        ),
    ],
)
def test_a_sentence_gives_speaker_and_stance(sentence: str, speaker: str, says: str, words: str) -> None:
    (found,) = read(sentence)
    assert found[:2] == (speaker, says)
    assert words in found[2]


@pytest.mark.parametrize(
    ("sentence", "speaker", "via"),
    [
        ("“We wait,” the captain told Reuters.", "captain", ("Reuters",)),
        ("State agency Tass reported that Lavrov said talks would resume.", "Lavrov", ("Tass",)),
        ("The road is cut, Tass reported, citing the defence ministry.", "defence ministry", ("Tass",)),
        ("TRT, citing two diplomats, reported that no date was fixed.", "two diplomats", ("TRT",)),
        ("The pilot was asleep, according to the Harbour Post, which cited a mechanic.", "mechanic", ("Harbour Post",)),
        ("“Stay calm,” the governor wrote on Telegram.", "governor", ("Telegram",)),
        (
            "Baltic Tribune, citing a military source, said that the road was cut.",
            "military source",
            ("Baltic Tribune",),
        ),
        ("Nordlys, citing a police source, reported that two men were held.", "police source", ("Nordlys",)),
        ("Two men are held, Nordlys reports, citing court documents.", "court documents", ("Nordlys",)),
        ("The town is cut off, the Harbour Mirror reports, citing an officer.", "officer", ("Harbour Mirror",)),
        ("Anna Berg, citing officials, said the port was shut.", "Anna Berg", ()),
        ("The ministry, citing official data, said prices had risen.", "ministry", ()),
        ("The army said it had left, Tass reported, citing a source.", "army", ("Tass",)),
        ("Speaker Ali Kaya was quoted by state media as saying that talks would resume.", "Ali Kaya", ("state media",)),
        ("The minister was quoted as saying by Tass that the port was shut.", "minister", ("Tass",)),
        (
            "Norway's parliament approved a bill on ports, the outlet Nordlys reported.",
            "Norway's parliament",
            ("Nordlys",),
        ),
        ("In a report seen by the Guardian, the committee says the hull was thin.", "committee", ("Guardian",)),
        ("The minister said in an interview with CNN that he would stay.", "minister", ("CNN",)),
        ("The director told the court that the books were in order.", "director", ()),
        ("Reuters reported that the road was cut.", "Reuters", ()),
        ("The disaster agency said it was over.", "disaster agency", ()),
    ],
)
def test_carriers_are_told_from_speakers(sentence: str, speaker: str, via: tuple[str, ...]) -> None:
    assert [(found[0], found[3]) for found in read(sentence)] == [(speaker, via)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He is said to be in Oslo.",
        "The report runs to 40 pages.",
        "Rain fell in the night.",
        "Two men were accused of spying.",
        "Her reports, citing witnesses, are long.",
        "The claim was filed in May.",
        "The club have not confirmed the sale.",
        "“He said nothing and left.”",
    ],
)
def test_a_sentence_that_reports_nobody_gives_nothing(sentence: str) -> None:
    assert read(sentence) == []


def test_a_subject_left_out_after_and_is_the_one_before() -> None:
    found = read("The rebels dismissed the report as a lie and said they held the town.")
    assert [one[:2] for one in found] == [("rebels", "denies"), ("rebels", "asserts")]


def test_two_speakers_of_one_sentence_are_both_found() -> None:
    found = read("Police put the crowd at 20,000, while organisers spoke of 80,000.")
    assert [one[0] for one in found] == ["Police", "organisers"]


def test_a_chain_with_a_citation_and_a_named_addressee_makes_one_claim() -> None:
    sentence = (
        "The state agency Tass reported, citing a source in the ministry, that Ivan Belov had told "
        "Turkey's foreign minister, Ali Kaya, that Moscow could leave the talks."
    )
    assert read(sentence) == [("Ivan Belov", "asserts", "that Moscow could leave the talks", ("Tass",))]


def test_what_is_reported_behind_a_citation_begins_after_it() -> None:
    sentence = "Tass reported, citing a source in the ministry, that the talks had ended."
    assert [(words, via) for _, _, words, via in read(sentence)] == [("that the talks had ended", ("Tass",))]


@pytest.mark.parametrize(
    ("sentence", "speaker", "says", "words", "via"),
    [
        ("“No trust is left,” Femke Bos told Nieuwsuur.", "Femke Bos", "asserts", "No trust is left", "Nieuwsuur"),
        ("“No trust is left,” Femke Bos told Congress.", "Femke Bos", "asserts", "No trust is left", ""),
        ("They saw it, observers say, broadcaster ZNBC reports.", "observers", "asserts", "They saw it", "ZNBC"),
        ("The army said it had left, Tass reported.", "army", "asserts", "it had left", "Tass"),
        ("“It shook,” a resident told the BBC by phone.", "resident", "asserts", "It shook", "BBC"),
        ("The trust would not be commenting further.", "trust", "declines", "further", ""),
        ("The ministry did not mention the depot.", "ministry", "silent", "the depot", ""),
        ("The doctor believes the law may change.", "doctor", "asserts", "the law may change", ""),
        ("Polls suggest that the party would lose.", "Polls", "asserts", "that the party would lose", ""),
    ],
)  # fmt: skip
def test_words_of_live_pages_and_interviews_are_read(
    sentence: str, speaker: str, says: str, words: str, via: str
) -> None:
    assert read(sentence) == [(speaker, says, words, (via,) if via else ())]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Two men are held in Oslo, Nordlys reports, citing court documents.", "Two men are held in Oslo"),
        ("The council approved a bill, the outlet Nordlys reported.", "The council approved a bill"),
        ("Ali Kaya was quoted by local media as saying the talks had ended.", "the talks had ended"),
        ("The rebels said on Monday they held the port, a claim that the army denied.", "they held the port"),
        ("‘We lost it all’ – residents tell of the night", "‘We lost it all’ –"),
    ],
)
def test_a_claim_does_not_hold_who_carried_it(sentence: str, words: str) -> None:
    assert read(sentence)[0][2] == words


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("“We hold it”, spokesman Ali Kaya said in a video posted on X.", [("Ali Kaya", "We hold it")]),
        ("Two men who spoke on condition of anonymity told AFP that it burned.", [("Two men", "that it burned")]),
        ("The man who led the inquiry said it was safe.", [("man", "it was safe")]),
        (
            "The UN said teams were “on the way”, but Ali Kaya said that none had come.",
            [("UN", "teams were “on the way"), ("Ali Kaya", "that none had come")],
        ),
        (
            "The talks go on, Minister Ann Lee said on Tuesday, adding that pay was open.",
            [("Ann Lee", "The talks go on"), ("Ann Lee", "that pay was open")],
        ),
    ],
)
def test_relative_clauses_and_conjunctions_are_neither_speakers_nor_claims(
    sentence: str, wanted: list[tuple[str, str]]
) -> None:
    assert [(found[0], found[2]) for found in read(sentence)] == wanted


def test_what_is_added_to_a_number_is_not_said() -> None:
    assert read("Employers added 64,000 jobs in August.") == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "Norway's Harbour Post daily quoted Minister Ali Kaya as saying the talks had ended.",
            [("Ali Kaya", "asserts", "the talks had ended", ("Harbour Post",))],
        ),
        ("The mayor quoted a friend as saying that it burned.", [("friend", "asserts", "it burned", ())]),
        ("“Lies, all lies,” said Belov of the report that it burned.", [("Belov", "asserts", "Lies, all lies", ())]),
        ("“I ran and ran,” said Ann Lee, who will turn 90.", [("Ann Lee", "asserts", "I ran and ran", ())]),
        (
            "Sources close to the talks said on condition of anonymity that the plan was dead.",
            [("Sources close to the talks", "asserts", "that the plan was dead", ())],
        ),
        (
            "Dr. Adam Rusek Jr., the St. Olav coroner, said approx. 300 people were hurt.",
            [("Adam Rusek Jr.", "asserts", "approx. 300 people were hurt", ())],
        ),
        (
            "Markets now expect two cuts by May, according to bank data.",
            [
                ("Markets", "asserts", "two cuts by May", ()),
                ("bank data", "asserts", "two cuts by May", ()),
            ],
        ),
        ("Economists polled by Nordlys forecast a fall.", [("Economists polled by Nordlys", "asserts", "a fall", ())]),
        ("Of the cracks, according to the union, two are new.", [("union", "asserts", "two are new", ())]),
        (
            "The union, which is based in Oslo and has 40 members, said two were new.",
            [("union", "asserts", "two were new", ())],
        ),
        ("The UN, the EU and the Arab League said it was over.", [("UN, the EU and the Arab League",)]),
        ("There was no immediate comment from Nordvind.", [("Nordvind", "silent", "", ())]),
        ("Neither Apple nor the bank responded to requests.", [("Apple", "silent"), ("bank", "silent")]),
        ("It was not immediately possible to verify the claims.", [("", "cannot_verify")]),
        ("The minister posted a video of the arrest.", []),
    ],
)  # fmt: skip
def test_speakers_are_noun_phrases_and_claims_are_what_they_said(
    sentence: str, wanted: list[tuple[object, ...]]
) -> None:
    every = read(sentence)
    assert [found[: len(one)] for found, one in zip(every, wanted, strict=True)] == wanted
