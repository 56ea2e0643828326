"""Secrets stay out of settings, output, logs, plans and manifests."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.publish.secret import holds_secret, scrub
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
        "git:https://ghp_planted1@host/x.git#pages",
        "git:https://planted1planted1planted1@host/x.git",
        "git:https://host/x.git?private_token=planted1",
        "az://account/container?sig=planted1",
        "'rclone::sftp,host=127.0.0.1,pass=planted1:www'",
        "{to: 's3://b', endpoint: 'https://me:planted1@host'}",
        "{to: 's3://b', endpoint: 'https://host/?token=planted1'}",
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


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('Propfind "http://h:1/?token=planted1/x/": refused', 'Propfind "http://h:1/?…": refused'),
        (
            "fatal: 'https://x.invalid/r.git?private_token=planted1' not found",
            "fatal: 'https://x.invalid/r.git?…' not found",
        ),
        ("rclone::sftp,host=h,pass=planted1:x: error", "rclone::sftp,host=h,pass=…:x: error"),
        ("dav,url=u,vendor=other: a = b", "dav,url=u,vendor=other: a = b"),
    ],
)
def test_what_addresses_and_remotes_carry_is_not_shown(said: str, shown: str) -> None:
    assert scrub(said, {}) == shown


@pytest.mark.parametrize(
    "to",
    [
        "git:https://desk@host/x.git#pages",
        "git:git@github.com:o/r.git",
        "ssh://deploy-user-of-the-desk@h/www",
        "rclone::local,nounc=true:/x",
    ],
)
def test_a_users_name_is_no_secret(to: str) -> None:
    assert holds_secret(to) == ""


def test_the_shells_own_folders_are_no_secrets() -> None:
    known = {"PWD": "/srv/desk", "OLDPWD": "/srv/www"}
    assert scrub("file:///srv/www, from /srv/desk", known) == "file:///srv/www, from /srv/desk"
