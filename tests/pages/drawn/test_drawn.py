"""Bars, timelines and calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from digest.index.memory import MemoryIndex
from digest.model import Label, Registry, Settings, Taxonomy
from digest.pages.compose import Composer
from digest.pages.drawn import bar, timeline
from digest.pages.drawn.bar import compose_bar
from digest.pages.drawn.heat import compose_heat
from digest.pages.drawn.timeline import SHOWN, compose_timeline
from digest.pages.parts import Change, Link
from digest.pages.plan import FAMILIES
from digest.pages.tongue import Tongue

counts = st.dictionaries(st.sampled_from(list(Label)), st.integers(1, 500), min_size=2)
FIRST = date(2025, 1, 1)


def composer(language: str = "en") -> Composer:
    none = MemoryIndex(Settings("T"), Registry({}, {}), Taxonomy({}), Taxonomy({}), {}, {}, {}, {}, {})
    return Composer(none, Tongue(language))


@given(counts, st.sampled_from(["en", "ar"]))
def test_a_bar_is_shared_out_within_its_width(found: dict[Label, int], language: str) -> None:
    words = composer(language)
    made = compose_bar(words, words.counts(label for label, n in found.items() for _ in range(n)))
    assert made is not None
    spans = sorted((share.x, share.x + share.width) for share in made.shares)
    assert all(0 <= x <= end <= bar.WIDTH for x, end in spans)
    assert sum(share.count for share in made.shares) == sum(found.values())
    assert [str(share.count) in made.described for share in made.shares] == [True] * len(found)


def test_one_label_alone_has_no_bar() -> None:
    words = composer()
    assert compose_bar(words, words.counts([Label.DISPUTED])) is None
    assert compose_bar(words, ()) is None


days = st.lists(st.integers(0, 800), min_size=1, max_size=6, unique=True).map(sorted)


@given(st.lists(days, max_size=20), st.sampled_from(["en", "ar"]))
def test_signs_of_a_timeline_stand_side_by_side_in_the_order_of_days(found: list[list[int]], language: str) -> None:
    words = composer(language)
    claims = []
    for number, when in enumerate(found):
        changes = tuple(
            Change(words.label(list(Label)[i]), words.date(FIRST + timedelta(day))) for i, day in enumerate(when)
        )
        claims.append((Link(f"Claim {number}", f"claims/{number}/"), changes))
    made = compose_timeline(words, claims)
    if all(len(when) < 2 for when in found):
        assert made is None
        return
    assert made is not None
    assert len(made.lanes) == min(len(found), SHOWN)
    assert made.others == len(found) - len(made.lanes)
    for lane in made.lanes:
        signs = [s.sign for s in lane.stretches]
        order = signs if language == "en" else [-sign for sign in signs]
        assert all(b - a >= 18 for a, b in pairwise(order))
        assert all(-2 <= sign <= timeline.WIDTH for sign in signs)
        assert [s.label for s in lane.stretches] == [c.label for c in lane.changes]


@given(st.dictionaries(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(1, 90), min_size=1))
def test_a_calendar_has_one_dot_a_day_and_all_numbers_in_its_table(found: dict[date, int]) -> None:
    made = compose_heat(composer(), 2024, found, 3)
    assert made is not None
    assert made.levels[0].count("h0") == 366
    assert sum(path.count("h0") for path in made.levels[1:]) == len(found)
    assert [(day.iso, n) for day, n in made.days] == [(f"{day}", n) for day, n in sorted(found.items())]
    assert list(made.least) == sorted(set(made.least))


def test_a_year_without_articles_has_no_calendar() -> None:
    assert compose_heat(composer(), 2024, {date(2025, 1, 1): 3}, 3) is None


def test_settings_without_pictures_draw_none(index: MemoryIndex) -> None:
    bare = replace(index, settings=structs.replace(index.settings, pictures=frozenset()))
    words = Composer(bare, Tongue("en"))
    for family, key in (("edition", "2025-07-01"), ("year", "2025"), ("region", "UA"), ("thread", "front")):
        view = FAMILIES[family].view(words, key).view
        assert all(getattr(view, name, None) is None for name in ("map", "bar", "heat"))
    assert getattr(FAMILIES["thread"].view(words, "front").view, "labels", None) is None
    assert getattr(FAMILIES["claim"].view(words, "village-retaken").view, "timeline", None) is None
    full = Composer(index, Tongue("en"))
    assert getattr(FAMILIES["edition"].view(full, "2025-07-01").view, "map", None) is not None
    assert getattr(FAMILIES["claim"].view(full, "village-retaken").view, "timeline", None) is not None
