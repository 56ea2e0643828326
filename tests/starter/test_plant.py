"""A new digest's files go into its folder, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.starter import plant

FILES = {"digest.yaml": b"title: T\n", "content/sources.yaml": b"", ".gitignore": b"/site/\n"}


def names(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", ["new", "a/b/new"])
def test_a_folder_that_does_not_exist_is_made_with_its_parents(tmp_path: Path, folder: str) -> None:
    assert plant(tmp_path / folder, FILES) is None
    assert names(tmp_path / folder) == sorted(FILES)
    assert names(tmp_path) == sorted(f"{folder}/{path}" for path in FILES)


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    assert plant(tmp_path, FILES) is None
    assert names(tmp_path) == sorted(FILES)
    assert tmp_path.stat().st_ino == before


def test_a_repository_without_files_is_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref")
    assert plant(tmp_path, FILES) is None
    assert names(tmp_path) == sorted([".git/HEAD", *FILES])


@pytest.mark.parametrize("held", ["notes.txt", ".hidden", "digest.yaml"])
def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, held: str) -> None:
    (tmp_path / held).write_bytes(b"mine")
    problem = plant(tmp_path, FILES)
    assert problem is not None
    assert problem.code == "D901"
    assert held in problem.message
    assert names(tmp_path) == [held]
    assert (tmp_path / held).read_bytes() == b"mine"


def test_what_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    problem = plant(tmp_path / "file" / "new", FILES)
    assert problem is not None
    assert problem.code == "D809"


@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    folder = tmp_path / "new"
    if exists:
        folder.mkdir()
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if target.name in {"digest.yaml", "new"}:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    problem = plant(folder, FILES)
    assert problem is not None
    assert "No space left" in problem.message
    assert list(tmp_path.rglob("*")) == ([folder] if exists else [])
