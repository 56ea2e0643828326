"""Where the system tells of nothing, files are looked at instead."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, EventEmitter, ObservedWatch

from digest.preview import serve, watch
from digest.preview.changes import Changes
from digest.preview.desk import Look
from digest.preview.proof import Proof
from digest.preview.serve import Options
from digest.preview.watch import Watch, events_come
from tests.digests import small_digest, write
from tests.preview.running import PATIENCE, until


def deaf() -> BaseObserver:
    """An observer on a file system that tells of nothing."""
    return BaseObserver(EventEmitter)


@pytest.fixture
def changes() -> Changes:
    """What was reported, as soon as it is."""
    return Changes(quiet=0.05)


@pytest.mark.parametrize("poll", [False, True])
def test_changes_below_the_digests_folders_are_reported_and_others_are_not(
    tmp_path: Path, changes: Changes, *, poll: bool
) -> None:
    write(tmp_path, {"digest.yaml": "title: T\n", "content/a.md": "one", "site/index.html": "one"})
    watching = Watch(tmp_path, changes.add)
    watching.start(poll=poll)
    assert watching.polls == poll
    write(
        tmp_path, {"site/index.html": "other", "static/late.txt": "a folder that comes later", "content/a.md": "other"}
    )
    told: set[str] = set()

    def listen() -> bool | None:
        told.update(changes.take(1.0) or ())
        return {"content/a.md", "static"} <= told or None

    until(listen, "the news")
    watching.stop()
    assert not any(path.startswith("site/") for path in told)


def test_a_file_that_is_made_while_watching_begins_does_not_stop_it(
    tmp_path: Path, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "digest", {"digest.yaml": "title: T\n", "content/a.md": "one", "templates/a.html": ""})
    watching = Watch(root, changes.add)

    class Busy(Observer):  # type: ignore[misc, valid-type]
        def schedule(self, handler: Watch, folder: str, **options: object) -> ObservedWatch:
            watched: ObservedWatch = super().schedule(handler, folder, **options)
            if folder.endswith("content"):
                write(root, {"content/new.md": "one"})
                until(lambda: "content/new.md" in (changes.take(0.1) or ()) or None, "the news")
            return watched

    monkeypatch.setattr(watch, "Observer", Busy)
    starter = threading.Thread(target=watching.start, kwargs={"poll": False}, daemon=True)
    starter.start()
    starter.join(PATIENCE)
    assert not starter.is_alive()
    watching.stop()


def test_a_system_that_tells_of_changes_is_known(tmp_path: Path) -> None:
    assert events_come(tmp_path, PATIENCE)
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_tells_of_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "Observer", deaf)
    assert not events_come(tmp_path, 0.05)


def test_files_are_looked_at_once_one_has_changed_without_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_digest(tmp_path / "digest")
    path = root / "content/2025/07/02/bridge.md"
    monkeypatch.setattr(watch, "Observer", deaf)
    monkeypatch.setattr(serve, "events_come", lambda _: True)  # for our own changes they do, for others' they do not
    proofs: list[Proof] = []
    notes: list[str] = []
    changes = Changes()
    (root / ".digest").mkdir()
    options = Options("127.0.0.1", 0, Look(datetime(2025, 8, 1, tzinfo=UTC)))
    looked_at = frozenset({path.relative_to(root).as_posix()})
    arguments = (
        root,
        options,
        root / ".digest/preview.sqlite",
        changes,
        proofs.append,
        lambda: looked_at,
        notes.append,
    )
    follower = threading.Thread(target=serve._follow, args=arguments, daemon=True)
    follower.start()
    until(lambda: proofs[-1].reading is None or None if proofs else None, "the beginning")
    begun = len(proofs)
    edited = 0

    def edit() -> bool | None:
        nonlocal edited
        edited += 1
        path.write_text(f"---\ntitle: A bridge\ndate: 2025-07-02\n---\nEdit {edited}.\n", encoding="utf-8")
        return True if notes and any(proof.touched for proof in proofs[begun:]) else None

    until(edit, "a change that was found by looking")
    changes.close()
    follower.join()
    assert len(notes) == 1
    assert "2025/07/02/bridge/" in {address for proof in proofs[begun:] for address in proof.touched or ()}
