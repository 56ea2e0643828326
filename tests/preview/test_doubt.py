"""Changes that nobody was told of are noticed for files that somebody looks at."""

from __future__ import annotations

from pathlib import Path

from digest.preview.doubt import Doubt


def test_a_change_that_was_told_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    doubt = Doubt(tmp_path)
    assert doubt.missed(["a.md"]) == set()
    (tmp_path / "a.md").write_text("three")
    doubt.told(["a.md"])
    assert doubt.missed(["a.md"]) == set()
    assert doubt.missed(["a.md"]) == set()


def test_a_change_that_was_not_told_is_missed_at_the_second_look(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    doubt = Doubt(tmp_path)
    assert doubt.missed(["a.md"]) == set()
    (tmp_path / "a.md").write_text("three")
    assert doubt.missed(["a.md"]) == set()
    assert doubt.missed(["a.md"]) == {"a.md"}


def test_news_that_come_late_are_believed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    doubt = Doubt(tmp_path)
    doubt.missed(["a.md"])
    (tmp_path / "a.md").unlink()
    assert doubt.missed(["a.md"]) == set()
    doubt.told(["a.md"])
    assert doubt.missed(["a.md"]) == set()
