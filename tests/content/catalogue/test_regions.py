"""Regions: ISO and M49 codes, names in the digest's language, one slug each."""

from __future__ import annotations

import subprocess
import sys

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.content.catalogue import Catalogue, Entry, regions
from digest.content.catalogue.data import rows_of

AREAS = [code for code, *_ in rows_of("m49.csv")]
SUBDIVISIONS = [subdivision.code for subdivision in pycountry.subdivisions]
ENGLISH = regions("en")


def lineage(catalogue: Catalogue, id_: str) -> list[str]:
    return [taxon.id for taxon in catalogue.taxonomy([id_]).lineage(id_)]


@pytest.mark.parametrize("word", ["UA", "ua", "Ukraine", "ukraine", " UKRAINE "])
def test_a_country_is_found_by_code_name_and_slug(word: str) -> None:
    assert ENGLISH.find(word) == "UA"


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("UK", "GB"),
        ("USA", "US"),
        ("Türkiye", "TR"),
    ],
)
def test_accents_punctuation_and_second_names_do_not_matter(word: str, id_: str) -> None:
    assert ENGLISH.find(word) == id_


@pytest.mark.parametrize("word", ["UA-59", "ua-59", "Sumska oblast", "sumska-oblast", "SUMSKA OBLAST"])
def test_a_subdivision_is_found_by_code_name_and_slug(word: str) -> None:
    assert ENGLISH.find(word) == "UA-59"


def test_a_word_for_a_country_and_a_subdivision_means_the_country() -> None:
    assert ENGLISH.find("Georgia") == "GE"
    assert ENGLISH.taxon("US-GA").slug == "georgia-us-ga"


def test_a_word_that_several_subdivisions_share_finds_none_and_suggests_them() -> None:
    assert ENGLISH.find("Central") is None
    assert all("(Central)" in suggestion for suggestion in ENGLISH.nearest("Central"))


@pytest.mark.parametrize("word", ["", "  ", "?!", "Atlantis", "XX", "UA-999", "1"])
def test_what_names_nothing_is_not_found(word: str) -> None:
    assert ENGLISH.find(word) is None


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ENGLISH.taxon("atlantis")


def test_the_world_is_found_and_is_nobodys_parent() -> None:
    assert ENGLISH.find("World") == ENGLISH.find("001") == "001"
    assert all(taxon.parent != "001" for taxon in ENGLISH.taxonomy(AREAS).taxa.values())


def test_a_lineage_climbs_from_subdivision_to_region() -> None:
    assert lineage(ENGLISH, "AZ-BAB") == ["AZ-BAB", "AZ-NX", "AZ", "145", "142"]
    assert lineage(ENGLISH, "KE") == ["KE", "014", "202", "002"]
    assert lineage(ENGLISH, "SV") == ["SV", "013", "419", "019"]


def test_every_country_of_iso_3166_lies_in_an_m49_region_except_antarctica() -> None:
    rootless = {country.alpha_2 for country in pycountry.countries if len(lineage(ENGLISH, country.alpha_2)) == 1}
    assert rootless == {"AQ"}


def test_every_lineage_ends_in_a_taxon_without_a_parent() -> None:
    taxonomy = ENGLISH.taxonomy(AREAS + SUBDIVISIONS)
    assert all(taxonomy.lineage(id_)[-1].parent == "" for id_ in taxonomy.taxa)


def test_a_taxonomy_holds_what_is_used_and_its_ancestors_only() -> None:
    assert list(ENGLISH.taxonomy(["UA-59", "FR"]).taxa) == ["150", "151", "155", "FR", "UA", "UA-59"]


@pytest.mark.parametrize("language", ["en", "de", "uk", "ar", "he", "vi", "ja", "zh-Hant", "pt-BR", "no-such"])
def test_every_slug_is_unique_and_finds_its_region_in_any_language(language: str) -> None:
    catalogue = regions(language)
    slugs = {id_: catalogue.taxon(id_).slug for id_ in AREAS + SUBDIVISIONS}
    assert len(set(slugs.values())) == len(slugs)
    assert {id_: catalogue.find(slug) for id_, slug in slugs.items()} == {id_: id_ for id_ in slugs}


@pytest.mark.parametrize("language", ["en", "fr", "uk", "ar", "he", "vi", "zh-Hant"])
def test_every_country_is_found_by_its_name_in_the_digests_language(language: str) -> None:
    catalogue = regions(language)
    assert [catalogue.find(catalogue.taxon(id_).name) for id_ in AREAS] == AREAS


def test_names_are_in_the_digests_language_and_english_ones_are_found_too() -> None:
    catalogue = regions("uk")
    assert catalogue.taxon("UA").name == "Україна"
    assert catalogue.taxon("UA").slug == "ukraina"
    assert catalogue.find("Україна") == catalogue.find("Ukraine") == "UA"


def test_a_language_that_nobody_knows_falls_back_to_english() -> None:
    assert regions("xx").taxon("DE").name == "Germany"


