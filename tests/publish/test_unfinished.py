"""What stands in a bucket after a publish that was cut off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.publish.bucket import Seen
from digest.publish.manifest import Entry, Told, make_manifest
from digest.publish.unfinished import UNKNOWN, unfinished

AT = datetime(2026, 1, 1, tzinfo=UTC)
OLD, NEW = Entry("aa", 3), Entry("bb", 3)


def found(seen: Seen, since: datetime) -> Entry:
    """What is taken to stand there, after a release with a new file of the same size was being sent since a moment."""
    served, sent = (make_manifest({"a.html": entry}, Told(), AT) for entry in (OLD, NEW))
    return unfinished(served, [sent], {"a.html": seen}, since).files["a.html"]


def test_a_file_of_the_right_size_that_is_surely_later_was_sent() -> None:
    assert found(Seen(3, AT + timedelta(seconds=1)), AT) == NEW


def test_a_file_of_the_same_second_may_be_the_one_before() -> None:
    # headers tell whole seconds, listings milliseconds: 0.4 s may be before what is said to be 0 s
    assert found(Seen(3, AT + timedelta(milliseconds=400)), AT) == Entry(UNKNOWN, 3)
