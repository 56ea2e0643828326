"""Secrets stay out of settings, output, logs, plans and manifests."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.publish.secret import scrub
from tests.digests import write
from tests.publish.desk import digest, run
from tests.publish.servers import S3, SECRET


@pytest.mark.parametrize(
    "line",
    [
        "{to: 's3://b', secret_access_key: planted1}",
        "{to: 's3://b', token: planted1}",
        "{to: 's3://b', sas_token: planted1}",
        "{to: 'ssh://me@h/x', password: planted1}",
        "ssh://me:planted1@host/www",
        "git:https://me:planted1@host/x.git",
    ],
)
def test_a_secret_in_the_settings_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    root = digest(tmp_path)
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f"publish: {{live: {line}}}\n"})
    done = run("publish", "--check", root=root, ok=False)
    assert "error D913" in done.stderr
    assert "planted1" not in done.output


@pytest.mark.usefixtures("_credentials")
def test_planted_secrets_are_nowhere_in_what_is_said_or_kept(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, root = s3.bucket("secrets"), digest(tmp_path)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "planted-session-token")
    live = f'{{to: "s3://secrets", endpoint: "http://127.0.0.1:{s3.port}"}}'
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f"publish: {{live: {live}}}\n"})
    said = [
        run("publish", "--check", root=root).output,
        run("publish", "--dry-run", "--json", root=root).output,
        run("publish", "--yes", root=root).output,
        run("releases", root=root).output,
    ]
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted-wrong-secret")
    said.append(run("publish", "--check", root=root, ok=False).output)
    assert "error D914" in said[-1]
    written = [path.read_bytes() for folder in (bucket, root) for path in folder.rglob("*") if path.is_file()]
    for secret in (SECRET, "planted-session-token", "planted-wrong-secret"):
        assert not any(secret in text for text in said)
        assert not any(secret.encode() in data for data in written)


def test_values_of_secret_variables_and_passwords_in_addresses_are_taken_out() -> None:
    known = {"DEPLOY_TOKEN": "abcdef123", "HOME": "/home/desk"}
    assert scrub("no abcdef123 in /home/desk, https://me:pw@host/x", known) == "no … in /home/desk, https://…@host/x"


def test_the_shells_own_folders_are_no_secrets() -> None:
    known = {"PWD": "/srv/desk", "OLDPWD": "/srv/www"}
    assert scrub("file:///srv/www, from /srv/desk", known) == "file:///srv/www, from /srv/desk"
