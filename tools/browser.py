"""The system's Chromium, driven by Playwright; no browser of Playwright's own is ever downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # containers give no user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_PATIENCE = 120_000
"""Milliseconds in which a busy machine starts it."""


def find_chromium() -> str:
    """The path of Chromium: $CHROMIUM, or the first usual name on the PATH; FileNotFoundError when there is none."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    message = "Chromium is missing: `make test` installs it on Debian; elsewhere set CHROMIUM to the program's path"
    raise FileNotFoundError(message)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium that ends with the context."""
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS), timeout=_PATIENCE)
        try:
            yield browser
        finally:
            browser.close()
