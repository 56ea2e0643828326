from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.dates import Moment, NotADate, read_date, with_offset
from digest.model import Settings

LONDON = Settings(title="T", timezone="Europe/London")


def moment(text: str) -> Moment:
    found = read_date(text, LONDON)
    assert isinstance(found, Moment)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-07-01", "2025-06-30T23:00+00:00"),
        ("2025-01-01", "2025-01-01T00:00+00:00"),
        ("2025-07-01T09:30", "2025-07-01T08:30+00:00"),
        ("2025-07-01 09:30", "2025-07-01T08:30+00:00"),
        ("2025-07-01T09:30Z", "2025-07-01T09:30+00:00"),
        ("2025-07-01T09:30:15+03:00", "2025-07-01T06:30:15+00:00"),
        ("2025-07-01T09:30:00+0300", "2025-07-01T06:30+00:00"),
        ("2025-07-01T09:30:00.5Z", "2025-07-01T09:30:00.500000+00:00"),
    ],
)
def test_dates_and_moments_become_utc(text: str, expected: str) -> None:
    assert moment(text).at == dt.datetime.fromisoformat(expected)
    assert moment(text).at.tzinfo is dt.UTC


def test_the_day_is_the_one_in_the_digests_timezone() -> None:
    assert moment("2025-07-01T23:30Z").day == dt.date(2025, 7, 2)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2025-02-30", "30 February 2025 does not exist (“2025-02-30”)", "2025-02-28 or 2025-02-28T09:30+00:00"),
        ("2025-13-01", "there is no month 13 (“2025-13-01”)", "2025-12-01 or"),
        ("0000-01-01", "the year must be from 1000 to 9998 (“0000-01-01”)", "1000-01-01 or"),
        ("9999-12-31", "the year must be from 1000 to 9998 (“9999-12-31”)", "9998-12-31 or"),
        ("2025-07-01T25:00", "there is no such time of day (“2025-07-01T25:00”)", "2025-07-01T09:30+01:00"),
        ("tomorrow", "“tomorrow” is not a date", "2025-07-01 or 2025-07-01T09:30+01:00"),
        ("2025-W27-1", "“2025-W27-1” is not a date", "2025-07-01"),
        ("١٢٣٤-٠١-٠١", "“١٢٣٤-٠١-٠١” is not a date", "2025-07-01"),
    ],
)
def test_what_is_no_date_is_answered_with_one(text: str, message: str, hint: str) -> None:
    found = read_date(text, LONDON)
    assert isinstance(found, NotADate)
    assert found.message == message
    assert found.hint.startswith(f"expected e.g. {hint}") or hint in found.hint


def test_plain_dates_compare_by_days() -> None:
    assert not moment("2025-07-01").before(moment("2025-07-01T12:00"))
    assert not moment("2025-07-01T12:00").before(moment("2025-07-01"))
    assert moment("2025-07-01T11:59").before(moment("2025-07-01T12:00"))
    assert moment("2025-06-30").before(moment("2025-07-01T12:00"))


def test_a_time_without_an_offset_is_shown_with_the_digests() -> None:
    assert with_offset(moment("2025-07-01 09:30"), LONDON) == "2025-07-01T09:30+01:00"


@given(st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?\Z"))
def test_any_text_of_a_dates_form_is_a_moment_or_says_what_was_expected(text: str) -> None:
    found = read_date(text, LONDON)
    assert found.at.tzinfo is dt.UTC if isinstance(found, Moment) else found.hint


@given(st.datetimes(dt.datetime(1001, 1, 1), dt.datetime(9997, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_written_moment_comes_back(at: dt.datetime) -> None:
    assert moment(at.isoformat()).at == at
