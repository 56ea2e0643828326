"""The real command gives the same bytes wherever, whenever and however it runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from digest.build.output import WORK
from tests.digests import write

# The command with folders listed in another order.
SHUFFLED = """
import os, random
real, rng = os.scandir, random.Random(int(os.environ["ORDER"]))
class Listing(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def scandir(*args):
    with real(*args) as entries:
        found = Listing(entries)
    rng.shuffle(found)
    return found
os.scandir = scandir
os.listdir = lambda *args: [entry.name for entry in scandir(*args)]
from digest.cli import main
main()
"""
NOW = "1754006400"  # 2025-08-01, as SOURCE_DATE_EPOCH has it

WAYS: dict[str, tuple[dict[str, str], list[str]]] = {
    "plain": ({}, []),
    "hash seed": ({"PYTHONHASHSEED": "4711"}, []),
    "another hash seed": ({"PYTHONHASHSEED": "1"}, []),
    "locale": ({"LC_ALL": "C", "LANG": "C"}, []),
    "another locale": ({"LC_ALL": "uk_UA.UTF-8", "LANGUAGE": "uk"}, []),
    "a locale without UTF-8": ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, []),
    "timezone": ({"TZ": "Pacific/Auckland"}, []),
    "another timezone": ({"TZ": "America/Los_Angeles"}, []),
    "one process": ({}, ["--jobs", "1"]),
    "three processes": ({}, ["--jobs", "3"]),
    "another epoch": ({"SOURCE_DATE_EPOCH": "1785542400"}, []),
    "a time given": ({"SOURCE_DATE_EPOCH": "1"}, ["--now", "2025-08-01"]),
    "another order of files": ({"ORDER": "1"}, []),
    "yet another order of files": ({"ORDER": "2"}, ["--jobs", "1"]),
    "optimised": ({"PYTHONOPTIMIZE": "2"}, []),
}


def tree_hash(folder: Path) -> str:
    """One hash of all names and bytes."""
    seen = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        seen.update(f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return seen.hexdigest()


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest large enough for processes to be worth starting; nothing in it is to come on 2025-08-01."""
    root = tmp_path_factory.mktemp("same") / "digest"
    subprocess.run([sys.executable, "-m", corpus.__name__, "200", str(root)], check=True, capture_output=True)
    settings = "title: Corpus\nurl: https://example.org/\ntimezone: Asia/Kathmandu\noutputs: {feeds: [home, region]}\n"
    return write(root, {"digest.yaml": settings, "static/é.txt": "a name beyond ASCII"})


def built(digest: Path, folder: Path, way: str, cwd: Path) -> str:
    """The hash of the site that the command makes in one of the ways, in a folder of its own."""
    more, options = WAYS[way]
    root = folder / way.replace(" ", "-")
    shutil.copytree(digest, root, ignore=shutil.ignore_patterns("site", WORK))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": NOW, **more}
    run = ["-c", SHUFFLED] if "ORDER" in more else ["-m", "digest"]
    command = [sys.executable, *run, "build", "--root", str(root), *options]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return tree_hash(root / "site")


def test_hash_seed_locale_timezone_folder_order_processes_and_date_leave_no_trace(digest: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    places = (digest, tmp_path / "elsewhere", Path("/"))
    found = {way: built(digest, tmp_path, way, places[number % 3]) for number, way in enumerate(WAYS)}
    assert set(found.values()) == {found["plain"]}
