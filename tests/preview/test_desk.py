"""The desk holds back what is wrong, and says where articles went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digests import FRONT, small_digest, write
from tests.preview.test_same_bytes import Workshop

VILLAGE, PATH = "2025/07/01/village/", "content/2025/07/01/village.md"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """A desk over the small digest, drafts shown."""
    made = Workshop(small_digest(tmp_path / "digest"), drafts=True)
    yield made
    made.close()


def save(workshop: Workshop, files: dict[str, str]) -> None:
    write(workshop.root, files)
    workshop.desk.follow(set(files))


def text(workshop: Workshop, address: str) -> str:
    shown = workshop.site.look(address)
    assert shown is not None
    assert shown.data is not None
    return shown.data.decode()


def codes(workshop: Workshop) -> list[str]:
    return [problem.code for problem in workshop.last.problems]


def test_an_article_with_an_error_stays_as_it_was(workshop: Workshop) -> None:
    before = text(workshop, VILLAGE)
    save(workshop, {PATH: FRONT.replace("title: Kyiv", "titel: Kyiv")})
    assert codes(workshop) != []
    assert text(workshop, VILLAGE) == before
    save(workshop, {PATH: FRONT.replace("title: Kyiv", "title: Today Kyiv")})
    assert codes(workshop) == []
    assert "Today Kyiv" in text(workshop, VILLAGE)


def test_an_article_that_takes_the_id_of_another_waits_until_that_is_free(workshop: Workshop) -> None:
    twin = {"content/twin.md": "---\ntitle: Twin\ndate: 2025-07-01\nid: village\n---\nTwin.\n"}
    save(workshop, twin)
    assert codes(workshop) == ["D502"]
    assert "Twin" not in text(workshop, VILLAGE)
    save(workshop, {PATH: FRONT.replace("date: 2025-07-01T09:30\n", "date: 2025-07-01T09:30\nid: first\n")})
    assert codes(workshop) == []
    assert "Twin" in text(workshop, VILLAGE)
    assert "Kyiv" in text(workshop, "2025/07/01/first/")


def test_a_claim_that_is_defined_twice_is_told_of_and_changes_no_label(workshop: Workshop) -> None:
    before = text(workshop, "claims/village-retaken/")
    again = "claims: [{id: village-retaken, text: Again., statements: [{by: agency}]}]"
    save(workshop, {"content/again.md": f"---\ntitle: Again\ndate: 2025-07-01\n{again}\n---\nText.\n"})
    assert codes(workshop) == ["D401"]
    assert text(workshop, "claims/village-retaken/") == before


def test_a_file_with_errors_from_the_beginning_hides_no_other(workshop: Workshop) -> None:
    save(workshop, {"content/bad.md": "no front matter\n"})
    assert len(codes(workshop)) == 1
    save(workshop, {"content/good.md": "---\ntitle: Good\ndate: 2025-07-01\n---\nText.\n"})
    assert "Good" in text(workshop, "2025/07/01/")
    (workshop.root / "content/bad.md").unlink()
    workshop.desk.follow({"content/bad.md"})
    assert codes(workshop) == []


def test_an_article_goes_by_its_file_then_its_id_then_its_text(workshop: Workshop) -> None:
    save(workshop, {PATH: FRONT.replace("date: 2025-07-01T09:30", "date: 2025-07-03T09:30")})
    assert workshop.last.moved == {VILLAGE: "2025/07/03/village/"}
    old, new = workshop.root / PATH, workshop.root / "content/hamlet.md"
    old.rename(new)
    workshop.desk.follow({PATH, "content/hamlet.md"})
    assert workshop.last.moved == {"2025/07/03/village/": "2025/07/03/hamlet/"}
    new.unlink()
    workshop.desk.follow({"content/hamlet.md"})
    assert workshop.last.moved == {}
    assert workshop.last.gone == {"2025/07/03/hamlet/": "content/hamlet.md"}


def test_an_edit_touches_only_pages_that_can_differ(workshop: Workshop) -> None:
    path = "content/2025/07/02/bridge.md"
    text_ = (workshop.root / path).read_text(encoding="utf-8")
    save(workshop, {path: text_.replace("Text.", "Other text.")})
    assert workshop.last.touched == frozenset({"", "2025/07/02/bridge/"})
    save(workshop, {path: text_.replace("A bridge", "Another bridge")})
    touched = workshop.last.touched
    assert touched is not None
    assert {"", "2025/07/02/", "2025/07/02/bridge/"} <= touched
    assert not touched & {"claims/village-retaken/", "sources/tass/", "threads/front/"}


def test_a_registry_that_names_a_source_anew_leaves_its_articles_last_good_pages(workshop: Workshop) -> None:
    before = text(workshop, VILLAGE)
    sources = (workshop.root / "content/sources.yaml").read_text(encoding="utf-8")
    save(workshop, {"content/sources.yaml": sources.replace("  monitor:", "  observer:")})
    assert "D302" in codes(workshop)
    assert text(workshop, VILLAGE) == before
    save(workshop, {"content/sources.yaml": sources})
    assert codes(workshop) == []
    assert text(workshop, VILLAGE) == before


def test_a_template_that_leads_out_of_the_digest_is_told_of_and_shows_nothing_of_it(workshop: Workshop) -> None:
    before = text(workshop, VILLAGE)
    write(workshop.root.parent, {"secret.html": "do not read", "aside/article.html": "do not read"})
    link = workshop.root / "templates/article.html"
    link.parent.mkdir()
    link.symlink_to(workshop.root.parent / "secret.html")
    workshop.desk.follow({"templates/article.html"})
    assert codes(workshop) == ["D805"]
    assert text(workshop, VILLAGE) == before
    link.unlink()
    link.parent.rmdir()
    link.parent.symlink_to(workshop.root.parent / "aside")
    workshop.desk.follow({"templates"})
    assert codes(workshop) == ["D805"]
    assert text(workshop, VILLAGE) == before
    link.parent.unlink()
    workshop.desk.follow({"templates"})
    assert codes(workshop) == []
