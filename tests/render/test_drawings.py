"""How large drawings want to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.pictures import Sized
from digest.render.drawings import drawn

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0h1"/></svg>'


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="80.4px"', (120, 80)),
        ('viewBox="0 0 640 480"', (640, 480)),
        ('viewBox="-10,-5, 20.5 10"', (20, 10)),
        ('width="100%" height="100%" viewBox="0 0 30 20"', (30, 20)),
        ('width="10cm" height="5cm"', (0, 0)),
        ('viewBox="0 0"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_says_its_size(attributes: str, size: tuple[int, int]) -> None:
    assert drawn(SVG.format(attributes).encode()) == Sized(*size)


@given(st.binary())
def test_what_is_no_drawing_has_no_size(data: bytes) -> None:
    assert drawn(data) == Sized(0, 0)


def test_entities_are_not_followed() -> None:
    told = '<!DOCTYPE svg [<!ENTITY w SYSTEM "/etc/passwd">]><svg width="1" height="2">&w;</svg>'
    assert drawn(told.encode()) == Sized(1, 2)
