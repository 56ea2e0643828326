"""The store: what is in its file, and when."""

from __future__ import annotations

from pathlib import Path

from digest.index.store import Store


def test_a_store_that_was_tidied_is_whole_in_its_file_and_commits_no_longer_write_to_that(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite")
    store.set_meta("one", b"1" * 100)
    store.tidy()
    before = store.path.read_bytes()
    assert b"1" * 100 in before
    for number in range(2000):  # more pages than SQLite would gather of itself
        store.set_meta(f"more {number}", bytes(5000))
    assert store.path.read_bytes() == before
    store.tidy()
    assert len(store.path.read_bytes()) > 2000 * 5000
    store.close()
