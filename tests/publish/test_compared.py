"""What others remove or change at a target is seen by the next publish, and mended."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import LocalStore

from digest.publish import inplace
from digest.publish.bucket import Seen
from digest.publish.git import GitTarget
from digest.publish.manifest import Entry, Manifest
from digest.publish.objects import ObjectBucket, object_store
from digest.publish.send import Request, look, publish, rollback
from digest.publish.targets import Named, Target, make_target
from digest.publish.unfinished import UNKNOWN, as_found
from tests.publish.conftest import Built
from tests.publish.desk import files_of
from tests.publish.servers import S3, Ssh

AT = datetime(2026, 1, 1, tzinfo=UTC)
GONE, CUT, SAME = "map.txt", "index.html", "robots.txt"
"""Files that others remove, cut short, and change without changing the size."""


def quiet(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


def sent(target: Target, built: Built) -> None:
    assert publish(target, Request(built.folder, built.manifest), lambda _plan: True, quiet)


def meddle(served: Path) -> None:
    """What others do in a folder, a while after the publish."""
    (served / GONE).unlink()
    (served / CUT).write_bytes(b"short")
    (served / SAME).write_bytes(bytes((served / SAME).stat().st_size))
    os.utime(served / SAME, (time.time() + 5, time.time() + 5))


def folder(tmp_path: Path, _ssh: Ssh) -> str:
    return f"file://{tmp_path}/www"


def machine(tmp_path: Path, ssh: Ssh) -> str:
    return f"ssh://{ssh.address}{tmp_path}/www"


@pytest.mark.parametrize("place", [folder, machine])
def test_in_a_folder_of_releases(
    place: Callable[[Path, Ssh], str],
    ssh: Ssh,
    builds: tuple[Built, Built],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh.command)
    target = make_target(Named(place(tmp_path, ssh)), Path("/digest"))
    sent(target, builds[0])
    current = tmp_path / "www/current"
    again = Built(builds[0].folder, Manifest("20300101T000000000Z-00000000", "", builds[0].manifest.files))
    assert look(target, Request(again.folder, again.manifest)).is_empty
    meddle(current.resolve())
    files = look(target, Request(again.folder, again.manifest)).files
    assert (files.new, files.changed, files.removed) == ((GONE,), (CUT, SAME), ())
    sent(target, again)
    assert files_of(current) == files_of(again.folder)


@pytest.mark.usefixtures("_credentials")
def test_in_a_bucket_over_its_own_interface(s3: S3, builds: tuple[Built, Built]) -> None:
    s3.bucket("compared")
    named = Named("s3://compared/news", endpoint=f"http://127.0.0.1:{s3.port}")
    target = object_store(named, Path())
    sent(target, builds[0])
    bucket = target._bucket
    assert isinstance(bucket, ObjectBucket)
    bucket.delete([GONE])
    bucket.put(CUT, b"short", target._headers(CUT))
    again = object_store(named, Path())
    files = look(again, Request(builds[0].folder, builds[0].manifest)).files
    assert (files.new, files.changed, files.removed) == ((GONE,), (CUT,), ())


def test_of_a_large_site_in_a_bucket_only_where_it_is_asked_for(
    builds: tuple[Built, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inplace, "_COMPARED", 3)

    def target(*, compare: bool) -> Target:
        return inplace.BucketTarget(ObjectBucket(LocalStore(tmp_path), "x"), Named("x", compare=compare))

    sent(target(compare=False), builds[0])
    (tmp_path / GONE).unlink()
    request = Request(builds[0].folder, builds[0].manifest)
    assert look(target(compare=False), request).is_empty
    assert look(target(compare=True), request).files.new == (GONE,)


def test_a_file_of_the_right_size_that_is_surely_later_than_the_release_was_changed() -> None:
    served = Manifest("", "", {"a": Entry("aa", 3), "b": Entry("bb", 3)})
    listed = {"a": Seen(3, AT + timedelta(milliseconds=900)), "b": Seen(3, AT + timedelta(seconds=1))}
    assert as_found(served, listed, AT).files == {"a": Entry("aa", 3), "b": Entry(UNKNOWN, 3)}
    assert as_found(served, {**listed, "b": Seen(3, AT)}, AT) is served


def test_on_a_branch_by_a_commit_of_others(builds: tuple[Built, Built], tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=X", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)

    git("init", "--bare", "-q", f"{tmp_path}/bare")
    root = tmp_path / "digest"
    root.mkdir()
    target = GitTarget(Named(f"git:file://{tmp_path}/bare#pages"), root)
    sent(target, builds[0])
    sent(target, builds[1])
    checkout = tmp_path / "checkout"
    git("clone", "-q", "-b", "pages", f"{tmp_path}/bare", f"{checkout}")
    meddle(checkout)
    (checkout / "CNAME").write_text("news.example.org")
    git("-C", f"{checkout}", "add", "-A")
    git("-C", f"{checkout}", "commit", "-qm", "meddle")
    git("-C", f"{checkout}", "push", "-q")
    files = look(target, Request(builds[1].folder, builds[1].manifest)).files
    assert (files.new, files.changed, files.removed) == ((GONE,), (CUT, SAME), ())
    assert [release.current for release in target.releases()] == [True, False]
    sent(target, builds[1])
    git("-C", f"{checkout}", "pull", "-q")
    assert {*files_of(checkout)} - {"CNAME", ".nojekyll"} == {*files_of(builds[1].folder)}
    assert (checkout / SAME).read_bytes() == (builds[1].folder / SAME).read_bytes()
    assert (checkout / "CNAME").exists()
    rollback(target, "", AT, quiet)
    git("-C", f"{checkout}", "pull", "-q")
    assert {*files_of(checkout)} == {*files_of(builds[0].folder), "CNAME", ".nojekyll"}
