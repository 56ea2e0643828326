"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.digests import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A digest with settings and a registry, and no article yet."""
    return a_desk(tmp_path)
