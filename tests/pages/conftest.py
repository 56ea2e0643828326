"""An index of the small digest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.build.memory import make_index
from digest.content import read
from digest.index.memory import MemoryIndex as Index
from digest.pages.compose import Composer
from digest.pages.tongue import Tongue
from tests.digests import small_digest

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    reading = read(small_digest(tmp_path))
    assert reading.digest is not None
    assert reading.problems == ()
    return make_index(reading.digest, CLOCK)


@pytest.fixture
def composer(index: Index) -> Composer:
    return Composer(index, Tongue("en"))
