"""The versions of libraries, told by the names of folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest.index.store import Store
from digest.index.versions import LIBRARIES, versions


def packages(folder: Path, *names: str) -> str:
    """A folder of packages."""
    for name in names:
        (folder / "site-packages" / name).mkdir(parents=True)
    return str(folder / "site-packages")


def test_versions_are_those_of_the_libraries_that_are_found_first(tmp_path: Path) -> None:
    first = packages(tmp_path / "a", "jinja2-3.1.6.dist-info", "markdown_it_py-4.0.0.dist-info", "other-1.dist-info")
    second = packages(tmp_path / "b", "Jinja2-3.0.0.egg-info", "Babel-2.17.0.egg-info", "nh3")
    found = versions([str(tmp_path / "nowhere" / "site-packages"), first, second])
    assert found[1:] == ("babel 2.17.0", "jinja2 3.1.6", "markdown-it-py 4.0.0")


def test_every_library_is_found_where_it_is_installed() -> None:
    assert {line.partition(" ")[0] for line in versions(sys.path)[1:]} == LIBRARIES


def test_an_index_made_with_other_libraries_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.sqlite"
    Store(path).close()
    again = Store(path)
    assert not again.is_new
    again.close()
    monkeypatch.setattr(sys, "path", [packages(tmp_path, "jinja2-99.dist-info"), *sys.path])
    anew = Store(path)
    assert anew.is_new
    assert "another version" in anew.said_new
    anew.close()
