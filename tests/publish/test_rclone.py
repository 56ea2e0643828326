"""Publishing through rclone: to a real WebDAV server, and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import json

from digest.publish.lock import LASTS, Lock
from digest.publish.manifest import Entry, hash_of
from digest.publish.rclone import rclone_target
from digest.publish.refused import RefusedError
from digest.publish.send import Request, publish, rollback
from digest.publish.targets import Named
from tests.digests import write
from tests.publish.conftest import Built
from tests.publish.desk import files_of
from tests.publish.servers import serving
from tools.ports import free_port

AT = datetime(2026, 1, 1, tzinfo=UTC)
PROGRAM = Path(sys.executable).with_name("rclone")


def quiet(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


@pytest.fixture
def webdav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A WebDAV server that rclone's settings in the environment know as `dav`; the folder behind it."""
    folder, port = tmp_path / "dav", free_port()
    (folder / "www").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("RCLONE_CONFIG_DAV_TYPE", "webdav")
    monkeypatch.setenv("RCLONE_CONFIG_DAV_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("RCLONE_WEBDAV_PACER_MIN_SLEEP", "1ms")  # it waits 10 ms between requests to strangers' servers
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "none.conf"))
    with serving([str(PROGRAM), "serve", "webdav", "--addr", f"127.0.0.1:{port}", str(folder)], port):
        yield folder


def test_a_site_goes_to_a_webdav_server_and_is_taken_back(webdav: Path, builds: tuple[Built, Built]) -> None:
    target = rclone_target(Named("rclone:dav:www/news"), Path())
    assert target.check()
    for built in builds:
        publish(target, Request(built.folder, built.manifest), lambda _plan: True, quiet)
        assert files_of(webdav / "www/news") == files_of(built.folder)
        assert [path for path in (webdav / "www/news").rglob("*") if path.is_dir() and not any(path.iterdir())] == []
        assert not (webdav / "www/news/.digest/lock").exists()
    rollback(target, "", AT, quiet)
    served = {name: Entry(hash_of(data), len(data)) for name, data in files_of(webdav / "www/news").items()}
    assert served == builds[0].manifest.files
    assert [release.current for release in target.releases()] == [True, False, False]


def test_a_second_publisher_is_refused_while_the_first_may_be_at_work(
    webdav: Path, builds: tuple[Built, Built]
) -> None:
    target = rclone_target(Named("rclone:dav:www/news"), Path())
    elsewhere = Lock("other", "elsewhere", 1, datetime.now(UTC) + LASTS)
    write(webdav, {"www/news/.digest/lock": json.encode(elsewhere).decode()})
    with pytest.raises(RefusedError, match="somebody else is publishing"):
        publish(target, Request(builds[0].folder, builds[0].manifest), lambda _plan: True, quiet)
    assert [path.name for path in webdav.rglob("*") if path.is_file()] == ["lock"]


def test_an_unknown_remote_is_said(webdav: Path, builds: tuple[Built, Built]) -> None:
    assert webdav.exists()
    target = rclone_target(Named("rclone:nobody:x"), Path())
    with pytest.raises(RefusedError, match="rclone failed"):
        publish(target, Request(builds[0].folder, builds[0].manifest), lambda _plan: True, quiet)


def test_an_address_without_a_remote_is_refused() -> None:
    with pytest.raises(RefusedError, match="names no remote"):
        rclone_target(Named("rclone:x"), Path())
