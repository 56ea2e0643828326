"""Two publishers who begin in the same moment, on every kind of target: one whole site is served."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.publish.manifest import pack
from tests.publish.conftest import Built
from tests.publish.desk import files_of
from tests.publish.servers import S3, Counter, Ssh, counted


@pytest.fixture
def deciding(s3: S3) -> Iterator[Counter]:
    """The store as one that writes a file only if there is none, where that is asked for."""
    with counted(s3.port, s3.folder) as counter:
        yield counter


def folder(tmp_path: Path, _request: pytest.FixtureRequest) -> tuple[str, str, Path]:
    return f"file://{tmp_path}/www", "", tmp_path / "www/current"


def store(_tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, str, Path]:
    request.getfixturevalue("_credentials")
    s3: S3 = request.getfixturevalue("s3")
    counter = request.getfixturevalue("deciding")
    return "s3://both", f"http://127.0.0.1:{counter.port}", s3.folder / "both"


def machine(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, str, Path]:
    ssh: Ssh = request.getfixturevalue("ssh")
    request.getfixturevalue("monkeypatch").setenv("RSYNC_RSH", ssh.command)
    return f"ssh://{ssh.address}{tmp_path}/www", "", tmp_path / "www/current"


def branch(tmp_path: Path, _request: pytest.FixtureRequest) -> tuple[str, str, Path]:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "bare"], check=True)
    return f"git:file://{tmp_path}/bare#pages", "", tmp_path / "served"


@pytest.mark.parametrize("place", [folder, store, machine, branch])
@pytest.mark.parametrize("roots", [1, 2], ids=["from-one-digest", "from-two"])
def test_two_publishers_at_the_same_time_leave_one_whole_site(
    place: Callable[[Path, pytest.FixtureRequest], tuple[str, str, Path]],
    roots: int,
    builds: tuple[Built, Built],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    to, endpoint, served = place(tmp_path, request)
    if place is store:
        to, served = f"{to}/{roots}", served / str(roots)
    commands = []
    for number, built in enumerate(builds):
        file, root = tmp_path / f"manifest{number}", tmp_path / f"root{number % roots}"
        root.mkdir(exist_ok=True)
        file.write_bytes(pack(built.manifest))
        given = [str(built.folder), str(file), to, endpoint, str(root)]
        commands.append([sys.executable, "-m", "tests.publish.sender", *given])
    here = Path(__file__).parents[2]
    processes = [subprocess.Popen(c, cwd=here, stderr=subprocess.PIPE, text=True) for c in commands]
    ended = [(p.communicate()[1], p.returncode) for p in processes]
    assert any(code == 0 for _, code in ended), ended
    assert all(code == 0 or "somebody else" in errors for errors, code in ended), ended
    if place is branch:
        subprocess.run(["git", "clone", "-q", "-b", "pages", tmp_path / "bare", served], check=True)
        (served / ".nojekyll").unlink()
    assert files_of(served) in [files_of(built.folder) for built in builds]
