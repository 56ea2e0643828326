"""Publishing to another machine: a real SSH server, rsync, and nginx that serves what came."""

from __future__ import annotations

import gc
import os
import shlex
import signal
import subprocess
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest

from digest.publish.connection import Connection
from digest.publish.manifest import Entry, Told, hash_of, make_manifest, restored, served_again
from digest.publish.plan import make_plan
from digest.publish.refused import RefusedError
from digest.publish.send import Request, forget, look_back, publish, rollback
from digest.publish.ssh import SshTarget
from digest.publish.targets import Named
from tests.digests import write
from tests.publish.conftest import Built
from tests.publish.desk import digest, files_of, lost_links, started
from tests.publish.desk import publish as published
from tests.publish.servers import Ssh, nginx
from tools.ports import free_port

AT = datetime(2026, 1, 1, tzinfo=UTC)


def quiet(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "w w’w"


@pytest.fixture
def target(ssh: Ssh, place: Path, monkeypatch: pytest.MonkeyPatch) -> SshTarget:
    monkeypatch.setenv("RSYNC_RSH", ssh.command)
    return SshTarget(Named(f"ssh://{ssh.address}{place}", keep=2), Path("/digest"))


def sent(target: SshTarget, built: Built) -> None:
    publish(target, Request(built.folder, built.manifest), lambda _plan: True, quiet)


def test_what_nginx_serves_changes_with_each_publish_and_rollback(
    target: SshTarget, place: Path, builds: tuple[Built, Built], tmp_path: Path
) -> None:
    sent(target, builds[0])
    with nginx(tmp_path / "nginx", place / "current") as base:

        def fetch(name: str) -> bytes | None:
            try:
                with urllib.request.urlopen(base + name) as response:  # noqa: S310 (on loopback)
                    data: bytes = response.read()
                    return data
            except HTTPError:
                return None

        def serves(built: Built) -> bool:
            return all(fetch(name) == (built.folder / name).read_bytes() for name in built.manifest.files)

        assert serves(builds[0])
        assert lost_links(fetch) == []
        sent(target, builds[1])
        assert serves(builds[1])
        assert lost_links(fetch) == []
        release, plan = look_back(target, "")
        assert release.id == builds[0].manifest.release
        assert plan == make_plan(builds[1].manifest, builds[0].manifest)
        rollback(target, "", AT, quiet)
        assert serves(builds[0])
        assert target.manifest() == served_again(builds[0].manifest, AT)
        assert forget(target) == 1
        assert [release.id for release in target.releases()] == [builds[0].manifest.release]
        assert serves(builds[0])


def test_unchanged_files_are_links_and_old_releases_go(
    target: SshTarget, place: Path, builds: tuple[Built, Built]
) -> None:
    sent(target, builds[0])
    first = (place / "current").resolve()
    sent(target, builds[1])
    assert (first / "map.txt").samefile(place / "current/map.txt")
    assert [release.current for release in target.releases()] == [True, False]
    later = Built(builds[0].folder, restored(builds[0].manifest, AT))
    sent(target, later)
    assert not first.exists()
    assert len(target.releases()) == 2
    assert files_of(place / "current") == files_of(builds[0].folder)


def test_files_whose_names_begin_as_comments_of_rsync_do_are_sent(
    target: SshTarget, place: Path, tmp_path: Path
) -> None:
    files = {"#lead.txt": b"lead", ";note.txt": b"note", "a/#b.txt": b"inside"}
    for name, data in files.items():
        (tmp_path / "odd" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "odd" / name).write_bytes(data)
    entries = {name: Entry(hash_of(data), len(data)) for name, data in files.items()}
    sent(target, Built(tmp_path / "odd", make_manifest(entries, Told(), AT)))
    assert files_of(place / "current") == files


def test_looking_and_checking_write_nothing(target: SshTarget, place: Path, builds: tuple[Built, Built]) -> None:
    assert len(target.check()) == 2
    assert publish(target, Request(builds[0].folder, builds[0].manifest), lambda _plan: False, quiet) is None
    assert target.releases() == []
    assert not place.exists()


def test_a_second_publisher_waits_for_the_lock(target: SshTarget, place: Path, builds: tuple[Built, Built]) -> None:
    place.mkdir()
    held = ["flock", str(place / ".digest-lock"), "sh", "-c", "echo held; exec sleep 0.5"]
    with subprocess.Popen(held, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        sent(target, builds[0])
        assert other.poll() == 0
    assert files_of(place / "current") == files_of(builds[0].folder)


def test_a_folder_with_files_of_others_is_refused(target: SshTarget, place: Path, builds: tuple[Built, Built]) -> None:
    write(place, {"mine.txt": "mine"})
    with pytest.raises(RefusedError, match="files of others"):
        target.check()
    with pytest.raises(RefusedError, match="files of others"):
        sent(target, builds[0])


def test_one_connection_serves_every_step_and_ends_with_its_target(ssh: Ssh) -> None:
    connection = Connection(shlex.split(ssh.command), ssh.address, "ssh://")
    socket = Path(connection.shell[-1].partition("=")[2])
    assert socket.is_socket()
    assert connection.shell is connection.shell
    del connection
    gc.collect()
    assert not socket.parent.exists()


def test_a_machine_that_does_not_answer_is_said(builds: tuple[Built, Built]) -> None:
    target = SshTarget(Named(f"ssh://127.0.0.1:{free_port()}/srv/www"), Path("/digest"))
    with pytest.raises(RefusedError, match="refused") as caught:
        sent(target, builds[0])
    assert caught.value.problem.code == "D914"


def test_a_publish_that_is_asked_to_end_stops_what_is_at_work_and_tidies_up(
    ssh: Ssh, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, started_mark = digest(tmp_path), tmp_path / "at work"
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    os.mkfifo(started_mark)
    fake = tmp_path / "bin/rsync"
    # The first second is for the one who started it: before Python knows that a program runs, it can stop none.
    fake.write_text(f"#!/bin/sh\nsleep 1\necho $$ > '{started_mark}'\nexec sleep 600\n")
    fake.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", ssh.command)
    there = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "TMPDIR": str(tmp_path / "tmp")}
    with started(root, "publish", f"ssh://{ssh.address}{place}", "--yes", env={**os.environ, **there}) as process:
        rsync = int(started_mark.read_text())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(rsync, 0)
    assert list((tmp_path / "tmp").iterdir()) == []
    published(root, f"ssh://{ssh.address}{place}")
    assert files_of(place / "current") == files_of(root / "site")
