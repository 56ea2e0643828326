"""Slugs of names, alone and among others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.content.catalogue.shelf import Row, Shelf
from digest.content.catalogue.slugs import distinct, slug_of, slugs_of


def nothing_is_a_code(_: str) -> str:
    return ""


def test_many_names_get_the_slugs_that_each_gets_alone() -> None:
    names = [
        "Côte d’Ivoire",
        "Sverdlovskaya oblast'",
        "Україна",
        "Babək",
        " (x) ",
        "!",
        "a  b",
        "Gironà [Gerona]",
        "日本",
    ]
    assert slugs_of(names) == [slug_of(name) for name in names]
    assert slugs_of([]) == []


def test_the_schwa_is_an_e() -> None:
    assert [slug_of("Babək"), slug_of("Kǝngǝrli")] == ["babek", "kengerli"]


def test_all_that_collide_get_their_tail() -> None:
    wanted = {"UG-C": "central", "FJ-C": "central", "UA": "ukraine"}
    tails = {"UG-C": "ug-c", "FJ-C": "fj-c", "UA": "ua"}
    assert distinct(wanted, tails, {}) == {"UG-C": "central-ug-c", "FJ-C": "central-fj-c", "UA": "ukraine"}


def test_topics_of_one_label_are_told_apart_by_their_parents_and_siblings_by_their_ids() -> None:
    rows = [Row("1", "law", "9", "court"), Row("2", "law", "8", "school"), Row("3", "law", "9", "court")]
    slugs = Shelf(lambda: rows, nothing_is_a_code).slugs({})
    assert slugs == {"1": "law-court-1", "2": "law-school", "3": "law-court-3"}


@given(
    st.dictionaries(st.from_regex(r"[a-c]{1,3}", fullmatch=True), st.from_regex(r"[a-b](-[a-c]){0,2}", fullmatch=True)),
    st.dictionaries(st.sampled_from(["a", "b", "ab", "ba"]), st.sampled_from(["a", "z"])),
)
def test_slugs_end_up_distinct_and_off_what_is_taken(wanted: dict[str, str], taken: dict[str, str]) -> None:
    slugs = distinct(wanted, {}, taken)
    assert len(set(slugs.values())) == len(wanted)
    assert all(taken.get(slug.replace("-", ""), id_) == id_ for id_, slug in slugs.items())
    assert distinct(dict(reversed(wanted.items())), {}, taken) == slugs
