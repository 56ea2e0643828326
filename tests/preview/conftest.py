"""Digests to preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digests import small_digest, write
from tests.preview.running import Running, running, settle

LONG = "---\ntitle: A long report\ndate: 2025-07-02T10:00\nregions: [UA]\n---\n" + "\n\n".join(
    f"Paragraph number {n} of the report, which has a [link](https://example.org/{n}) in it." for n in range(80)
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small digest, with a long article more."""
    root = small_digest(tmp_path / "digest")
    return write(root, {"content/2025/07/02/long.md": LONG + "\n"})


@pytest.fixture
def preview(root: Path) -> Iterator[Running]:
    """The preview of the small digest."""
    with running(root) as started:
        settle(started, "2025/07/02/long/")
        yield started
