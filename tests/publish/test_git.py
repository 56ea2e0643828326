"""Publishing to a branch, over file:// and ssh, beside what others keep there; never through the user’s checkout."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.publish.git import GitTarget
from digest.publish.plan import make_plan
from digest.publish.refused import RefusedError
from digest.publish.send import Request, forget, look_back, publish, rollback
from digest.publish.targets import Named
from tests.digests import write
from tests.publish.conftest import Built
from tests.publish.desk import files_of
from tests.publish.servers import Ssh

AT = datetime(2026, 1, 1, tzinfo=UTC)


def quiet(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


def git(folder: Path, *arguments: str, data: str = "") -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], input=data, capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows of nobody but whom a repository names."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A repository that is pushed to."""
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", tmp_path / "bare"], check=True)
    return tmp_path / "bare"


@pytest.fixture
def user(tmp_path: Path, bare: Path) -> Path:
    """The user's own checkout, with a change that is staged and one that is not."""
    root = tmp_path / "user"
    subprocess.run(["git", "clone", "--quiet", bare, root], check=True, capture_output=True)
    git(root, "config", "user.name", "Desk")
    git(root, "config", "user.email", "desk@example.org")
    write(root, {"digest.yaml": "title: T\n", ".gitignore": ".digest/\n", "a.md": "a", "b.md": "b"})
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Begin")
    write(root, {"a.md": "staged", "b.md": "changed"})
    git(root, "add", "a.md")
    return root


def sent(root: Path, to: str, built: Built) -> GitTarget:
    target = GitTarget(Named(to), root)
    publish(target, Request(built.folder, built.manifest), lambda _plan: True, quiet)
    return target


