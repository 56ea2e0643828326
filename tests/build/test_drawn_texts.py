"""Whatever a claim or region is called, it stands as text beside what is drawn."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from digest.build.build import Options, build
from tests.digests import FRONT, small_digest, write

ODD = ["<b>&amp; ]]> \"'", "</svg><script>", "\u202eשלום \u200f", "👩‍👩‍👧 😀", "long " * 800 + "end"]


@pytest.mark.parametrize("words", ODD)
def test_odd_words_stay_words_in_the_tables_behind_pictures(tmp_path: Path, words: str) -> None:
    root = small_digest(tmp_path)
    text = FRONT.replace("text: The village has been retaken.", f"text: {json.dumps(words, ensure_ascii=False)}")
    write(root, {"content/2025/07/01/village.md": text})
    write(
        root, {"content/regions.yaml": f"regions:\n  RU: {{name: {json.dumps(words, ensure_ascii=False)}, slug: ru}}\n"}
    )
    outcome = build(root, Options(datetime(2026, 1, 1, tzinfo=UTC), root / "site", jobs=1))
    assert outcome.problems == ()
    shown = escape(words.strip()).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    for page, figure in (("threads/front", "drawn labels"), ("2025/07/01", "drawn map"), ("regions/ru", "drawn map")):
        html = (root / "site" / page / "index.html").read_text(encoding="utf-8")
        drawn = html[html.index(f'<figure class="{figure}">') :]
        assert shown in drawn[: drawn.index("</figure>")]
        assert "<script>" not in html
