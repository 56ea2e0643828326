"""The search index follows edits month by month, and shows nothing that is not out."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from digest.build.build import Options, Outcome, build
from digest.search import pagefind
from tests.build.test_incremental import clean
from tests.digests import SETTINGS, small_digest, write

CLOCK = datetime(2025, 8, 10, tzinfo=UTC)
AUGUST = "---\ntitle: A later item\ndate: 2025-08-01\nregions: [FR]\n---\nVineyards.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest of two months, built."""
    root = write(small_digest(tmp_path / "digest"), {"content/2025/08/01/later.md": AUGUST})
    assert built(root).failed is False
    return root


def built(root: Path) -> Outcome:
    return build(root, Options(CLOCK, root / "site", jobs=1))


def indexed(root: Path) -> dict[str, bytes]:
    folder = root / "site/search"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*") if p.suffix != ".html"}


def found(root: Path) -> str:
    """All text of the index."""
    plain = (gzip.decompress(d) for n, d in indexed(root).items() if n.endswith((".pf_fragment", ".pf_index")))
    return b"\n".join(plain).decode("utf-8", "replace")


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / "content/2025" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The parts of the index of which something differs."""
    names = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    return {"/".join(name.split("/")[:2]) for name in names}


def test_a_second_build_makes_no_index(root: Path) -> None:
    with patch.object(pagefind, "_run", side_effect=AssertionError):
        outcome = built(root)
    assert outcome.written is not None
    assert outcome.written.total == 0


def test_an_edit_makes_only_the_part_of_its_month_anew(root: Path) -> None:
    before = indexed(root)
    edit(root, "07/02/bridge.md", "\nText.", "\nOnly the text, about zeppelins.")
    with patch.object(pagefind, "_run", side_effect=pagefind._run) as run:
        built(root)
    assert run.call_count == 1
    assert changed(before, indexed(root)) == {"index/2025-07"}
    assert "zeppelins" in found(root)
    assert indexed(root) == {n.removeprefix("search/"): d for n, d in clean_search(root).items()}


def clean_search(root: Path) -> dict[str, bytes]:
    """The index's files of a clean build."""
    _, made = clean(root, CLOCK)
    return {n: d for n, d in made.items() if n.startswith("search/") and not n.endswith(".html")}


def test_a_label_that_changes_through_another_months_article_changes_the_claims_part(root: Path) -> None:
    more = "claims:\n  - id: village-retaken\n    statements:\n      - {by: agency, says: denies, basis: first_hand}\n"
    before = indexed(root)
    edit(root, "08/01/later.md", "regions: [FR]\n", "regions: [FR]\n" + more)
    built(root)
    assert changed(before, indexed(root)) == {"index/2025-07", "index/2025-08"}


def test_what_changes_nothing_that_can_be_found_makes_no_part_anew(root: Path) -> None:
    edit(root, "07/02/monitors.md", "misspelt.", "misspelt twice.")
    with patch.object(pagefind, "_run", side_effect=AssertionError):
        assert built(root).failed is False


def test_a_month_without_articles_has_no_part(root: Path) -> None:
    (root / "content/2025/08/01/later.md").unlink()
    built(root)
    assert not (root / "site/search/index/2025-08").exists()
    assert "Vineyards" not in found(root)


def test_drafts_embargoed_and_expired_articles_cannot_be_found(root: Path) -> None:
    hidden = {"draft": "status: draft", "embargoed": "embargo: 2025-09-01", "expired": "expires: 2025-08-05"}
    for word, line in hidden.items():
        edited = AUGUST.replace("regions: [FR]", line).replace("Vineyards", f"Un{word}").replace("A later", f"Q{word}")
        write(root, {f"content/{word}.md": edited})
    built(root)
    text = found(root) + (root / "site/search/index.html").read_text(encoding="utf-8")
    assert [word for word in hidden if f"Un{word}" in text or f"Q{word}" in text or f"/{word}/" in text] == []
    assert "Vineyards" in text


def test_without_search_there_is_neither_page_nor_index_nor_a_link_to_it(root: Path) -> None:
    write(root, {"digest.yaml": SETTINGS + "outputs: {search: false}\n"})
    built(root)
    assert not (root / "site/search").exists()
    assert 'search/"' not in (root / "site/index.html").read_text(encoding="utf-8")


def test_an_output_that_was_lost_gets_its_index_again(root: Path) -> None:
    before = indexed(root)
    for file in (root / "site/search/index/2025-07/fragment").iterdir():
        file.unlink()
    build(root, Options(CLOCK, root / "site", jobs=1, clean=True))
    assert indexed(root) == before


def test_a_program_that_fails_is_a_problem_and_leaves_the_site_as_it_was(root: Path) -> None:
    before = indexed(root)
    edit(root, "08/01/later.md", "Vineyards", "Orchards")
    with patch.object(pagefind, "program", lambda: ("/bin/false", "none")):
        outcome = built(root)
    assert [p.code for p in outcome.problems] == ["D812"]
    assert indexed(root) == before
    built(root)
    assert "Orchards" in found(root)


def test_an_index_that_is_put_off_shows_nothing_old_and_is_made_by_the_next_build(root: Path) -> None:
    before = indexed(root)
    edit(root, "08/01/later.md", "Vineyards", "Orchards")
    with patch.object(pagefind, "_run", side_effect=AssertionError):
        assert not build(root, Options(CLOCK, root / "site", jobs=1, search=False)).failed
    assert changed(before, indexed(root)) == {"index/2025-08"}
    assert "Vineyards" not in found(root)
    built(root)
    assert "Orchards" in found(root)
    assert {"search/" + name: data for name, data in indexed(root).items()} == clean_search(root)


@pytest.mark.parametrize("name", ["search/pagefind/mine.js", "search/index/2025-07/mine.txt"])
def test_a_file_of_ones_own_may_not_stand_in_the_index(root: Path, name: str) -> None:
    write(root, {f"static/{name}": "mine"})
    (problem,) = built(root).problems
    assert (problem.code, "the search index" in problem.message) == ("D808", True)
    write(root, {"digest.yaml": SETTINGS + "outputs: {search: false}\n"})
    assert built(root).problems == ()
