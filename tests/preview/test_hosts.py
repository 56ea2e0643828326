"""Which hosts the preview answers to."""

from __future__ import annotations

import pytest

from digest.preview.hosts import Bound

LOCAL, WIDE, NAMED = Bound("127.0.0.1", 8000), Bound("0.0.0.0", 8000), Bound("desk.example", 8000)  # noqa: S104


@pytest.mark.parametrize("header", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_this_machine_is_answered(header: str) -> None:
    assert LOCAL.answers_to(header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "127.0.0.1.evil.example:8000",
        "192.168.0.7:8000",
    ],
)
def test_others_are_refused(header: str) -> None:
    assert not LOCAL.answers_to(header)


@pytest.mark.parametrize(
    ("header", "answered"), [("192.168.0.7:8000", True), ("[fe80::1]:8000", True), ("evil.example:8000", False)]
)
def test_in_the_network_addresses_are_answered_and_foreign_names_are_not(header: str, *, answered: bool) -> None:
    assert WIDE.answers_to(header) == answered


def test_a_name_is_answered_where_it_was_bound() -> None:
    assert NAMED.answers_to("desk.example:8000")
    assert not NAMED.answers_to("localhost:8000")


def test_six_is_written_in_brackets() -> None:
    assert Bound("::1", 8000).url("/a/") == "http://[::1]:8000/a/"
    assert Bound("::1", 8000).answers_to("[::1]:8000")