def on_branch(bare: Path, folder: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch, without digest's own."""
    subprocess.run(["git", "clone", "--quiet", "--branch", branch, f"file://{bare}", folder], check=True)
    return {name: data for name, data in files_of(folder).items() if name != ".nojekyll"}


def test_the_site_goes_to_the_branch_and_nothing_of_the_users_is_touched(
    user: Path, bare: Path, builds: tuple[Built, Built], tmp_path: Path
) -> None:
    status, index, head = (
        git(user, "status", "--porcelain"),
        (user / ".git/index").read_bytes(),
        git(user, "rev-parse", "HEAD"),
    )
    objects = sorted((user / ".git/objects").rglob("*"))
    for number, built in enumerate(builds):
        sent(user, "git:origin#gh-pages", built)
        assert on_branch(bare, tmp_path / f"out{number}") == files_of(built.folder)
    assert git(bare, "rev-list", "--count", "gh-pages") == "2"
    assert git(bare, "log", "-1", "--format=%an %ae", "gh-pages") == "Desk desk@example.org"
    assert (tmp_path / "out1/.nojekyll").read_bytes() == b""
    assert git(user, "status", "--porcelain") == status
    assert git(user, "rev-parse", "HEAD") == head
    assert (user / ".git/index").read_bytes() == index
    assert sorted((user / ".git/objects").rglob("*")) == objects
    assert git(user, "branch", "--all").count("\n") == 0


def test_rollback_is_one_more_commit_and_a_publish_goes_on_from_there(
    user: Path, bare: Path, builds: tuple[Built, Built], tmp_path: Path
) -> None:
    to = f"git:file://{bare}#pages"
    for built in builds:
        target = sent(user, to, built)
    release, plan = look_back(target, "")
    assert (release.id, plan) == (builds[0].manifest.release, make_plan(builds[1].manifest, builds[0].manifest))
    rollback(target, "", AT, quiet)
    assert on_branch(bare, tmp_path / "out", "pages") == files_of(builds[0].folder)
    assert git(bare, "rev-list", "--count", "pages") == "3"
    assert [release.current for release in target.releases()] == [True, False, False]
    with pytest.raises(RefusedError, match="a branch keeps its history"):
        forget(target)
    sent(user, to, builds[1])
    assert on_branch(bare, tmp_path / "again", "pages") == files_of(builds[1].folder)


def test_what_a_host_needs_on_the_branch_stays(
    user: Path, bare: Path, builds: tuple[Built, Built], tmp_path: Path
) -> None:
    blob = git(bare, "hash-object", "-w", "--stdin", data="news.example.org\n")
    tree = git(bare, "mktree", data=f"100644 blob {blob}\tCNAME\n")
    commit = git(bare, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit-tree", tree, "-m", "x")
    git(bare, "update-ref", "refs/heads/gh-pages", commit)
    for number, built in enumerate(builds):
        sent(user, "git:origin#gh-pages", built)
        found = on_branch(bare, tmp_path / f"out{number}")
        assert found.pop("CNAME") == b"news.example.org\n"
        assert found == files_of(built.folder)


def test_a_branch_with_files_of_others_is_refused(user: Path, bare: Path, builds: tuple[Built, Built]) -> None:
    git(user, "commit", "--quiet", "--all", "-m", "More")
    git(user, "push", "--quiet", "origin", "HEAD:main")
    with pytest.raises(RefusedError, match="files of others"):
        GitTarget(Named("git:origin#main"), user).check()
    with pytest.raises(RefusedError, match="files of others"):
        sent(user, "git:origin#main", builds[0])
    assert git(bare, "rev-list", "--count", "main") == "2"


def test_hooks_of_the_users_have_no_say(
    user: Path, bare: Path, builds: tuple[Built, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = tmp_path / "hooks/pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    (tmp_path / "gitconfig").write_text(f"[core]\nhooksPath = {hook.parent}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    sent(user, "git:origin", builds[0])
    assert on_branch(bare, tmp_path / "out") == files_of(builds[0].folder)


def test_a_push_that_another_one_overtook_is_refused(user: Path, bare: Path, builds: tuple[Built, Built]) -> None:
    sent(user, "git:origin#gh-pages", builds[0])
    target = GitTarget(Named("git:origin#gh-pages"), user)

    def overtaken(_plan: object) -> bool:
        tip = git(bare, "rev-parse", "gh-pages")
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        commit = git(bare, *identity, "commit-tree", f"{tip}^{{tree}}", "-p", tip, "-m", "other")
        # between the look at the branch and the push, which is all that the lock of other targets covers
        target._fetch = lambda: git(bare, "update-ref", "refs/heads/gh-pages", commit)  # type: ignore[method-assign, assignment]
        return True

    with pytest.raises(RefusedError, match="somebody else has pushed"):
        publish(target, Request(builds[1].folder, builds[1].manifest), overtaken, quiet)


def test_a_dry_run_and_a_check_leave_the_repository_as_it_is(
    user: Path, bare: Path, builds: tuple[Built, Built]
) -> None:
    sent(user, "git:origin#gh-pages", builds[0])
    before = {path: path.lstat().st_mtime_ns for path in bare.rglob("*")}
    target = GitTarget(Named("git:origin#gh-pages"), user)
    assert publish(target, Request(builds[1].folder, builds[1].manifest), lambda _plan: False, quiet) is None
    assert "can be read and pushed to" in target.check()[0]
    assert {path: path.lstat().st_mtime_ns for path in bare.rglob("*")} == before


def test_a_branch_is_published_over_ssh(
    user: Path, bare: Path, builds: tuple[Built, Built], ssh: Ssh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", ssh.command)
    target = sent(user, f"git:ssh://{ssh.address}{bare}#gh-pages", builds[0])
    assert target.check()
    assert on_branch(bare, tmp_path / "out") == files_of(builds[0].folder)


def test_a_repository_that_is_not_there_is_said_without_its_password(user: Path, builds: tuple[Built, Built]) -> None:
    git(user, "remote", "set-url", "origin", "file://someone:hunter22@nowhere/nothing")
    with pytest.raises(RefusedError) as caught:
        sent(user, "git:origin", builds[0])
    assert caught.value.problem.code == "D914"
    assert "hunter22" not in str(caught.value.problem)


def test_a_password_in_the_remotes_address_is_not_shown(user: Path, bare: Path) -> None:
    address = "https://desk:planted-token@host.example/x.git"
    repository = user / ".digest/publish.git"
    subprocess.run(["git", "init", "--quiet", "--bare", repository], check=True)
    git(repository, "config", f"url.file://{bare}.insteadOf", address)
    target = GitTarget(Named(f"git:{address}"), user)
    assert "planted-token" not in " ".join([target.shown, *target.check()])
