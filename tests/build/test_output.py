"""The output folder: what may be written to, what is removed, what a crash leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.build.output import MANIFEST, Stage, file_of, refusal


def put(root: Path, files: dict[str, bytes]) -> tuple[int, int, int]:
    stage = Stage(root, root / "site")
    for name, data in files.items():
        stage.add(name, data)
    done = stage.commit()
    return done.added, done.changed, done.removed


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_an_address_that_ends_with_a_slash_is_a_folder_with_an_index() -> None:
    assert [file_of(a) for a in ("", "a/b/", "404.html")] == ["index.html", "a/b/index.html", "404.html"]


def test_files_appear_change_and_go(tmp_path: Path) -> None:
    assert put(tmp_path, {"a/index.html": b"1", "b/index.html": b"2"}) == (2, 0, 0)
    assert put(tmp_path, {"a/index.html": b"3", "c.txt": b"4"}) == (1, 1, 1)
    found = tree(tmp_path / "site")
    found.pop(MANIFEST)
    assert found == {"a/index.html": b"3", "c.txt": b"4"}
    assert not (tmp_path / "site" / "b").exists()


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    put(tmp_path, {"a/index.html": b"1"})
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")}
    assert put(tmp_path, {"a/index.html": b"1"}) == (0, 0, 0)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")} == before


def test_files_that_the_tool_did_not_write_are_never_removed(tmp_path: Path) -> None:
    put(tmp_path, {"a/index.html": b"1"})
    (tmp_path / "site" / "a" / "mine.txt").write_bytes(b"mine")
    put(tmp_path, {"c.txt": b"4"})
    assert (tmp_path / "site" / "a" / "mine.txt").read_bytes() == b"mine"
    assert not (tmp_path / "site" / "a" / "index.html").exists()


def test_a_file_can_take_the_place_of_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    put(tmp_path, {"a/b/index.html": b"1"})
    put(tmp_path, {"a": b"2"})
    assert (tmp_path / "site" / "a").read_bytes() == b"2"
    put(tmp_path, {"a/b/index.html": b"3"})
    assert (tmp_path / "site" / "a" / "b" / "index.html").read_bytes() == b"3"


def test_a_commit_that_was_cut_off_is_finished_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a.txt": b"old", "gone.txt": b"x"})
    moved = Stage._move

    def cut(self: Stage, name: str) -> None:
        if name == "c.txt":
            raise KeyboardInterrupt
        moved(self, name)

    monkeypatch.setattr(Stage, "_move", cut)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"})
    monkeypatch.undo()
    assert set(json.loads((tmp_path / "site" / MANIFEST).read_text())["files"]) == {
        "a.txt",
        "b.txt",
        "c.txt",
        "gone.txt",
    }
    assert (tmp_path / "site" / "a.txt").read_bytes() == b"old"
    put(tmp_path, {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"})
    found = tree(tmp_path / "site")
    found.pop(MANIFEST)
    assert found == {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"}


def test_a_link_in_the_output_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "digest"
    put(root, {"x.txt": b"x"})
    (root / "site" / "a").symlink_to(outside)
    with pytest.raises(OSError, match="a link stands"):
        put(root, {"a/index.html": b"1"})
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("..", "D801"),
        (".", "D801"),
        ("content", "D802"),
        ("content/out", "D802"),
        ("templates", "D802"),
        (".git", "D802"),
    ],
)
def test_folders_that_are_not_output_are_refused(tmp_path: Path, output: str, code: str) -> None:
    (tmp_path / "content").mkdir()
    problem = refusal(tmp_path, tmp_path / output)
    assert problem is not None
    assert problem.code == code


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert refusal(tmp_path, tmp_path / "site") is None
    (tmp_path / "site" / "mine.txt").write_text("mine")
    problem = refusal(tmp_path, tmp_path / "site")
    assert problem is not None
    assert (problem.code, problem.at.path) == ("D804", "site")


def test_a_link_that_leads_out_of_the_digest_is_refused_as_output(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "digest"
    root.mkdir()
    (root / "site").symlink_to(tmp_path / "elsewhere")
    problem = refusal(root, root / "site")
    assert problem is not None
    assert problem.code == "D801"
