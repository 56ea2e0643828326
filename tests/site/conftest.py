"""The example digest, built once by the command line, served below a subpath and opened in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tools.built_site import BuiltSite, served

BASE = "/a/b/"
HOST = "https://moved.example"
VNU = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The example digest as `digest build` writes it for an address below a subpath."""
    root = tmp_path_factory.mktemp("example")
    for folder in ("content", "static"):
        if (repository / folder).is_dir():
            shutil.copytree(repository / folder, root / folder)
    config = (repository / "digest.yaml").read_text(encoding="utf-8")
    moved, lines = re.subn(r"(?m)^url:.*$", f"url: {HOST}{BASE}", config)
    assert lines == 1, "digest.yaml has one line `url: …`"
    (root / "digest.yaml").write_text(moved, encoding="utf-8")
    command = [sys.executable, "-m", "digest", "build", "--root", str(root)]
    build = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert build.returncode == 0, f"digest build ended with {build.returncode}:\n{build.stderr}"
    return BuiltSite(root / "site", BASE)


@pytest.fixture(scope="session")
def url(site: BuiltSite) -> Iterator[str]:
    """The URL of the served site, without the last slash."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def window(browser: Browser) -> Page:
    """The one browser window that a worker's tests use in turn, which is far quicker than one for each."""
    return browser.new_page()


@pytest.fixture
def open_page(window: Page, url: str, site: BuiltSite) -> OpenPage:
    """Opens the longest page of a family: open_page("article", width=390, scheme="dark")."""

    def opened(family: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
        window.set_viewport_size({"width": width, "height": 800})
        window.emulate_media(media="screen", color_scheme=scheme)
        window.goto(url + site.fullest(family), wait_until="load")
        return window

    return opened


@pytest.fixture(scope="session")
def html_errors() -> Callable[[list[Path]], list[str]]:
    """Runs the Nu checker once over files and folders, CSS and SVG included; gives its errors and warnings."""

    def errors(paths: list[Path]) -> list[str]:
        java = shutil.which("java")
        if java is None or not VNU.is_file():
            pytest.fail("The HTML checker or Java is missing: `make test` installs both")
        options = [
            "--skip-non-html",
            "--also-check-css",
            "--also-check-svg",
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
        ]
        command = [java, "-jar", str(VNU), *options, *map(os.fspath, paths)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        return [
            f"{found.get('url', '')}:{found.get('lastLine', 0)}: {found['message']} {found.get('extract', '').strip()}"
            for found in json.loads(run.stdout)["messages"]
        ]

    return errors
