"""A file is replaced whole or not at all, and nothing outside the digest is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from digest.writing import replaced


def test_the_new_bytes_stand_in_the_place_of_the_old_ones_with_the_same_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    assert replaced(tmp_path, "a.md", b"new", b"old") is None
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_file_and_its_folder_are_made_where_there_are_none(tmp_path: Path) -> None:
    assert replaced(tmp_path, "content/sources.yaml", b"new") is None
    assert (tmp_path / "content/sources.yaml").read_bytes() == b"new"


def test_what_others_wrote_in_the_meantime_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"theirs")
    problem = replaced(tmp_path, "a.md", b"new", b"old")
    assert problem is not None
    assert (problem.code, str(problem.at)) == ("D809", "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"theirs"


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "a.md").symlink_to("real.md")
    assert replaced(tmp_path, "a.md", b"new", b"old") is None
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_nothing_outside_the_digest_is_written(tmp_path: Path) -> None:
    root = tmp_path / "digest"
    root.mkdir()
    (tmp_path / "out.md").write_bytes(b"old")
    (root / "a.md").symlink_to(tmp_path / "out.md")
    for path in ("a.md", "../out.md"):
        problem = replaced(root, path, b"new")
        assert problem is not None
        assert problem.code == "D704"
    assert (tmp_path / "out.md").read_bytes() == b"old"


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    problem = replaced(tmp_path, "a.md", b"new", b"old")
    assert problem is not None
    assert "No space left" in problem.message
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.md", b"old")]
