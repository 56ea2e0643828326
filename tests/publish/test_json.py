"""What commands that look at a target answer programs, with --json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli import main
from tests.digests import write
from tests.publish.desk import digest, edit, publish, run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return digest(tmp_path)


@pytest.fixture
def to(tmp_path: Path) -> str:
    """The address of a folder that is not there yet."""
    return f"file://{tmp_path}/www"


def answered(root: Path, *command: str, ok: bool = True) -> Any:
    """What a command says as JSON."""
    return json.loads(run(*command, "--json", root=root, ok=ok).stdout)


def test_check_says_what_it_found(root: Path, to: str) -> None:
    found = answered(root, "publish", to, "--check")
    assert found["ok"] is True
    assert "may be written to" in found["found"][0]


def test_rollback_says_what_was_brought_back_and_what_is_served(root: Path, to: str) -> None:
    publish(root, to)
    edit(root)
    publish(root, to)
    newer, older = answered(root, "releases", to)
    assert answered(root, "rollback", to, "--yes") == {
        "ok": True,
        "target": to,
        "release": older["id"],
        "at": older["at"],
        "from": newer["id"],
        "to": older["id"],
        "problems": [],
    }


def test_a_rollback_that_is_refused_is_a_problem(root: Path, to: str) -> None:
    publish(root, to)
    found = answered(root, "rollback", to, "--yes", ok=False)
    assert found["ok"] is False
    assert [problem["code"] for problem in found["problems"]] == ["D918"]


def test_rollback_cannot_ask_programs(root: Path, to: str) -> None:
    publish(root, to)
    assert "--json cannot ask" in run("rollback", to, "--json", root=root, ok=False).stderr


@pytest.mark.parametrize("command", [("publish", "--yes"), ("rollback", "--yes"), ("releases",)])
def test_settings_that_cannot_be_read_are_problems_too(root: Path, to: str, command: tuple[str, ...]) -> None:
    write(root, {"digest.yaml": "title: [\n"})
    found = answered(root, command[0], to, *command[1:], ok=False)
    assert found["ok"] is False
    assert found["problems"][0]["path"] == "digest.yaml"


def test_forgetting_leaves_the_release_that_is_served(root: Path, to: str, tmp_path: Path) -> None:
    publish(root, to)
    edit(root)
    publish(root, to)
    asked = CliRunner().invoke(main, ["releases", to, "--forget", "--root", str(root)], input="n\n")
    assert asked.exit_code == 1
    assert len(answered(root, "releases", to)) == 2
    (left,) = answered(root, "releases", to, "--forget", "--yes")
    assert left["current"] is True
    assert [path.name for path in (tmp_path / "www/releases").iterdir()] == [left["id"]]
    assert [path.name for path in (tmp_path / "www/manifests").iterdir()] == [left["id"]]
    assert answered(root, "releases", to, "--forget", "--yes") == [left]
