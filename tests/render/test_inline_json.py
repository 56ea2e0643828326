"""JSON that templates write."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from digest.render.inline_json import as_json


@given(st.text(min_size=1))
def test_json_in_a_page_keeps_its_value_and_cannot_end_its_element(text: str) -> None:
    safe = as_json({"text": text})
    assert json.loads(safe) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(safe)
