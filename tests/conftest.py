"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect

from tools.browser import launched

expect.set_options(timeout=120_000)  # how long a busy machine may take is no test's business

steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
if "CI" in os.environ:  # what chance finds is for a desk, where somebody looks at it
    steady = settings(steady, derandomize=True, database=None)
settings.register_profile("steady", steady)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with launched() as chromium:
        yield chromium
