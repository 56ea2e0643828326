"""The same bytes, whoever does the work: this process, a pool of processes, a Dask cluster."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from digest.build.build import Options, build
from tests.build.test_incremental import CLOCK, tree


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest large enough for processes to be worth starting."""
    root = tmp_path_factory.mktemp("corpus") / "digest"
    subprocess.run([sys.executable, "-m", corpus.__name__, "200", str(root)], check=True, capture_output=True)
    (root / "digest.yaml").write_text("title: Corpus\nurl: https://example.org/\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def alone(digest: Path) -> dict[str, bytes]:
    """The site as one process makes it."""
    outcome = build(digest, Options(CLOCK, digest / "site", jobs=1))
    assert outcome.problems == ()
    return tree(digest)


def fresh(digest: Path, folder: Path) -> Path:
    copy = folder / "digest"
    shutil.copytree(digest, copy, ignore=shutil.ignore_patterns("site", ".digest"))
    return copy


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_make_the_same_bytes(digest: Path, alone: dict[str, bytes], tmp_path: Path, jobs: int) -> None:
    root = fresh(digest, tmp_path)
    assert not build(root, Options(CLOCK, root / "site", jobs=jobs)).failed
    assert tree(root) == alone


def test_a_dask_cluster_of_two_processes_makes_the_same_bytes(
    digest: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    root = fresh(digest, tmp_path)
    code = (
        "import sys\n"
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    script = tmp_path / "cluster.py"
    script.write_text(code, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as cluster:
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()
        command = [sys.executable, "-m", "digest", "build", "--root", str(root), "--now", "2025-08-01"]
        done = subprocess.run([*command, "--scheduler", address], capture_output=True, text=True, check=False)
        cluster.communicate()
    assert done.returncode == 0, done.stderr
    assert tree(root) == alone
