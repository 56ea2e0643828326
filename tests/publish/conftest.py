"""What publishing tests share: built sites, and servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.publish.manifest import Manifest
from digest.publish.site import local_manifest
from tests.publish.desk import digest, edit, run
from tests.publish.servers import ENVIRONMENT, S3, Ssh, s3_server, ssh_server


@dataclass(frozen=True)
class Built:
    """A built site, and what it is made of."""

    folder: Path
    manifest: Manifest


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """One digest built twice: as it was, and after an edit that adds, changes and removes."""
    root = digest(tmp_path_factory.mktemp("builds"))
    made = []
    for number, output in enumerate(("site", "site2")):
        if number:
            edit(root)
        run("build", "--now", "2025-08-01", "--output", output, root=root)
        manifest = local_manifest(root, root / output, datetime(2025, 7, 5 + number, tzinfo=UTC))
        made.append(Built(root / output, manifest))
    return made[0], made[1]


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """A real S3 server for all tests of a worker."""
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    """A real SSH server for all tests of a worker."""
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server
