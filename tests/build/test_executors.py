"""The same bytes, whoever does the work: this process, a pool of processes, a Dask cluster."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import corpus
from digest.build import work
from digest.build.build import Options, build
from tests.build.test_incremental import CLOCK, tree
from tests.digests import FRONT, SETTINGS, SOURCES, small_digest, write


def _corpus(root: Path) -> Path:
    subprocess.run([sys.executable, "-m", corpus.__name__, "200", str(root)], check=True, capture_output=True)
    return write(root, {"digest.yaml": "title: Corpus\nurl: https://example.org/\n"})


def _entangled(root: Path) -> Path:
    """Articles that share claims, claims that rest on one another, sources described here and there."""
    write(root, {"digest.yaml": SETTINGS, "content/sources.yaml": SOURCES})
    for number in range(200):
        claims = [f"{{id: c{number}, text: Sentence {number}., {_rests(number)}statements: [{_spoken(number)}]}}"]
        if number % 3 == 1:
            claims.append(f"{{id: c{number // 9 * 3}, statements: [{{by: kremlin, says: denies}}, {{by: monitor}}]}}")
        lines = ["---", f"title: Title {number}", f"date: 2025-07-0{number % 7 + 1}", "regions: [UA]", "claims:"]
        text = "\n".join([*lines, *(f"  - {claim}" for claim in claims), "---", f"Words{{claim=c{number}}}.", ""])
        write(root, {f"content/a{number}.md": text})
    return root


def _rests(number: int) -> str:
    return f"depends_on: c{number - 1}, " if number % 4 == 3 else ""


def _spoken(number: int) -> str:
    relation = ", speaks_for: ua" if number % 40 == 5 else ""
    witness = f"{{by: {{name: A witness, kind: person{relation}}}, basis: first_hand}}"
    return witness if number % 5 == 0 else "{by: general-staff, via: [tass]}"


@pytest.fixture(scope="module", params=[_corpus, _entangled])
def digest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest large enough for processes to be worth starting."""
    make: Callable[[Path], Path] = request.param
    return make(tmp_path_factory.mktemp("large") / "digest")


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


@pytest.mark.parametrize("batch", [1, 7])
def test_small_batches_make_the_same_bytes(
    digest: Path, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(work, "BATCH", batch)
    root = fresh(digest, tmp_path)
    assert not build(root, Options(CLOCK, root / "site", jobs=1)).failed
    assert tree(root) == alone


def test_a_process_that_is_killed_is_a_problem_and_leaves_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_digest(tmp_path / "digest")
    assert not build(root, Options(CLOCK, root / "site")).failed
    before = tree(root)
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", "reports two villages")})
    monkeypatch.setattr(work, "SMALL", 1)
    monkeypatch.setattr("digest.build.build.render_batch", die)
    outcome = build(root, Options(CLOCK, root / "site", jobs=2))
    assert [p.code for p in outcome.problems] == ["D811"]
    assert tree(root) == before
    monkeypatch.undo()
    assert not build(root, Options(CLOCK, root / "site")).failed
    assert tree(root) != before


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
