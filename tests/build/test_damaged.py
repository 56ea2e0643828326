"""A damaged index costs time and one line, whatever is wrong with it; the site is right all the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.build.build import STORE, Options, build
from digest.build.output import WORK
from tests.build.test_incremental import CLOCK, clean_tree, run, tree
from tests.digests import FRONT, small_digest, write

PAGE = 4096
NOISE = bytes(range(255, 0, -1)) * 17
EDIT = {"content/2025/07/01/village.md": FRONT.replace("reports a village", "reports two villages")}


@dataclass(frozen=True)
class Built:
    """A digest with its site and index, and the site that it has after `EDIT`."""

    root: Path
    kept: Path
    expected: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("damaged")
    root = small_digest(folder / "digest")
    for path in root.rglob("*.md"):  # files that changed a moment ago are read again in any case
        os.utime(path, (1_700_000_000, 1_700_000_000))
    run(root)
    for name in ("site", WORK):
        shutil.copytree(root / name, folder / "kept" / name)
    write(root, EDIT)
    return Built(root, folder / "kept", clean_tree(root))


@pytest.fixture
def index(built: Built) -> Path:
    """The index before the edit is built, which stands there already."""
    for name in ("site", WORK):
        shutil.rmtree(built.root / name)
        shutil.copytree(built.kept / name, built.root / name)
    return built.root / WORK / STORE


def mended(built: Built) -> str:
    """Build, and look that all is right from now on; what the build said."""
    outcome = run(built.root)
    assert tree(built.root) == built.expected
    again = run(built.root)
    assert again.note == ""
    assert again.written is not None
    assert again.written.total == 0
    return outcome.note


def cut(length: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, length)


def other(what: Callable[[Path], object]) -> Callable[[Path], None]:
    """Something else in the index's place."""

    def put(path: Path) -> None:
        path.unlink()
        what(path)

    return put


def told(query: str) -> Callable[[Path], None]:
    """The index with other values."""

    def tell(path: Path) -> None:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute(query)
        db.close()

    return tell


def folder_with_a_file(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("text")


WRONG = {
    "empty": cut(0),
    "a part of a page": cut(100),
    "a part": cut(5 * PAGE + 7),
    "garbage": other(lambda path: path.write_bytes(b"garbage " * 1000)),
    "a folder": other(Path.mkdir),
    "a folder with a file": other(folder_with_a_file),
    "a link to nothing": other(lambda path: path.symlink_to("nowhere")),
    "another version": told("UPDATE meta SET value = '1 0.0' WHERE name = 'version'"),
    "a version of another type": told("UPDATE meta SET value = 7 WHERE name = 'version'"),
    "no version": told("DELETE FROM meta"),
    "a table is gone": told("DROP TABLE pages"),
    "what was read is garbage": told("UPDATE contents SET rest = x'0102'"),
    "what was read is cut": told("UPDATE contents SET rest = substr(rest, 1, 50)"),
    "text is garbage": told("UPDATE contents SET body = x'ff00fe'"),
    "entries are of another type": told("UPDATE contents SET card = 'card', story = 'story', leaf = 'leaf'"),
    "groups are of another type": told("UPDATE articles SET groups = x'ff00fe'"),
    "problems are garbage": told("UPDATE inputs SET problems = x'00'"),
    "what was crossed is garbage": told("INSERT OR REPLACE INTO meta VALUES ('crossed', x'00')"),
    "templates are garbage": told("INSERT OR REPLACE INTO meta VALUES ('templates', x'00')"),
}


@pytest.mark.parametrize("what", WRONG)
def test_an_index_that_is_wrong_is_made_anew_with_one_line_said(built: Built, index: Path, what: str) -> None:
    WRONG[what](index)
    note = mended(built)
    assert note.startswith("the index was ")
    assert "made anew" in note
    assert "\n" not in note


@pytest.mark.parametrize("end", ["-wal", "-shm"])
@pytest.mark.parametrize("what", [Path.mkdir, lambda path: path.write_bytes(b"garbage " * 5000)])
def test_what_is_left_beside_the_index_does_no_harm(
    built: Built, index: Path, end: str, what: Callable[[Path], object]
) -> None:
    what(index.with_name(index.name + end))
    mended(built)


def test_a_log_without_its_index_does_no_harm(built: Built, index: Path) -> None:
    index.rename(index.with_name(index.name + "-wal"))
    mended(built)


def test_an_index_elsewhere_is_neither_read_nor_changed(built: Built, index: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "index.sqlite"
    index.rename(elsewhere)
    before = elsewhere.read_bytes()
    index.symlink_to(elsewhere)
    assert "link" in mended(built)
    assert elsewhere.read_bytes() == before
    assert not index.is_symlink()


def test_a_link_where_pages_are_prepared_is_not_followed(built: Built, index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    index.with_name("stage").symlink_to(tmp_path)
    mended(built)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_file_where_pages_are_prepared_does_no_harm(built: Built, index: Path) -> None:
    index.with_name("stage").write_text("text")
    mended(built)


def test_a_lock_that_leads_elsewhere_is_refused(built: Built, index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    index.with_name("lock").unlink()
    index.with_name("lock").symlink_to(tmp_path / "file")
    outcome = build(built.root, Options(CLOCK, built.root / "site"))
    assert [p.code for p in outcome.problems] == ["D809"]
    assert (tmp_path / "file").read_text() == "mine"
    assert tree(built.root) != built.expected


@pytest.mark.parametrize("fill", [b"\0" * PAGE, NOISE[:PAGE]], ids=["zeros", "garbage"])
@pytest.mark.parametrize("part", range(6))
def test_a_page_of_the_index_that_is_overwritten_does_no_harm(
    built: Built, index: Path, part: int, fill: bytes
) -> None:
    pages = index.stat().st_size // PAGE
    with index.open("r+b") as file:
        file.seek(part * pages // 6 * PAGE)
        file.write(fill)
    mended(built)


@pytest.mark.slow
def test_no_page_of_the_index_can_be_overwritten_so_that_the_site_differs(built: Built, index: Path) -> None:
    kept = index.read_bytes()
    for page in range(len(kept) // PAGE):
        for fill in (b"\0" * PAGE, NOISE[:PAGE], NOISE[:40]):
            index.write_bytes(kept[: page * PAGE] + fill + kept[page * PAGE + len(fill) :])
            for end in ("-wal", "-shm"):
                index.with_name(index.name + end).unlink(missing_ok=True)
            shutil.rmtree(built.root / "site")
            shutil.copytree(built.kept / "site", built.root / "site")
            run(built.root)
            assert tree(built.root) == built.expected, page
