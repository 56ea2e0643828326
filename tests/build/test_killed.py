"""A build that is killed at any moment leaves whole files and a true record; the next build finishes the job."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.build.output import MANIFEST
from tests.build.test_incremental import clean_tree, run, tree
from tests.digests import FRONT, small_digest, write

# Stops the process as SIGKILL would, at the n-th call of the system that changes a file.
KILLER = """
import os, sys
left = int(sys.argv[1])
def watch(event, args):
    global left
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile", "sqlite3.connect"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
from digest.cli import main
sys.addaudithook(watch)
main(["build", "--root", sys.argv[2], "--now", "2025-08-01", "--jobs", "1"])
"""


def killed_at(root: Path, call: int) -> bool:
    """Run a build that is killed at its n-th change of a file; whether it came so far."""
    command = [sys.executable, "-c", KILLER, str(call), str(root)]
    return subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL


def edit(root: Path, number: int) -> None:
    """Change, add and remove pages."""
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", f"reports village {number}")})
    write(root, {f"content/new{number}.md": f"---\ntitle: New {number}\ndate: 2025-07-03\nregions: [FR]\n---\nText.\n"})
    (root / f"content/new{number - 1}.md").unlink(missing_ok=True)


def whole(root: Path, allowed: list[dict[str, bytes]]) -> bool:
    """Whether each file of the site is as it was before or as it will be."""
    found = tree(root) if (root / "site").exists() else {}
    return all(any(side.get(name) == data for side in allowed) for name, data in found.items() if name != MANIFEST)


def moments(count: int) -> list[int]:
    """Calls at which to kill: all of the first ones, then ever fewer."""
    return sorted({round(1 + (i / count) ** 2 * 1400) for i in range(count)})


def one_kill(root: Path, number: int, call: int) -> bool:
    """Edit, kill a build, look, build again, look; whether the build was killed."""
    before = tree(root)
    edit(root, number)
    after = clean_tree(root)
    came_so_far = killed_at(root, call)
    assert whole(root, [before, after])
    run(root)
    assert tree(root) == after
    return came_so_far


def test_a_killed_build_leaves_whole_files_and_the_next_one_finishes(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    killed = [one_kill(root, number, call) for number, call in enumerate(moments(12), start=1)]
    assert any(killed)


@pytest.mark.slow
def test_a_build_killed_at_a_hundred_moments_leaves_whole_files(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    killed = [one_kill(root, number, call) for number, call in enumerate(moments(100), start=1)]
    assert sum(killed) >= 50


def test_an_interrupted_build_says_nothing_of_pages_that_it_did_not_write(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    edit(root, 1)
    command = [sys.executable, "-m", "digest", "build", "--root", str(root), "--now", "2025-08-01"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(0.4)
        os.kill(process.pid, signal.SIGINT)
        process.communicate()
    run(root)
    assert tree(root) == clean_tree(root)
