"""A publish into a store that is killed at any moment leaves a site whose links resolve; the next one completes it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from digest.publish.manifest import pack
from digest.publish.objects import object_store
from digest.publish.targets import Named
from tests.build.test_killed import moments
from tests.publish.conftest import Built
from tests.publish.desk import files_of, lost_links
from tests.publish.sender import send
from tests.publish.servers import S3, counted

pytestmark = pytest.mark.usefixtures("_credentials")


@dataclass(frozen=True)
class Place:
    """A bucket behind a counter."""

    folder: Path
    to: str
    server: int


def renamed(built: Built, number: int) -> Built:
    """The same site as a later release."""
    id_ = f"20260101T{number:09}Z-{built.manifest.release[-8:]}"
    return replace(built, manifest=with_fields(built.manifest, release=id_))


def killed_at(call: int, built: Built, place: Place, scratch: Path, pause: float = 0) -> bool:
    """Publish, and kill the publisher when it makes its n-th request; whether that came before its end. Each request
    takes `pause` seconds more."""
    (scratch / "manifest").write_bytes(pack(built.manifest))
    with counted(place.server) as counter:
        endpoint = f"http://127.0.0.1:{counter.port}"
        command = [
            sys.executable,
            "-m",
            "tests.publish.sender",
            str(built.folder),
            str(scratch / "manifest"),
            place.to,
            endpoint,
        ]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True) as process:

            def before(number: int) -> None:
                time.sleep(pause)
                if number == call:
                    process.kill()

            counter.before = before
            _, errors = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), errors
    return process.returncode != 0


def requests_of(built: Built, place: Place) -> int:
    """How many requests a publish makes that is not killed."""
    with counted(place.server) as counter:
        send(built.folder, built.manifest, place.to, f"http://127.0.0.1:{counter.port}")
        return len(counter.seen)


def kill_often(builds: tuple[Built, Built], place: Place, scratch: Path, count: int) -> int:
    """Publish one site over the other, killed at moments all over the way, and look; how often it was killed."""
    endpoint = f"http://127.0.0.1:{place.server}"
    requests_of(renamed(builds[0], 0), place)
    calls = requests_of(renamed(builds[1], 1), place)
    done = 0
    for number, call in enumerate(moments(calls, count)):
        built = builds[number % 2]
        done += killed_at(call, renamed(built, 10 * number + 2), place, scratch)
        assert lost_links(files_of(place.folder).get) == []
        if number % 3 == 0:  # and killed again, while it is taken up
            killed_at(call, renamed(built, 10 * number + 3), place, scratch)
            assert lost_links(files_of(place.folder).get) == []
        send(built.folder, renamed(built, 10 * number + 4).manifest, place.to, endpoint)
        assert files_of(place.folder) == files_of(built.folder)
        _kept_is_whole(builds, place, built)
    requests_of(renamed(builds[count % 2], 10 * count), place)
    assert not (place.folder / ".digest/lock").exists()
    return done


def _kept_is_whole(builds: tuple[Built, Built], place: Place, now: Built) -> None:
    """Whether the release before could be served again: every byte of it that is not served now is kept."""
    target = object_store(Named(place.to, endpoint=f"http://127.0.0.1:{place.server}"), place.folder)
    found = target.releases()
    assert found[0].current
    for release in found[1:2]:
        other = builds[0] if now is builds[1] else builds[1]
        assert release.id[-8:] == other.manifest.release[-8:]
        kept = target._sources(other.manifest, release.id)
        served = now.manifest.files
        for name, entry in other.manifest.files.items():
            if served.get(name) != entry:
                assert (place.folder / kept[name]).read_bytes() == (other.folder / name).read_bytes()


def place_in(s3: S3, bucket: str) -> Place:
    """A bucket of the server."""
    return Place(s3.bucket(bucket), f"s3://{bucket}", s3.port)


def test_a_publish_killed_at_a_few_moments_leaves_links_whole_and_the_next_completes(
    builds: tuple[Built, Built], s3: S3, tmp_path: Path
) -> None:
    assert kill_often(builds, place_in(s3, "killed-few"), tmp_path, 7) >= 5


@pytest.mark.slow
def test_a_publish_killed_at_fifty_moments_leaves_links_whole_and_the_next_completes(
    builds: tuple[Built, Built], s3: S3, tmp_path: Path
) -> None:
    assert kill_often(builds, place_in(s3, "killed-fifty"), tmp_path, 55) >= 50


def test_a_first_publish_that_is_killed_is_taken_up_where_it_was(
    builds: tuple[Built, Built], s3: S3, tmp_path: Path
) -> None:
    place, built = place_in(s3, "taken-up"), builds[0]
    assert killed_at(45, renamed(built, 1), place, tmp_path, pause=0.1)  # what came in the last second is sent again
    there = set(files_of(place.folder))
    assert 20 < len(there) < len(built.manifest.files)
    with counted(place.server) as counter:
        send(built.folder, renamed(built, 2).manifest, place.to, f"http://127.0.0.1:{counter.port}")
        sent = {path.partition("/")[2].partition("/")[2] for method, path in counter.seen if method == "PUT"}
    assert files_of(place.folder) == files_of(built.folder)
    assert len(there & sent) < len(there) / 2
