"""Bytes that take the place of a file's, whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from digest.replacing import create_bytes, replace_bytes


@pytest.mark.parametrize("sync", [False, True])
def test_a_file_is_made_and_then_replaced_with_its_mode(tmp_path: Path, *, sync: bool) -> None:
    file = tmp_path / "a.jsonl"
    replace_bytes(file, b"old", sync=sync)
    file.chmod(0o640)
    replace_bytes(file, b"new", sync=sync)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.jsonl", b"new")]
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_what_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        replace_bytes(file, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.jsonl", b"old")]


def test_bytes_are_on_the_disk_where_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    replace_bytes(tmp_path / "a", b"1")
    assert asked == []
    replace_bytes(tmp_path / "a", b"2", sync=True)
    assert len(asked) == 1


def test_a_new_file_is_whole_and_an_old_one_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    create_bytes(file, b"new")
    with pytest.raises(FileExistsError):
        create_bytes(file, b"other")
    assert file.read_bytes() == b"new"


def test_a_new_file_that_cannot_be_written_whole_is_not_left(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with pytest.raises(TypeError):
        create_bytes(file, "no bytes")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
