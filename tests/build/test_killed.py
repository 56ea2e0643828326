"""A build that is stopped at any moment leaves whole files and a true record; the next build finishes the job."""

from __future__ import annotations

import os
import posixpath
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks import corpus
from digest.build.output import MANIFEST, WORK
from tests.build.test_incremental import clean_tree, run, tree
from tests.digests import FRONT, small_digest, write

# Stops the process at its n-th call of the system that changes a file or may do so: as SIGKILL does, or by an error as
# from a full disk. Without a moment to stop at it counts the calls.
STOPPER = """
import os, sys
how, left = sys.argv[1], int(sys.argv[2])
calls = 0
def watch(event, args):
    global calls
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile", "sqlite3.connect"):
        calls += 1
        if calls == left and how == "kill":
            os.kill(os.getpid(), 9)
        if calls == left and how == "full":
            raise OSError(28, "No space left on device")
from digest.cli import build, main
from digest.content import links, mistakes, yaml_full  # what is loaded when it is needed must not count
from digest.render import markdown_full
sys.addaudithook(watch)
try:
    main(["build", "--root", sys.argv[3], "--now", "2025-08-01", "--jobs", "1"])
finally:
    print("calls", calls)
"""


def stopped(root: Path, how: str, call: int) -> subprocess.CompletedProcess[str]:
    """Run a build that is stopped at its n-th call."""
    command = [sys.executable, "-c", STOPPER, how, str(call), str(root)]
    return subprocess.run(command, capture_output=True, check=False, text=True)


def calls_of(root: Path) -> int:
    """How many calls a build makes that is not stopped."""
    return int(stopped(root, "", 0).stdout.split()[-1])


def edit(root: Path, number: int) -> None:
    """Change, add and remove pages."""
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", f"reports village {number}")})
    write(root, {f"content/new{number}.md": f"---\ntitle: New {number}\ndate: 2025-07-03\nregions: [FR]\n---\nText.\n"})
    (root / f"content/new{number - 1}.md").unlink(missing_ok=True)
    write(root, {f"static/new{number}.txt": "new"})
    (root / f"static/new{number - 1}.txt").unlink(missing_ok=True)


def found(root: Path) -> dict[str, bytes]:
    return tree(root) if (root / "site").exists() else {}


def whole(root: Path, allowed: list[dict[str, bytes]]) -> bool:
    """Whether each file of the site is as it was before or as it will be."""
    files = found(root).items()
    return all(any(side.get(name) == data for side in allowed) for name, data in files if name != MANIFEST)


_HREF = re.compile(r'(?:href|src)="([^":#?]+)[#?"]')


def dangling(site: dict[str, bytes], pages: Iterable[str]) -> list[tuple[str, str]]:
    """Links of some pages of a site that lead nowhere in it."""
    lost = []
    for page in pages:
        for href in _HREF.findall(site[page].decode()):
            target = posixpath.normpath(posixpath.join("/a", posixpath.dirname(page), href)).removeprefix("/a")
            name = target.removeprefix("/")
            if not {name, f"{name}/index.html".removeprefix("/")} & site.keys():
                lost.append((page, href))
    return lost


def prepared(folder: Path, *, built: bool) -> tuple[Path, int]:
    """A digest before a build that adds, changes and removes pages, or before its first; and that build's calls."""
    root = small_digest(folder / "digest")
    edit(root, 0)
    if built:
        run(root)
        edit(root, 1)
    return root, calls_of(root)


def stop_at(root: Path, how: str, call: int, number: int) -> bool:
    """Edit, stop a build, look, build again, look; whether it was stopped, and not beyond its end or where it can do
    without what failed."""
    before = found(root)
    if before:
        edit(root, number)
    after = clean_tree(root)
    done = stopped(root, how, call)
    assert done.returncode in (0, -signal.SIGKILL if how == "kill" else 1), done.stderr
    assert "Traceback" not in done.stderr
    assert whole(root, [before, after])
    site = found(root)  # who reads a page that was there can follow its links, also where it is new already
    assert dangling(site, [name for name in before.keys() & site.keys() if name.endswith(".html")]) == []
    if done.returncode == 0:
        assert tree(root) == after
    outcome = run(root)
    assert "damaged" not in outcome.note
    assert tree(root) == after
    return done.returncode != 0


