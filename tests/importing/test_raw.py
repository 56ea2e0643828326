"""Where proposals rest in a text is counted in one way, whatever bytes it came in."""

from __future__ import annotations

from datetime import date

import pytest

from digest.importing.raw import Known, raw_items

TEXT = "Café closed to lorries\nIt was wet.\nThe café was closed,\nthe mayor said."


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode(), TEXT.encode("utf-16")],
    ids=["plain", "with a mark", "with Windows line ends", "UTF-16"],
)
def test_places_count_characters_without_mark_and_with_short_line_ends(data: bytes) -> None:
    (item,) = raw_items("a.txt", data, Known(date(2025, 7, 1))).items
    assert item.proposal is not None
    (said,) = item.proposal.said
    assert TEXT[said.sentence.begin : said.sentence.end].replace("\n", " ") == said.sentence.text
    assert TEXT[said.content.begin : said.content.end] == "The café was closed,"
