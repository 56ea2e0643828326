"""Topics: the IPTC Media Topics with a digest's own over them."""

from __future__ import annotations

import pytest

from digest.content.catalogue import Entry, topics
from digest.content.catalogue.data import rows_of

IDS = [id_ for id_, _, _ in rows_of("iptc-media-topics.csv")]
BUILT_IN = topics("en")


@pytest.mark.parametrize(
    "word", ["20000056", "medtop:20000056", "MEDTOP:20000056", "armed conflict", "Armed Conflict", "armed-conflict"]
)
def test_a_topic_is_found_by_id_label_and_slug(word: str) -> None:
    assert BUILT_IN.find(word) == "20000056"


@pytest.mark.parametrize("word", ["", "99999999", "medtop:", "armed conflicts of old"])
def test_what_names_nothing_is_not_found(word: str) -> None:
    assert BUILT_IN.find(word) is None


def test_a_topic_has_its_label_slug_and_parent() -> None:
    taxon = BUILT_IN.taxon("20000056")
    assert (taxon.name, taxon.slug, taxon.parent) == ("armed conflict", "armed-conflict", "16000000")


def test_every_slug_is_unique_and_finds_its_topic() -> None:
    slugs = {id_: BUILT_IN.taxon(id_).slug for id_ in IDS}
    assert len(set(slugs.values())) == len(slugs) == 1160
    assert {id_: BUILT_IN.find(slug) for id_, slug in slugs.items()} == {id_: id_ for id_ in slugs}


def test_every_lineage_ends_in_one_of_the_17_subjects() -> None:
    taxonomy = BUILT_IN.taxonomy(IDS)
    roots = {taxonomy.lineage(id_)[-1] for id_ in IDS}
    assert len(roots) == 17
    assert all(root.parent == "" for root in roots)


@pytest.mark.parametrize("id_", ["armed-conflict", "20000056", "medtop:20000056"])
def test_an_own_entry_may_mean_a_built_in_topic_by_slug_or_id(id_: str) -> None:
    catalogue = topics("en", [Entry(id_, name="War and armed conflict")])
    assert catalogue.taxon("20000056").slug == "war-and-armed-conflict"
    assert catalogue.find("armed conflict") == catalogue.find("war and armed conflict") == "20000056"


def test_a_new_topic_has_its_place_in_the_tree() -> None:
    catalogue = topics("en", [Entry("drone-warfare", name="Drone warfare", parent="war")])
    names = [taxon.name for taxon in catalogue.taxonomy(["drone-warfare"]).lineage("drone-warfare")]
    assert names == ["Drone warfare", "war", "armed conflict", "conflict, war and peace"]


def test_suggestions_are_labels() -> None:
    assert BUILT_IN.nearest("armed conflct")[0] == "armed conflict"
    assert BUILT_IN.nearest("climate chnage", 1) == ["climate change"]
    assert BUILT_IN.nearest("zzzzzzzzz") == []
