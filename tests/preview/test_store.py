"""A first preview begins with what the last build has read."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from digest.build.build import Options, build
from digest.build.work import SMALL
from digest.preview.store import borrow
from tests.build.test_incremental import clean_tree
from tests.digests import small_digest, write
from tests.preview.test_same_bytes import CLOCK, Workshop

LATER = "---\ntitle: Later\ndate: 2025-07-02\nstatus: draft\n---\nText.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small digest with a draft, built."""
    root = write(small_digest(tmp_path / "digest"), {"content/later.md": LATER})
    assert not build(root, Options(CLOCK, root / "site", jobs=1)).failed
    return root


def store(root: Path) -> Path:
    return root / ".digest/preview.sqlite"


def test_after_a_build_pages_are_there_before_any_file_was_looked_at(root: Path) -> None:
    index = root / ".digest/index.sqlite"
    before = index.read_bytes()
    borrow(root, store(root))
    workshop = Workshop(root)
    assert workshop.proofs[0].footing is not None
    assert all(proof.reading is None or proof.reading.total == 0 for proof in workshop.proofs)
    clean = clean_tree(root)
    assert workshop.pages() == {name: clean[name] for name in workshop.pages()}
    assert {"2025/07/01/village/index.html", "index.html"} <= workshop.pages().keys()
    workshop.close()
    assert index.read_bytes() == before


def test_what_changed_since_the_build_and_drafts_are_seen(root: Path) -> None:
    bridge = root / "content/2025/07/02/bridge.md"
    bridge.write_text(bridge.read_text(encoding="utf-8").replace("A bridge", "Another bridge"), encoding="utf-8")
    borrow(root, store(root))
    workshop = Workshop(root, drafts=True)
    assert b"Another bridge" in (workshop.pages()["2025/07/02/bridge/index.html"] or b"")
    assert b"Later" in (workshop.pages()["2025/07/02/index.html"] or b"")
    workshop.close()


def test_a_build_that_was_stopped_by_an_error_leaves_nothing_wrong(root: Path) -> None:
    path = root / "content/2025/07/02/bridge.md"
    path.unlink()
    write(root, {"content/bad.md": "no front matter\n"})
    assert build(root, Options(CLOCK, root / "site", jobs=1)).failed
    (root / "content/bad.md").unlink()
    borrow(root, store(root))
    workshop = Workshop(root)
    clean = clean_tree(root)
    assert workshop.pages() == {name: clean[name] for name in workshop.pages()}
    assert "2025/07/02/bridge/index.html" not in workshop.pages()
    workshop.close()


def test_nothing_is_taken_while_a_build_runs_or_where_a_preview_was_before(root: Path) -> None:
    with FileLock(root / ".digest/lock"):
        borrow(root, store(root))
    assert not store(root).exists()
    store(root).write_bytes(b"of another preview")
    borrow(root, store(root))
    assert store(root).read_bytes() == b"of another preview"


def test_as_many_changes_as_processes_are_started_for_are_seen(root: Path) -> None:
    borrow(root, store(root))
    Workshop(root).close()
    write(
        root, {f"content/{n}.md": f"---\ntitle: Number {n}\ndate: 2025-07-03\n---\nText.\n" for n in range(SMALL + 1)}
    )
    workshop = Workshop(root)
    assert b"Number 150" in (workshop.pages()["2025/07/03/150/index.html"] or b"")
    workshop.close()
