from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import latency
from benchmarks.corpus import Plan
from benchmarks.latency import BODY, TITLE, Latency, latencies, latency_table
from benchmarks.sites import HUGO, digest_site


def test_each_edit_of_a_served_digest_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latency, "EDITS", 3)
    monkeypatch.setattr(latency, "_REST", 0.1)
    site = digest_site(tmp_path / "digest", "default", Plan(16))
    found = latencies("16 articles", [site], lambda _: None)
    assert [(one.edit, one.pages, len(one.saves)) for one in found] == [
        (BODY, 1, latency.EDITS),
        (TITLE, 4, latency.EDITS),
    ]
    assert all(min(one.saves) > 0 and one.memory > 0 and one.first > 0 for one in found)


def test_the_table_compares_with_hugo() -> None:
    ours = Latency("10 articles", "digest", 1, BODY, 0.5, (0.05, 0.06, 0.07), 90_000_000)
    theirs = Latency("10 articles", HUGO, 1, BODY, 0.4, (0.5, 0.6, 0.7), 140_000_000)
    rows = latency_table([ours, theirs]).rows
    assert rows[0] == ("10 articles", BODY, "digest", "1", "0.50", "60", "50–70", "0.10", "90")
    assert rows[1][7] == ""
