"""Maps: what is drawn where, and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.catalogue import Entry, regions
from digest.index.memory import MemoryIndex
from digest.model.taxa import PARTS
from digest.pages.compose import Composer
from digest.pages.drawn.atlas import Place, area, frame_around, ground, places
from digest.pages.drawn.map import Map, drawn_as, map_of_articles, map_of_region
from digest.pages.tongue import Tongue


def composer(index: MemoryIndex, used: list[str], *own: Entry) -> Composer:
    return Composer(replace(index, regions=regions("en", own).taxonomy(used)), Tongue("en"))


def made(drawn: Map | None) -> Map:
    assert drawn is not None
    return drawn


def test_provinces_count_for_their_country_and_each_article_once(index: MemoryIndex) -> None:
    known = composer(index, ["UA-59", "UA-09", "RU"])
    found = made(map_of_articles(known, [("UA-59", "UA-09"), ("UA-59",), ("RU", "UA-09")]))
    assert [(row.text, row.count) for row in found.rows] == [("Ukraine", 3), ("Russia", 1)]
    assert sorted(mark.count for mark in found.marks) == [1, 3]
    assert found.described == "Ukraine 3 and Russia 1"


def test_what_is_no_country_stands_beside_the_map(index: MemoryIndex) -> None:
    known = composer(index, ["UA", "151", "001", "eu"], Entry("eu", "European Union", "150"))
    found = made(map_of_articles(known, [("UA", "151"), ("001",), ("eu",)]))
    assert [row.text for row in found.rows] == ["Ukraine"]
    assert [row.text for row in found.beside] == ["Eastern Europe", "European Union", "World"]


def test_there_is_no_map_of_places_that_are_on_none(index: MemoryIndex) -> None:
    assert map_of_articles(composer(index, ["001"]), [("001",)]) is None
    assert map_of_articles(composer(index, []), []) is None


def test_a_country_too_small_for_a_shape_is_marked(index: MemoryIndex) -> None:
    found = made(map_of_articles(composer(index, ["SG"]), [("SG",)]))
    assert found.areas == ""
    assert len(found.marks) == 1


def test_a_region_of_the_digest_may_be_drawn_as_countries(index: MemoryIndex) -> None:
    own = Entry("benelux", "Benelux", "155", shapes=("BE", "NL", "LU"))
    found = made(map_of_articles(composer(index, ["benelux"], own), [("benelux",)]))
    assert [row.text for row in found.rows] == ["Benelux"]
    assert found.areas != ""


def test_a_region_may_be_kept_off_the_map(index: MemoryIndex) -> None:
    known = composer(index, ["UA", "FR"], Entry("FR", shapes=()))
    found = made(map_of_articles(known, [("UA",), ("FR",)]))
    assert [row.text for row in found.beside] == ["France"]


def test_borders_follow_the_regions_of_the_digest(index: MemoryIndex) -> None:
    plain = made(map_of_articles(composer(index, ["MA"]), [("MA",)]))
    joined = made(map_of_articles(composer(index, ["MA"], Entry("MA", shapes=("MA", "EH"))), [("MA",)]))
    assert len(joined.areas) > len(plain.areas)
    assert len(joined.borders) < len(plain.borders)


@pytest.mark.parametrize(("part", "country"), PARTS.items())
def test_a_shape_that_is_no_country_belongs_to_the_one_that_iso_counts_it_to(
    index: MemoryIndex, part: str, country: str
) -> None:
    by_default = made(map_of_articles(composer(index, [country]), [(country,)]))
    without = Entry("elsewhere", "Elsewhere", "", shapes=(part,))
    apart = made(map_of_articles(composer(index, [country], without), [(country,)]))
    assert len(apart.areas) < len(by_default.areas)
    assert len(apart.borders) > len(by_default.borders) or part == "northern-cyprus"  # whose border is no line there


def test_a_province_is_shown_in_its_country_under_its_own_name(index: MemoryIndex) -> None:
    found = made(map_of_region(composer(index, ["UA-59"]), "UA-59", lambda _: 7))
    assert [(row.text, row.count) for row in found.rows] == [(regions("en").taxon("UA-59").name, 7)]


def test_an_area_shows_the_countries_in_it(index: MemoryIndex) -> None:
    known = composer(index, ["UA-59", "PL", "FR"])
    numbers = {"UA": 2, "PL": 1, "FR": 5}
    found = made(map_of_region(known, "151", lambda region: numbers.get(region, 0)))
    assert [(row.text, row.count) for row in found.rows] == [("Ukraine", 2), ("Poland", 1)]


def test_every_country_of_the_catalogue_that_has_a_shape_is_found_by_its_code(index: MemoryIndex) -> None:
    taxonomy = regions("en").taxonomy([code for code in places() if code not in PARTS])
    assert {code for code in places() if code not in PARTS and drawn_as(taxonomy, code) is None} == set()
    assert index.regions.drawn == {}


codes = st.lists(st.sampled_from(sorted(places())), min_size=1, max_size=6)


@given(codes)
def test_every_mark_lies_in_its_frame(chosen: list[str]) -> None:
    boxes = [places()[code] for code in chosen if code != "AQ"] or [places()["UA"]]
    near = [Place(b.x, b.y, b.x - 100, b.y - 100, b.x + 100, b.y + 100) for b in boxes]
    frame = frame_around(near)
    for box in near:
        x, y = frame.point(box.x, box.y)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height


@given(codes)
def test_paths_are_short_and_hold_whole_numbers_only(chosen: list[str]) -> None:
    frame = frame_around([places()[code] for code in chosen])
    under = ground(frame, ())
    for path in (under.land, under.borders, *(area(frame, code) for code in chosen)):
        assert re.fullmatch(r"(?:M-?\d+ -?\d+l(?:[ -]?\d+)+z?)*", path)
        assert len(path) < 6000