def moments(calls: int, count: int) -> list[int]:
    """That many calls, from the first to the last."""
    return sorted({1 + round(i * (calls - 1) / (count - 1)) for i in range(count)})


@pytest.mark.parametrize("how", ["kill", "full"])
@pytest.mark.parametrize("built", [True, False], ids=["edit", "first"])
def test_a_build_that_is_stopped_leaves_whole_files_and_the_next_one_finishes(
    tmp_path: Path, how: str, *, built: bool
) -> None:
    root, calls = prepared(tmp_path, built=built)
    done = []
    for number, call in enumerate(moments(calls, 6 if built else 4), start=2):
        if not built:
            for name in ("site", WORK):
                shutil.rmtree(root / name, ignore_errors=True)
        done.append(stop_at(root, how, call, number))
    assert sum(done) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("how", ["kill", "full"])
def test_a_build_stopped_at_a_hundred_moments_leaves_whole_files(tmp_path: Path, how: str) -> None:
    root, calls = prepared(tmp_path, built=True)
    points = moments(calls, 100)
    assert len(points) == 100
    done = [stop_at(root, how, call, number) for number, call in enumerate(points, start=2)]
    assert sum(done) >= (95 if how == "kill" else 50)


@pytest.mark.parametrize("limit", [1_000, 30_000])
def test_files_that_cannot_grow_are_a_problem_and_nothing_more(tmp_path: Path, limit: int) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    before = tree(root)
    edit(root, 1)
    done = subprocess.run(
        [sys.executable, "-m", "digest", "build", "--root", str(root), "--now", "2025-08-01"],
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    assert "error D809" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(root) == before
    outcome = run(root)
    assert outcome.note == ""
    assert tree(root) == clean_tree(root)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest that takes some time to build."""
    root = tmp_path_factory.mktemp("large") / "digest"
    subprocess.run([sys.executable, "-m", corpus.__name__, "200", str(root)], check=True, capture_output=True)
    return write(root, {"digest.yaml": "title: Corpus\nurl: https://example.org/\n"})


def started(root: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "digest", "build", "--root", str(root), "--now", "2025-08-01", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_build_with_one_word_and_status_130(large: Path, jobs: str) -> None:
    for name in ("site", WORK):
        shutil.rmtree(large / name, ignore_errors=True)
    with started(large, "--jobs", jobs) as process:
        while not (large / WORK / "stage").exists() and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate()
    assert (process.returncode, output, errors.strip()) == (130, "", "stopped")
    assert not (large / "site").exists()
    assert not (large / WORK / "stage").exists()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_build_that_is_killed_leaves_no_process_behind(large: Path) -> None:
    for name in ("site", WORK):
        shutil.rmtree(large / name, ignore_errors=True)
    with started(large, "--jobs", "2") as process:
        workers: list[int] = []
        while len(workers) < 2 and process.poll() is None:
            workers = children(process.pid)
        process.kill()
    try:
        assert len(workers) == 2
        until = time.monotonic() + 60
        while any(map(runs, workers)) and time.monotonic() < until:
            time.sleep(0.01)
        assert not any(map(runs, workers))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert not run(large).failed
    assert tree(large) == clean_tree(large)


def test_builds_at_the_same_time_wait_for_one_another(large: Path) -> None:
    for name in ("site", WORK):
        shutil.rmtree(large / name, ignore_errors=True)
    both = [started(large) for _ in range(2)]
    done = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], done
    assert sorted(" 0 files written" in output for output, _ in done) == [False, True]
    assert tree(large) == clean_tree(large)
