"""Drafts: what they hold, and that whatever comes in, they are valid articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.imports import passages
from digest.build.build import Options, build
from digest.content.articles import parse_article
from digest.content.read import read, read_context
from digest.importing.filing import Cabinet, Fate, Where
from digest.importing.items import Item
from digest.importing.known import Imported
from digest.importing.markdown import clean
from digest.importing.proposals import one_story
from digest.importing.sources import sources_of
from digest.model import Stance
from tests.importing.digests import TODAY, empty_digest, fates, only, problems_of, run, texts

STORY = """\
Depot burns in Kharkiv
KYIV, July 1 (Reuters) - Drones hit a depot in Kharkiv and wounded seven drivers, Governor Stepan Holub said on Tuesday.
Russia's defence ministry denied the report. "We wait for proof," its spokesman told the Herald newspaper.
If confirmed, it would be the third such attack in a week.
Lavrov declined to comment.
Sign up for our newsletter
"""


def test_a_story_becomes_a_draft_that_check_finds_nothing_wrong_with(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    assert fates(run(root, STORY)) == [Fate.WRITTEN]
    assert problems_of(root) == ()
    article = read(root).digest.articles[0]  # type: ignore[union-attr] # it has just been read without problems
    assert article.draft
    assert (article.title, str(article.day), article.regions) == ("Depot burns in Kharkiv", "2025-07-01", ("UA-63",))


def test_statements_name_known_sources_by_id_and_others_in_place(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, STORY)
    digest = read(root).digest
    assert digest is not None
    first, *_ = digest.articles[0].claims
    assert [(s.by, s.says, s.via) for s in first.statements] == [
        ("stepan-holub", Stance.ASSERTS, ("reuters",)),
        ("russian-mod", Stance.DENIES, ("reuters",)),
        ("lavrov", Stance.DECLINES, ("reuters",)),
    ]
    assert (first.text, first.statements[0].value, first.statements[0].unit) == (
        "Drones hit a depot in Kharkiv and wounded seven drivers.",
        "7",
        "drivers",
    )
    assert digest.registry.sources["stepan-holub"].one_off


def test_if_confirmed_makes_a_claim_that_depends_on_the_disputed_one(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, STORY)
    claims = read(root).digest.articles[0].claims  # type: ignore[union-attr] # as above
    conditional = next(claim for claim in claims if "third such attack" in claim.text)
    assert conditional.depends_on == claims[0].id


def test_review_notes_say_what_each_proposal_rests_on(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, STORY)
    text = only(root)
    begin = STORY.index("Russia's defence")
    assert f"russian-mod denies; confidence 0.90, characters {begin} to {begin + 44}" in text
    assert "herald: {name: Herald, kind: outlet}" in text
    assert "stepan-holub: {name: Stepan Holub, kind: government}" in text
    assert "UA-63 from “Kharkiv”" in text
    assert "Left out as no news: Sign up for our newsletter" in text


def test_review_notes_and_drafts_reach_no_page(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, STORY)
    (path,) = texts(root)
    (root / path).write_text(only(root).replace("status: draft", "status: published"), encoding="utf-8")
    assert not build(root, Options(datetime(2025, 8, 1, tzinfo=UTC), root / "site")).failed
    pages = [
        p.read_text(encoding="utf-8") for p in (root / "site").rglob("*") if p.suffix in {".html", ".xml", ".json"}
    ]
    assert any("Depot burns in Kharkiv" in page for page in pages)
    assert not any("confidence 0." in page or "Check every proposal" in page for page in pages)


def test_generic_speakers_of_different_countries_are_different_sources(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(
        root,
        "Road closed near Lima\nThe road in Peru is closed, police said.\n"
        "Road closed near Oslo\nThe road in Norway is closed, police said.",
    )
    sources = read(root).digest.registry.sources  # type: ignore[union-attr] # as above
    assert {"police-peru", "police-norway"} <= sources.keys()


_LINES = st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), max_size=6).map("\n".join)
_SHARP = st.text(alphabet="[]{}()<>#*_`\\|~!&:'\"-+=1. \nab—“”", max_size=120)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Cabinet]:
    """Makes cabinets of one digest, in which nothing is written."""
    root = empty_digest(tmp_path_factory.mktemp("many"))
    digest, (context, _) = read(root).digest, read_context(root)
    assert digest is not None
    assert context is not None
    sources = sources_of(digest.registry)
    return lambda: Cabinet(root, digest, context, sources, Where("", str(TODAY), dry=True), Imported())


@settings(max_examples=60)
@given(st.one_of(_LINES, _SHARP), _SHARP)
@example("[x](javascript:alert(1)) {claim=x} <b>", "---\n- a: b")
@example("‘", "said a, b said c. d said \x85 e.")
def test_any_text_becomes_a_valid_draft(desk: Callable[[], Cabinet], one: str, two: str) -> None:
    cabinet = desk()
    text = clean(f"{one}\nThe mayor said {two}, the council denied {one}.")
    title = " ".join(clean(one).split()) or "x"
    filed = cabinet.file(Item("here", title, text, proposal=one_story(title, text, TODAY, {})))
    assert cabinet.problems == []
    assert filed is not None
    assert filed.fate is Fate.WRITTEN


def test_every_passage_of_the_corpus_becomes_valid_drafts(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, *(passage["text"] for passage in passages()))
    assert set(fates(result)) == {Fate.WRITTEN}
    assert result.problems == ()
    assert problems_of(root) == ()


def test_the_text_of_a_draft_shows_exactly_what_the_source_said(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    sharp = "He *said* [this](http://x.example) <b>twice</b> {claim=x} & 1. that."
    run(root, f"Mayor speaks of bridge repairs\n{sharp}\n# no heading, he said.")
    path, text = next(iter(texts(root).items()))
    context, _ = read_context(root)
    assert context is not None
    _, problems = parse_article(path, text.encode(), context)
    assert problems == []
    body = text.split("---\n")[2]
    assert "\\*said\\*" in body
    assert "\\[this\\]" in body
    assert "\\# no heading" in body


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ukraine said the corridor was open.", "government"),
        ("Prices fell, the Federal Statistical Office said.", "government"),
        ("The Bundesbank said prices would fall.", "government"),
    ],
)
def test_states_and_their_offices_are_no_persons(tmp_path: Path, sentence: str, kind: str) -> None:
    root = empty_digest(tmp_path)
    assert [one.kind for one in run(root, f"Prices fall in July\n{sentence}").filed[0].proposed] == [kind]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Rail Ltd denied that it had known of the cracks for months.", "Rail Ltd had known of the cracks for months."),
        ("The minister said it was fine to cross the bridge.", "It was fine to cross the bridge."),
        ("The company said it was closing the bridge.", "Company was closing the bridge."),
    ],
)
def test_it_is_a_body_that_speaks_and_never_a_person(tmp_path: Path, sentence: str, text: str) -> None:
    root = empty_digest(tmp_path)
    run(root, f"Cracks found in the bridge\n{sentence}")
    assert [claim.text for article in read(root).digest.articles for claim in article.claims] == [text]  # type: ignore[union-attr] # just read


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("‘We acted on what we had,’ the minister said.", "Minister: “We acted on what we had”"),
        ("The UN said teams were “on the way”, but the mayor denied it.", "Teams were on the way."),
        ("The army said it had hit “a depot” and denied targeting anybody.", "Army had hit a depot."),
    ],
)
def test_a_claim_is_a_sentence_with_one_kind_of_quotation_marks(tmp_path: Path, sentence: str, text: str) -> None:
    root = empty_digest(tmp_path)
    run(root, f"Night of fire on the coast\n{sentence}")
    first, *_ = [claim.text for article in read(root).digest.articles for claim in article.claims]  # type: ignore[union-attr] # just read
    assert first == text


def test_words_that_say_nothing_make_no_claim(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, "Night of fire on the coast\nOn X, the minister said.\nNothing, the mayor said.")
    assert [claim for article in read(root).digest.articles for claim in article.claims] == []  # type: ignore[union-attr] # just read


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Analysts said that prices in Norway would fall.", "Analysts"),
        ("Norway was asked, and a NATO spokesperson did not say more.", "NATO spokesperson"),
        ("Norway will vote again, news outlet Nordnews said.", "Nordnews"),
        ("The road in Norway was cut, police said.", "Police (Norway)"),
        (
            "Anna Berg has left Norway. The 39-year-old may be ill. Her agent did not comment on Norway.",
            "Anna Berg’s agent",
        ),
    ],
)
def test_only_bodies_without_a_name_of_their_own_have_a_country_in_brackets(
    tmp_path: Path, sentence: str, name: str
) -> None:
    root = empty_digest(tmp_path)
    (filed,) = run(root, f"Prices fall in Norway\nThe mayor of Oslo, Kari Lund, said it rained. {sentence}").filed
    assert name in {source.name for source in filed.proposed}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Russian shell hit the depot. Moscow is silent. The police confirmed that it burned.", "Police"),
        ("In Norway it rained. Norway and Sweden met near Stockholm. Officials said it was over.", "Officials"),
        ("OSLO, July 1 (Reuters) - It rained in Norway. Officials said it was over.", "Officials (Norway)"),
        ("It rained in Norway. Swedish officials said it was over in Norway.", "Swedish officials"),
    ],
)
def test_a_body_has_the_country_in_brackets_where_the_text_says_that_things_are_in_that_one(
    tmp_path: Path, text: str, name: str
) -> None:
    (filed,) = run(empty_digest(tmp_path), f"Depot burns for two days\n{text}").filed
    assert name in {source.name for source in filed.proposed}


def test_lines_with_marks_are_items_of_a_list(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, "Prices fall in Norway\nThe union asks for this.\n* More pay\n- Less *work*\n1) Rest\nIt will wait.")
    assert only(root).split("---\n")[2].strip() == (
        "The union asks for this.\n\n- More pay\n- Less \\*work\\*\n- Rest\n\nIt will wait."
    )
    assert problems_of(root) == ()


def test_an_apostrophe_parts_no_word_of_an_id(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    (filed,) = run(root, "Norway's parliament's speaker quits\nNorway’s army is ready, the mayor said.").filed
    assert filed.path.endswith("/norways-parliaments-speaker-quits.md")
    assert "id: norways-army-is-ready" in only(root)


def test_a_quotation_right_after_somebodys_words_is_the_same_persons(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(
        root,
        "Farm to be built\n“It is a milestone,” said Kari Lund. “We expect first power in 2030.” “It will be loud.”\n"
        "“Nobody asked us.”\nA sign reads “Keep out”. “It is new.”",
    )
    claims = [claim for article in read(root).digest.articles for claim in article.claims]  # type: ignore[union-attr] # just read
    assert [(claim.text, str(claim.kind), claim.statements[0].by) for claim in claims] == [
        ("It is a milestone.", "event", "kari-lund"),
        ("Kari Lund: “We expect first power in 2030”", "forecast", "kari-lund"),
        ("It will be loud.", "forecast", "kari-lund"),
    ]
