"""What object stores answer is told in words, never as XML or the client's own structures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.publish.answers import answer

DENIED = (
    "Generic S3 error: Error performing list request: Error performing GET http://127.0.0.1:9/b?list-type=2 in 4µs - "
    'Server returned non-2xx status code: 403 Forbidden: <?xml version="1.0"?>\n<Error><Code>InvalidAccessKeyId</Code>'
    "<Message>The key &quot;x&quot; does not\nexist.</Message></Error>\n\nDebug source:\nGeneric {"
)


def test_the_stores_own_message_is_told_with_its_status_and_code() -> None:
    assert answer(DENIED, "s3") == (
        'the store refused with 403: The key "x" does not exist (InvalidAccessKeyId)',
        "look at the access key in the environment",
    )


@pytest.mark.parametrize(
    ("said", "scheme", "words", "hint"),
    [
        (
            "Error performing PUT http://169.254.169.254/latest/api/token in 1s - HTTP error",
            "s3",
            "no credentials",
            "AWS",
        ),
        (
            "GET http://metadata.google.internal/computeMetadata/v1: error sending request",
            "gs",
            "no credentials",
            "GOOGLE",
        ),
        ("Generic MicrosoftAzure error: Account must be specified", "az", "no account", "AZURE"),
        ("Generic S3 error: GET http://x/ - HTTP error: error sending request", "s3", "cannot be reached", "endpoint"),
        ("Generic MicrosoftAzure error: Invalid Access Key: Invalid symbol 32", "az", "key in the env", "AZURE"),
        ("Generic GCS error: Unable to open service account file from /x", "gs", "cannot be read", "GOOGLE"),
        ("Generic GCS error: Error performing GET http://x - HTTP error: builder error", "gs", "address", "endpoint"),
        ("Something new\nDebug source: {", "s3", "Something new", "credentials"),
    ],
)
def test_each_kind_of_failure_says_what_to_do(said: str, scheme: str, words: str, hint: str) -> None:
    told, what = answer(said, scheme)
    assert words in told
    assert hint in what
    assert "169.254" not in told
    assert "Generic" not in told


@given(st.text(), st.sampled_from(["s3", "gs", "az"]))
def test_what_is_told_is_one_short_line(said: str, scheme: str) -> None:
    told, _ = answer(said, scheme)
    assert "\n" not in told
    assert len(told) <= 300
