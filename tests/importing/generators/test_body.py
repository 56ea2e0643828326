"""Markdown of other generators loses only what digest cannot read, and says so."""

from __future__ import annotations

import pytest

from digest.importing.generators.body import portable


@pytest.mark.parametrize(
    "written",
    [
        "![Map]({})",
        "![Map]({} 'A title')",
        "![Map][one]\n\n[one]: {}",
        "![Map][]\n\n[map]: {}",
        "![Map][ONE]\n\n[one]: {}",
    ],
)
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://pictures.example/map.png", "[Map](<https://pictures.example/map.png>)"),
        ("/img/map.png", "(Map)"),
        ("javascript:alert(1", "(Map)"),
    ],
)
def test_a_picture_at_a_web_address_becomes_a_link_and_another_its_words(
    written: str, address: str, shown: str
) -> None:
    text, notes = portable(f"Before. {written.format(address)}")
    assert text.startswith(f"Before. {shown}")
    assert notes == [f"Picture not brought along: {address}"]


def test_a_picture_whose_address_stands_nowhere_stays_as_it_is() -> None:
    assert portable("![Map][nowhere]") == ("![Map][nowhere]", [])


def test_brackets_in_an_address_do_not_end_it() -> None:
    text, _ = portable("![Map][1]\n\n[1]: https://a.example/map_(old).png")
    assert text.startswith("[Map](<https://a.example/map_(old).png>)")
