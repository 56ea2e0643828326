"""What this machine's own disk refuses while a digest is published is a problem with a place and a hint."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.build.lost import PERMALINKS
from tests.digests import write
from tests.publish.desk import digest, publish, run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest that is built, with copies beside its pages to be made."""
    root = digest(tmp_path)
    target = f"publish: {{live: {{to: 'file://{tmp_path}/www', compress: gz}}}}\n"
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + target})
    run("build", "--now", "2025-08-01", root=root)
    return root


def beside(root: Path) -> None:
    (root / ".digest/beside").symlink_to("/dev/full/nothing")


def hashes(root: Path) -> None:
    (root / ".digest/publish-hashes").mkdir()


def told(root: Path) -> None:
    (root / ".digest/publish-told/x").mkdir(parents=True)


def work(root: Path) -> None:
    shutil.rmtree(root / ".digest")
    (root / ".digest").write_text("a file")


def site(root: Path) -> None:
    (root / "site/.digest-site").unlink()
    (root / "site/.digest-site").mkdir()


def index(root: Path) -> None:
    (root / ".digest/index.sqlite").write_bytes(b"SQLite format 3" + bytes(4096))


def no_index(root: Path) -> None:
    shutil.rmtree(root / ".digest")


@pytest.mark.parametrize(
    ("broken", "code", "place"),
    [
        (beside, "D809", ".digest/beside"),
        (hashes, "D809", ".digest/"),
        (told, "D809", ".digest/"),
        (work, "D809", ".digest"),
        (site, "D911", "site/.digest-site"),
        (index, "D911", ".digest/index.sqlite"),
        (no_index, "D911", ".digest/index.sqlite"),
    ],
)
def test_a_place_of_digests_own_that_cannot_be_used_is_a_problem(
    broken: Callable[[Path], None], code: str, place: str, root: Path, tmp_path: Path
) -> None:
    broken(root)
    found = json.loads(publish(root, "live", "--no-build", "--json", ok=False).stdout)
    assert found["ok"] is False
    (problem,) = found["problems"]
    assert problem["code"] == code
    assert problem["path"].startswith(place)
    assert problem["hint"]
    assert f"error {code}" in publish(root, "live", "--no-build", ok=False).stderr
    assert not (tmp_path / "www").exists()


def test_addresses_that_could_not_be_recorded_are_by_the_next_publish(root: Path, tmp_path: Path) -> None:
    (root / PERMALINKS).mkdir()
    said = publish(root, "live", "--no-build", ok=False).stderr
    assert f"{PERMALINKS}: error D809: the site is published, but its addresses are not recorded" in said
    assert (tmp_path / "www/current/index.html").is_file()
    (root / PERMALINKS).rmdir()
    publish(root, "live", "--no-build")
    assert "/2025/07/02/monitors/" in (root / PERMALINKS).read_text()
