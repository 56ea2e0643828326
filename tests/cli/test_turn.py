"""Commands that write into content/ take turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from digest.cli import main, turn
from digest.content.files import Tree
from digest.importing.record import read_record
from tests.digests import small_digest, write

STORY = "Fire in {0} closes the port\n\nThe port of {0} was closed on Monday after a fire, the harbour office said.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_digest(tmp_path / "digest")


def at_once(root: Path, *commands: list[str]) -> None:
    """Run all of them beside one another."""
    begin = [sys.executable, "-m", "digest"]
    running = [
        subprocess.Popen([*begin, *command], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for command in commands
    ]
    for process in running:
        errors = process.communicate()[1]
        assert process.returncode == 0, errors


def test_sources_that_are_added_at_once_all_stay(root: Path) -> None:
    names = [f"paper-{number}" for number in range(5)]
    at_once(root, *(["add-source", name, "--name", name, "--kind", "outlet"] for name in names))
    text = (root / "content/sources.yaml").read_text(encoding="utf-8")
    assert all(f"  {name}: " in text for name in names)


def test_imports_at_once_all_stand_in_the_record(root: Path) -> None:
    towns = ["Riga", "Oslo", "Turku", "Kiel"]
    write(root, {f"raw/{town}.txt": STORY.format(town) for town in towns})
    at_once(root, *(["import", f"raw/{town}.txt"] for town in towns), ["import", "raw/Riga.txt"])
    entries, problems = read_record(Tree(root))
    assert not problems
    assert sorted(entry.path for entry in entries) == sorted(
        path.relative_to(root).as_posix() for path in (root / "content").rglob("fire-in-*.md")
    )
    assert len(entries) == len(towns)


@pytest.mark.parametrize(
    "command", [["add-source", "x", "--name", "X", "--kind", "ngo"], ["fmt"], ["check", "--fix"], ["import", "-"]]
)
def test_a_command_that_waits_in_vain_says_so(root: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_PATIENCE", 0)
    (root / ".digest").mkdir()
    with FileLock(root / ".digest/content.lock"):
        done = CliRunner().invoke(main, [*command, "--root", str(root)], input="Text.", catch_exceptions=False)
    assert done.exit_code == 1
    assert "error D815" in done.output


def test_looking_does_not_wait(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_PATIENCE", 0)
    (root / ".digest").mkdir()
    with FileLock(root / ".digest/content.lock"):
        for command in (["fmt", "--check"], ["import", "--dry-run", "-"]):
            done = CliRunner().invoke(main, [*command, "--root", str(root)], input=STORY, catch_exceptions=False)
            assert done.exit_code == 0, done.output