def test_an_own_name_changes_name_and_slug_and_the_built_in_name_is_still_found() -> None:
    catalogue = regions("en", [Entry("ua-59", name="Sumy region")])
    taxon = catalogue.taxon("UA-59")
    assert (taxon.name, taxon.slug, taxon.parent) == ("Sumy region", "sumy-region", "UA")
    assert catalogue.find("Sumy Region") == catalogue.find("Sumska oblast") == "UA-59"


def test_an_own_slug_goes_before_the_slug_of_the_name() -> None:
    assert regions("en", [Entry("UA-59", name="Sumy region", slug="sumy")]).taxon("UA-59").slug == "sumy"


def test_an_own_entry_may_name_a_country_by_its_slug() -> None:
    catalogue = regions("en", [Entry("ukraine", parent="Northern Europe")])
    assert lineage(catalogue, "UA") == ["UA", "154", "150"]


def test_a_new_region_has_its_place_in_the_tree() -> None:
    catalogue = regions(
        "en", [Entry("gaza-strip", name="Gaza Strip", parent="palestine"), Entry("rafah", parent="gaza-strip")]
    )
    assert catalogue.find("Gaza strip") == "gaza-strip"
    assert lineage(catalogue, "rafah") == ["rafah", "gaza-strip", "PS", "145", "142"]
    assert catalogue.taxon("rafah").name == "Rafah"


def test_a_new_region_named_like_a_country_does_not_move_the_country() -> None:
    catalogue = regions("en", [Entry("state", name="Georgia", parent="US")])
    assert catalogue.taxon("GE").slug == "georgia"
    assert catalogue.taxon("state").slug == "georgia-state"
    assert catalogue.find("Georgia") == "GE"


def test_a_new_region_named_like_a_subdivision_goes_before_it() -> None:
    catalogue = regions("en", [Entry("texas", name="Texas")])
    assert catalogue.find("Texas") == "texas"
    assert catalogue.taxon("US-TX").slug == "texas-us-tx"


def test_a_parent_that_nothing_is_known_by_counts_as_none() -> None:
    assert regions("en", [Entry("gaza-strip", parent="atlantis")]).taxon("gaza-strip").parent == ""


def test_parents_that_run_in_a_circle_do_not_hang() -> None:
    catalogue = regions("en", [Entry("one-land", parent="two-land"), Entry("two-land", parent="one-land")])
    assert lineage(catalogue, "one-land") == ["one-land", "two-land"]


def test_suggestions_show_code_and_name() -> None:
    assert "UA-59 (Sumska oblast)" in ENGLISH.nearest("Sumy")
    assert ENGLISH.nearest("Germny")[0] == "DE (Germany)"
    assert all(suggestion.startswith("UA-") for suggestion in ENGLISH.nearest("UA-60"))


def test_suggestions_know_own_regions() -> None:
    catalogue = regions("en", [Entry("gaza-strip", name="Gaza Strip", parent="PS")])
    assert catalogue.nearest("gaza stripe", 1) == ["gaza-strip (Gaza Strip)"]


def test_subdivisions_are_not_loaded_for_codes_and_names_of_countries_and_new_regions() -> None:
    script = (
        "import sys\n"
        "from digest.content.catalogue import Entry, regions\n"
        "catalogue = regions('en', [Entry('gaza-strip', 'Gaza Strip', 'PS')])\n"
        "used = [catalogue.find(word) for word in ('ua', 'France', 'gaza-strip', '151')]\n"
        "catalogue.taxonomy(used)\n"
        "assert 'pycountry' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


NAMES = st.sampled_from(["", "Georgia", "Texas", "Central", "A", "A b", "b", "Україна", "!?"])
ENTRIES = st.builds(
    Entry,
    id=st.sampled_from(["UA", "ukraine", "UA-59", "US-GA", "texas", "a", "b", "a-b", "central"]),
    name=NAMES,
    parent=st.sampled_from(["", "a", "b", "FR", "central", "nowhere"]),
    slug=st.sampled_from(["", "a", "b", "ua", "france", "texas", "a-b", "us-ga"]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(ENTRIES, max_size=4))
def test_slugs_stay_unique_and_findable_under_any_own_entries(own: list[Entry]) -> None:
    catalogue = regions("en", own)
    ids = ["GE", "FR", "UA", "UA-59", "US-GA", "US-TX"]
    new = [id_ for entry in own if (id_ := catalogue.find(entry.id))]
    taxa = catalogue.taxonomy([*ids, *new]).taxa
    assert len({taxon.slug for taxon in taxa.values()}) == len(taxa)
    assert {id_: catalogue.find(taxon.slug) for id_, taxon in taxa.items()} == {id_: id_ for id_ in taxa}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_found_or_not_without_an_error(word: str) -> None:
    found = ENGLISH.find(word)
    assert found is None or ENGLISH.taxon(found).id == found
    assert len(ENGLISH.nearest(word)) <= 3
