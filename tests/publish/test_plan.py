"""The pure parts: plans, manifests, and the order in which files go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.publish.manifest import Entry, Piece, Told, UnreadableManifestError, make_manifest, pack, plain, unpack
from digest.publish.order import content_type, in_waves, is_stamped
from digest.publish.plan import make_plan, most_deletions
from digest.publish.words import in_words

AT = datetime(2025, 7, 1, tzinfo=UTC)
NAMES = st.sampled_from(
    ["index.html", "a/index.html", "b/index.html", "feed.xml", "sitemap.xml", "map.txt", "assets/d-0123456789.css"]
)
FILES = st.dictionaries(NAMES, st.integers(0, 3).map(lambda n: Entry(f"{n}", n)))


@given(FILES, FILES)
def test_what_a_plan_says_of_files_leads_from_one_site_to_the_other(
    before: dict[str, Entry], after: dict[str, Entry]
) -> None:
    files = make_plan(make_manifest(before, Told(), AT), make_manifest(after, Told(), AT)).files
    made = {name: entry for name, entry in before.items() if name not in files.removed}
    made |= {name: after[name] for name in (*files.new, *files.changed)}
    assert made == after
    assert files.bytes == sum(after[name].size for name in (*files.new, *files.changed))
    assert make_plan(make_manifest(after, Told(), AT), make_manifest(after, Told(), AT)).is_empty


@given(st.sets(NAMES), st.sets(NAMES))
def test_files_go_once_with_what_is_new_first_the_home_page_late_and_known_feeds_last(
    new: set[str], changed: set[str]
) -> None:
    changed -= new
    order = [name for wave in in_waves(new, changed) for name in wave]
    assert sorted(order) == sorted(new | changed)
    pages = [name for name in order if name.endswith("/index.html")]
    assert pages == sorted(pages, key=lambda name: name in changed)
    for name in pages:
        assert "index.html" not in order or order.index(name) < order.index("index.html")
    others = [name for name in order if not name.endswith(".xml")]
    for last in {"sitemap.xml", *({"feed.xml"} & changed)} & set(order):
        assert all(order.index(name) < order.index(last) for name in others)
    if "feed.xml" in new:  # pages that link to it come after it
        assert all(order.index("feed.xml") < order.index(name) for name in others if name.endswith(".html"))


@pytest.mark.parametrize(
    ("before", "most"), [(0, 0), (10, 5), (99, 49), (100, 50), (400, 50), (1000, 100), (9000, 900)]
)
def test_deletions_that_need_no_word(before: int, most: int) -> None:
    assert most_deletions(before) == most


def test_parts_of_the_search_index_are_no_deletions_that_need_a_word() -> None:
    parts = {f"search/index/{n}.json": Entry(f"{n}", 3) for n in range(60)}
    pages = {f"{n}/index.html": Entry(f"{n}", 3) for n in range(10)}
    left = {name: entry for name, entry in pages.items() if name != "3/index.html"}
    plan = make_plan(make_manifest({**parts, **pages}, Told(), AT), make_manifest(left, Told(), AT))
    assert len(plan.files.removed) == 61
    assert (plan.going, plan.before) == (1, 10)


def test_a_manifest_is_the_same_after_packing() -> None:
    told = Told(
        {"a": Piece("2025/07/01/a/", 'A "title"],"', "0f", (("2025-07-02", "Text."),))}, {"c": ("C", "disputed")}
    )
    manifest = make_manifest({"index.html": Entry("ab", 3), "é.html": Entry("cd", 0)}, told, AT)
    assert unpack(pack(manifest)) == manifest
    assert unpack(plain(manifest)) == manifest
    assert plain(manifest).count(b"\n") > 2


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/../b", ".digest/lock", "a\\b", ""])
def test_a_manifest_from_outside_cannot_name_files_outside_the_site(name: str) -> None:
    manifest = make_manifest({name: Entry("ab", 3)}, Told(), AT)
    with pytest.raises(UnreadableManifestError):
        unpack(pack(manifest))


def test_releases_of_one_second_sort_by_time() -> None:
    ids = [make_manifest({f"{n}": Entry("ab", n)}, Told(), AT.replace(microsecond=n * 1000)).release for n in range(20)]
    assert ids == sorted(ids)


def test_a_manifest_of_another_format_or_none_is_refused() -> None:
    manifest = make_manifest({}, Told(), AT)
    for data in (pack(replace(manifest, format=2)), pack(replace(manifest, release="../x")), b"", b"\x1f\x8b", b"[]"):
        with pytest.raises(UnreadableManifestError):
            unpack(data)


def test_long_lists_are_cut_and_control_characters_are_not_printed() -> None:
    pieces = {f"a{n}": Piece(f"a{n}/", f"Title {n}\x1b[31m", "00") for n in range(25)}
    words = in_words(make_plan(None, make_manifest({"a": Entry("ab", 3)}, Told(pieces), AT)), "here")
    assert "    and 5 more\n" in words
    assert "\x1b" not in words


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("topics/war/feed.json", "application/feed+json"),
        ("sitemap.xml", "application/xml"),
        ("map.png", "image/png"),
        ("data/claims.csv", "text/csv; charset=utf-8"),
        ("data/claims/2025-07.jsonl", "application/jsonl; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("notes.md", "text/markdown; charset=utf-8"),
        ("thing", "application/octet-stream"),
        ("a/index.html.gz", "application/gzip"),
        ("a/index.html.br", "application/octet-stream"),
    ],
)
def test_content_types(name: str, kind: str) -> None:
    assert content_type(name) == kind


def test_only_assets_with_a_fingerprint_may_be_kept_for_ever() -> None:
    assert is_stamped("assets/digest-fe907f483b.css")
    assert not is_stamped("assets/digest.css")
    assert not is_stamped("map-2025070100.png")
    assert not is_stamped("assets/photo-20250703120000.jpg")


def test_only_what_readers_have_an_address_of_is_said_to_stop_working() -> None:
    names = ("data/claims/2025-07.csv", "search/index/2025-07/pagefind-entry.json", "topics/war/feed.json")
    before = make_manifest({name: Entry("1", 1) for name in names}, Told(), datetime(2025, 7, 1, tzinfo=UTC))
    after = make_manifest({}, Told(), datetime(2025, 7, 2, tzinfo=UTC))
    assert tuple(make_plan(before, after).lost) == ("/data/claims/2025-07.csv", "/topics/war/feed.json")


def test_compressed_copies_count_with_what_they_are_copies_of() -> None:
    pages = {f"{number}/index.html{form}": Entry("ab", 3) for number in range(100) for form in ("", ".gz", ".br")}
    plan = make_plan(make_manifest(pages, Told(), AT), make_manifest({"archive.tar.gz": Entry("ab", 3)}, Told(), AT))
    assert (plan.going, plan.before) == (100, 100)
    packed = make_manifest({"archive.tar.gz": Entry("ab", 3)}, Told(), AT)
    assert make_plan(packed, make_manifest({}, Told(), AT)).going == 1
