"""Publishing to az://, over Azurite, the server that Azure gives to those who test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.digests import write
from tests.publish.desk import digest, edit, files_of, plan, publish, run
from tests.publish.servers import serving
from tools.ports import free_port

_AZURITE = Path(__file__).parent / "node_modules/.bin/azurite-blob"
_ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""What every Azurite has: https://learn.microsoft.com/azure/storage/common/storage-use-azurite."""


@dataclass(frozen=True)
class Azure:
    """An account with an empty container, `news`: its endpoint, and rclone as another program that knows it."""

    endpoint: str

    def rclone(self, command: str, *words: str) -> bytes:
        """What rclone prints; `azure:` stands for the account."""
        program = Path(sys.executable).with_name("rclone")
        remote = f":azureblob,account={_ACCOUNT},key='{_KEY}',endpoint='{self.endpoint}':"
        given = [word.replace("azure:", remote) for word in words]
        return subprocess.run([program, command, *given], check=True, capture_output=True).stdout

    def files(self, folder: Path) -> dict[str, bytes]:
        """Each file of the site in the container's folder `a b`, fetched into a folder of this machine."""
        self.rclone("sync", "azure:news/a b", str(folder))
        return files_of(folder)


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    """A server, and its key in the environment."""
    if not _AZURITE.exists():
        pytest.fail("Azurite is missing: `make test` installs it")
    port = free_port()
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", _ACCOUNT)
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", _KEY)
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "none.conf"))
    options = ["--blobPort", str(port), "--location", str(tmp_path / "azure"), "--loose", "--skipApiVersionCheck"]
    with serving([str(_AZURITE), *options, "--silent"], port):
        made = Azure(f"http://127.0.0.1:{port}/{_ACCOUNT}")
        made.rclone("mkdir", "azure:news")
        yield made


@pytest.fixture
def root(azure: Azure, tmp_path: Path) -> Path:
    """A digest with a target by the name live."""
    root = digest(tmp_path)
    live = f'{{to: "az://news/a%20b", endpoint: "{azure.endpoint}"}}'
    return write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f"publish: {{live: {live}}}\n"})


def test_a_site_is_published_edited_and_taken_back(azure: Azure, root: Path, tmp_path: Path) -> None:
    assert "nothing has been published there yet" in run("publish", "live", "--check", root=root).stdout
    publish(root, "live")
    before = azure.files(tmp_path / "first")
    assert before == files_of(root / "site")
    assert plan(root, "live")["files"]["changed"] == []
    edit(root)
    publish(root, "live")
    assert azure.files(tmp_path / "second") == files_of(root / "site") != before
    run("rollback", "live", "--yes", root=root)
    assert azure.files(tmp_path / "third") == before
    page = json.loads(azure.rclone("lsjson", "--stat", "--metadata", "azure:news/a b/index.html"))
    assert page["MimeType"] == "text/html; charset=utf-8"
    assert _KEY.encode() not in b"".join(
        path.read_bytes() for path in (tmp_path / "third").rglob("*") if path.is_file()
    )


def test_what_is_wrong_is_said(azure: Azure, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    azure.rclone("copyto", str(root / "static/map.txt"), "azure:news/a b/map.txt")
    assert "files of others, map.txt" in run("publish", "live", "--check", root=root, ok=False).stderr
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "bm90IHRoZSBrZXk=")
    said = run("publish", "live", "--check", root=root, ok=False).stderr
    assert "the store refused with 403" in said
    assert "bm90IHRoZSBrZXk=" not in said
