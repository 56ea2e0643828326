"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tools.browser import launched

if "CI" not in os.environ:  # there hypothesis loads its own profile, which has no deadline either
    settings.register_profile("desk", deadline=None)
    settings.load_profile("desk")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with launched() as chromium:
        yield chromium
