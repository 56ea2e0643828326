"""The wheel is whole: a digest starts and builds where only the wheel and its dependencies are installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import digest

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(repository))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that holds the wheel and the dependencies that it names."""
    downloads = Path(sys.prefix) / "wheels"
    assert downloads.is_dir(), "the dependencies' wheels are missing: `make test` downloads them"
    environment = tmp_path_factory.mktemp("installed") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = str(environment / "bin" / "python")
    _pip("--python", python, "install", "--no-index", "--find-links", str(downloads), str(wheel))
    return environment / "bin"


def test_the_wheel_holds_the_whole_package_and_theme(repository: Path, wheel: Path) -> None:
    wanted = _files(repository / "digest", "digest") | _files(repository / "templates", "digest/theme")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert held == wanted
    assert any(name.endswith(".css") for name in held)


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert digest.__version__ in _run(str(installed / "digest"), "--version", folder=tmp_path).split()


def test_a_new_digest_builds_from_the_wheel_alone(repository: Path, installed: Path, tmp_path: Path) -> None:
    show_paths = "import sys, digest; print(digest.__file__, *sys.path, sep='\\n')"
    paths = _run(str(installed / "python"), "-c", show_paths, folder=tmp_path).splitlines()
    assert not [path for path in paths if Path(path).is_relative_to(repository)]

    _run(str(installed / "digest"), "init", "mine", folder=tmp_path)
    _run(str(installed / "digest"), "build", "--root", "mine", folder=tmp_path)
    site = tmp_path / "mine" / "site"
    assert "<h1" in (site / "index.html").read_text(encoding="utf-8")
    assert list(site.rglob("*.css"))


def _files(folder: Path, name: str) -> set[str]:
    """Every file of a folder as the wheel names it."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{name}/{path.relative_to(folder).as_posix()}" for path in files}


def _pip(*arguments: str) -> str:
    return _run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: str, folder: Path | None = None) -> str:
    """A program's output; it must end well. No variable of Python's own reaches it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, f"{command} ended with {run.returncode}:\n{run.stdout}{run.stderr}"
    return run.stdout
