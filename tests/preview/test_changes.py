"""Events become changes: gathered until it is quiet."""

from __future__ import annotations

import threading

from digest.preview.changes import Changes


def test_events_of_one_save_are_one_change() -> None:
    changes = Changes(quiet=0.01, most=10)
    for path in ("a", "b", "a"):
        changes.add([path])
    assert changes.take() == {"a", "b"}


def test_what_never_gets_quiet_is_handed_over_all_the_same() -> None:
    changes, ended = Changes(quiet=60, most=0.05), threading.Event()

    def write() -> None:
        while not ended.wait(0.005):
            changes.add(["log"])

    thread = threading.Thread(target=write)
    thread.start()
    assert changes.take() == {"log"}
    ended.set()
    thread.join()


def test_nothing_comes_after_the_end() -> None:
    changes = Changes()
    changes.close()
    assert changes.take() is None


def test_patience_ends_with_nothing() -> None:
    assert Changes().take(0.01) == set()
