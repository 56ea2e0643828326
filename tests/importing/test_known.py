"""Items find their like among what was imported before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.importing.known import Imported
from digest.importing.record import Entry
from digest.importing.similar import ALIKE, likeness, sketch

_WORDS = ["bridge", "mayor", "rain", "lorry", "union", "court", "oslo", "lima", "grain", "strike"]
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=8, max_size=40)


def entry(key: str, text: str, link: str = "") -> Entry:
    return Entry(key, f"content/{key}.md", key, "2025-07-01", link, "", sketch(text))


@given(st.lists(_TEXTS, min_size=1, max_size=6), _TEXTS)
def test_a_double_is_found_exactly_where_comparing_with_all_finds_one(
    before: list[list[str]], words: list[str]
) -> None:
    known = Imported()
    for i, text in enumerate(before):
        known.add(entry(str(i), " ".join(text)))
    outline = sketch(" ".join(words))
    alike = {e.path for e in known.entries.values() if likeness(outline, e.sketch) >= ALIKE}
    found = known.double("", outline)
    assert (found[0] in alike) if found else not alike


def test_short_texts_are_no_doubles_of_anything() -> None:
    known = Imported()
    known.add(entry("a", "Rain fell."))
    assert known.double("", sketch("Rain fell.")) is None


def test_a_link_is_enough() -> None:
    known = Imported()
    known.add(entry("a", "", "https://x.example/1"))
    assert known.double("https://x.example/1", ()) == ("content/a.md", "the same link")


@given(_TEXTS)
def test_a_text_is_like_itself(words: list[str]) -> None:
    assert likeness(sketch(" ".join(words)), sketch(" ".join(words))) == 1


def test_texts_of_one_mould_need_not_be_compared_with_each_other() -> None:
    """10,000 weather reports share their phrases; what each says is in the few words between."""
    known = Imported()
    mould = "the police of {0}a said that {0}b people of {0}c were hurt near the mill of {0}d on {0}e and {0}f"
    for number in range(200):
        known.add(entry(str(number), mould.format(f"w{number}")))
    outline = sketch(mould.format("w777"))
    assert any(value in known.entries["0"].sketch for value in outline)
    assert len(known.candidates(outline)) < 20
