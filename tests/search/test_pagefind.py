"""Pagefind's index of the same entries is the same, byte for byte, and holds what it was given."""

from __future__ import annotations

import gzip
import json
from unittest.mock import patch

import pytest

from digest.search import pagefind
from digest.search.entries import Entry
from digest.search.pagefind import SearchError, engine, index_of

ENTRIES = [
    Entry(
        f"2025/07/01/item-{number}/",
        f"Item {number} & <more>",
        f"Word{number} and talks in Geneva. 和平 {'long ' * 50}",
        "1 July 2025",
        "",
        f"2025-07-01T{number:02}:00",
        {"kind": ("article",), "region": tuple(f"R{n}" for n in range(number % 5)), "topic": (f"t{number % 3}",)},
    )
    for number in range(20)
]


def test_the_same_entries_give_the_same_files() -> None:
    first = index_of(ENTRIES, "en")
    assert all(index_of(ENTRIES, "en") == first for _ in range(4))  # Pagefind's own order differs in most runs
    assert engine("en") == engine("en")


def test_another_entry_changes_only_what_holds_it() -> None:
    before, after = index_of(ENTRIES, "en"), index_of([*ENTRIES[:-1], Entry("x/", "X", "Other", "", "", "", {})], "en")
    fragments = {name for name in before if name.startswith("fragment/")}
    assert len(fragments - after.keys()) == 1


def test_each_entry_has_its_part_with_address_title_and_filters() -> None:
    made = index_of(ENTRIES, "en")
    kept = [json.loads(gzip.decompress(d)[12:]) for name, d in made.items() if name.startswith("fragment/")]
    assert sorted((k["url"], k["meta"]["title"]) for k in kept) == sorted((e.address, e.title) for e in ENTRIES)
    assert {k["url"]: k["filters"]["topic"] for k in kept} == {e.address: list(e.filters["topic"]) for e in ENTRIES}


def test_the_engine_brings_no_interface_of_its_own() -> None:
    assert {name.rpartition(".")[2] for name in engine("en")} == {"js", "json", "pagefind", "pf_meta"}
    assert {name for name in engine("en") if name.endswith(".js")} == {"pagefind.js", "pagefind-worker.js"}


@pytest.mark.parametrize("program", ["/bin/false", "/bin/no-such-program"])
def test_a_program_that_does_not_work_is_told(program: str) -> None:
    with patch.object(pagefind, "program", lambda: (program, "none")), pytest.raises(SearchError):
        index_of(ENTRIES, "en")


@pytest.mark.parametrize("entries", [[], [Entry("x/", "…", "", "", "", "", {"kind": ("article",)})]])
def test_an_index_of_nothing_or_of_no_words_is_an_index(entries: list[Entry]) -> None:
    assert set(index_of(entries, "en")) == {n for n in engine("en") if n.endswith((".pf_meta", "-entry.json"))}


@pytest.mark.parametrize(
    "title", ["a & b", "]]>", "\u202eright to left", "🙂", "x" * 4000, "<script>", "\u200b", "a\u001fb", '"']
)
def test_any_title_can_be_indexed(title: str) -> None:
    made = index_of([Entry("x/", title, f"{title} and words", "", "", "", {"topic": (title,)}), *ENTRIES[:1]], "en")
    kept = [json.loads(gzip.decompress(d)[12:]) for name, d in made.items() if name.startswith("fragment/")]
    assert {k["url"] for k in kept} == {"x/", ENTRIES[0].address}
