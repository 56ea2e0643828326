"""The output folder: what may be written to, what is removed, what a crash leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.build.output import MANIFEST, WORK, Stage, TakenError, file_of, manifest, mark_of, refusal


def put(root: Path, files: dict[str, bytes], staged: set[str] | None = None) -> tuple[int, int, int]:
    """Commit a site of these files, of which some are staged (default: all)."""
    stage = Stage(root, root / "site")
    for name in files if staged is None else staged:
        path = stage.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    done = stage.commit(list(files if staged is None else staged), set(files))
    stage.discard()
    return done.added, done.changed, done.removed


def tree(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del found[MANIFEST]
    return found


def test_an_address_that_ends_with_a_slash_is_a_folder_with_an_index() -> None:
    assert [file_of(a) for a in ("", "a/b/", "404.html")] == ["index.html", "a/b/index.html", "404.html"]


def test_files_appear_change_and_go(tmp_path: Path) -> None:
    assert put(tmp_path, {"a/index.html": b"1", "b/index.html": b"2"}) == (2, 0, 0)
    assert put(tmp_path, {"a/index.html": b"3", "c.txt": b"4"}) == (1, 1, 1)
    assert tree(tmp_path / "site") == {"a/index.html": b"3", "c.txt": b"4"}
    assert not (tmp_path / "site" / "b").exists()


def test_what_is_not_staged_stays_untouched(tmp_path: Path) -> None:
    put(tmp_path, {"a/index.html": b"1", "b.txt": b"2"})
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()}
    assert put(tmp_path, {"a/index.html": b"1", "b.txt": b"2"}, set()) == (0, 0, 0)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()} == before


def test_what_workers_of_a_stopped_build_still_write_never_reaches_the_site(tmp_path: Path) -> None:
    stopped, stage = (Stage(tmp_path, tmp_path / "site") for _ in range(2))
    (stage.folder / "a.txt").write_bytes(b"new")
    stopped.folder.mkdir(parents=True, exist_ok=True)
    (stopped.folder / "a.txt").write_bytes(b"old")
    stage.commit(["a.txt"], {"a.txt"})
    assert tree(tmp_path / "site") == {"a.txt": b"new"}


def test_files_that_the_tool_did_not_write_are_never_removed(tmp_path: Path) -> None:
    put(tmp_path, {"a/index.html": b"1"})
    (tmp_path / "site" / "a" / "mine.txt").write_bytes(b"mine")
    put(tmp_path, {"c.txt": b"4"})
    assert tree(tmp_path / "site") == {"a/mine.txt": b"mine", "c.txt": b"4"}


def test_a_stage_that_is_stopped_while_it_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / WORK).mkdir()
    made = Path.mkdir

    def stop(path: Path, *args: bool, **options: bool) -> None:
        made(path, *args, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", stop)
    with pytest.raises(KeyboardInterrupt):
        Stage(tmp_path, tmp_path / "site")
    assert not (tmp_path / WORK / "stage").exists()


@pytest.mark.parametrize(
    ("foreign", "wanted"),
    [("a", "a"), ("a/mine.txt", "a"), ("a", "a/b.txt"), ("a", "a/b/c.txt")],
)
def test_nothing_moves_where_a_file_of_others_is_in_the_way(tmp_path: Path, foreign: str, wanted: str) -> None:
    put(tmp_path, {"c.txt": b"1"})
    (tmp_path / "site" / foreign).parent.mkdir(exist_ok=True)
    (tmp_path / "site" / foreign).write_bytes(b"mine")
    with pytest.raises(TakenError) as found:
        put(tmp_path, {"c.txt": b"2", wanted: b"3"})
    assert found.value.places == [foreign]
    assert tree(tmp_path / "site") == {"c.txt": b"1", foreign: b"mine"}


def test_the_mark_of_a_site_changes_before_files_move_and_not_while_they_do(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert (mark_of(site), Stage(tmp_path, site).mark()) == (0, 0)
    put(tmp_path, {"a.txt": b"1"})
    os.utime(site / MANIFEST, (1_700_000_000, 1_700_000_000))
    put(tmp_path, {"b.txt": b"1"})
    assert mark_of(site) == 1_700_000_000 * 10**9
    mark = Stage(tmp_path, site).mark()
    assert mark_of(site) == mark > 1_700_000_000 * 10**9


def test_a_file_can_take_the_place_of_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    put(tmp_path, {"a/b/index.html": b"1"})
    put(tmp_path, {"a": b"2"})
    assert tree(tmp_path / "site") == {"a": b"2"}
    put(tmp_path, {"a/b/index.html": b"3"})
    assert tree(tmp_path / "site") == {"a/b/index.html": b"3"}


def test_a_commit_that_was_cut_off_is_finished_by_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a.txt": b"old", "gone.txt": b"x"})
    moved = Stage._move

    def cut(self: Stage, name: str, known: set[str]) -> None:
        if name == "c.txt":
            raise KeyboardInterrupt
        moved(self, name, known)

    monkeypatch.setattr(Stage, "_move", cut)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"})
    monkeypatch.undo()
    assert manifest(tmp_path / "site") == {"a.txt", "b.txt", "c.txt", "gone.txt"}
    assert tree(tmp_path / "site")["a.txt"] == b"old"
    put(tmp_path, {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"})
    assert tree(tmp_path / "site") == {"a.txt": b"new", "b.txt": b"b", "c.txt": b"c"}


@pytest.mark.parametrize("separator", ["\u2028", "\x85"])
def test_a_name_is_one_name_whatever_stands_in_it(tmp_path: Path, separator: str) -> None:
    put(tmp_path, {f"mine{separator}yours.txt": b"1", "a.txt": b"a"})
    (tmp_path / "site" / "mine").write_bytes(b"mine")
    put(tmp_path, {"a.txt": b"a"}, set())
    assert tree(tmp_path / "site") == {"mine": b"mine", "a.txt": b"a"}


def test_a_link_in_the_output_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "digest"
    put(root, {"x.txt": b"x"})
    (root / "site" / "a").symlink_to(outside)
    with pytest.raises(OSError, match="a link stands"):
        put(root, {"a/index.html": b"1"})
    assert list(outside.iterdir()) == []


def test_a_manifest_that_names_files_elsewhere_is_not_believed(tmp_path: Path) -> None:
    put(tmp_path, {"x.txt": b"x"})
    (tmp_path / "mine.txt").write_text("mine")
    listed = (tmp_path / "site" / MANIFEST).read_text() + "../mine.txt\n/etc/hostname\n"
    (tmp_path / "site" / MANIFEST).write_text(listed)
    assert manifest(tmp_path / "site") == {"x.txt"}
    put(tmp_path, {"y.txt": b"y"})
    assert (tmp_path / "mine.txt").exists()


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
