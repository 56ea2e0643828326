"""What `digest init --host` writes: pinned, with no more rights than it takes, and it publishes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from digest import __version__
from digest.cli import main
from digest.starter import HOSTS, host_words
from digest.starter.host import Host

BY_BRANCH: tuple[Host, ...] = ("github-pages", "netlify", "cloudflare")
VENV, PAGES = "/tmp/venv/bin", "/tmp/digest-pages"  # noqa: S108 (of a container that lives for one job)
BRANCH = {"github-pages": "gh-pages", "netlify": "site", "cloudflare": "site"}


def made(folder: Path, host: str) -> Path:
    """A new digest for a host."""
    done = CliRunner().invoke(main, ["init", str(folder), "--host", host])
    assert done.exit_code == 0, done.output
    return folder


def read(path: Path) -> Any:
    """YAML in which every value is text, as it stands."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (text only)


def workflow(root: Path) -> Any:
    return read(root / ".github/workflows/publish.yml")


@pytest.mark.parametrize("host", HOSTS)
def test_the_new_digest_builds_and_has_its_target(tmp_path: Path, host: str) -> None:
    root = made(tmp_path / "news", host)
    if host != "gitlab":
        subprocess.run(["git", "init", "-q", root], check=True)
        subprocess.run(["git", "init", "-q", "--bare", tmp_path / "bare"], check=True)
        subprocess.run(["git", "-C", root, "remote", "add", "origin", tmp_path / "bare"], check=True)
    for command in (["build"], ["publish", "live", "--check"]):
        done = CliRunner().invoke(main, [*command, "--root", str(root), "--strict"])
        assert done.exit_code == 0, done.output
    assert (root / "requirements.txt").read_text().endswith(f"\ndigest-news=={__version__}\n")
    assert "merge=union" in (root / ".gitattributes").read_text()
    assert "## Publishing\n" in (root / "README.md").read_text()


@pytest.mark.parametrize("host", BY_BRANCH)
def test_every_action_is_pinned_by_its_commit(tmp_path: Path, host: str) -> None:
    root = made(tmp_path, host)
    steps = workflow(root)["jobs"]["publish"]["steps"]
    used = [step["uses"] for step in steps if "uses" in step]
    assert [re.sub("@.*", "", one) for one in used] == ["actions/checkout"]
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one) for one in used)
    text = (root / ".github/workflows/publish.yml").read_text()
    assert all(re.search(rf"{one} # v\d+\.\d+\.\d+\n", text) for one in used)
    assert "BRANCH" not in text


@pytest.mark.parametrize("host", BY_BRANCH)
def test_the_job_may_push_and_nothing_else(tmp_path: Path, host: str) -> None:
    flow = workflow(made(tmp_path, host))
    job = flow["jobs"]["publish"]
    assert flow["permissions"] == {}
    assert job["permissions"] == {"contents": "write"}
    assert list(flow["jobs"]) == ["publish"]
    assert job["steps"][0]["with"]["persist-credentials"] == "false"
    assert set(flow["on"]) == {"push", "schedule", "workflow_dispatch"}  # never what strangers send
    with_token = [step["name"] for step in job["steps"] if "token" in str(step.get("env", {}))]
    assert with_token == ["Publish"]
    assert not any("${{" in step.get("run", "") for step in job["steps"])
    assert "secrets." not in str(flow)
    assert flow["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}


@pytest.mark.parametrize("host", BY_BRANCH)
def test_the_schedule_looks_more_than_once_an_hour(tmp_path: Path, host: str) -> None:
    minutes, *rest = workflow(made(tmp_path, host))["on"]["schedule"][0]["cron"].split(" ")
    assert rest == ["*"] * 4
    assert len({int(minute) for minute in minutes.split(",")} & set(range(60))) == 4


@pytest.mark.parametrize("host", BY_BRANCH)
def test_the_workflow_publishes_to_the_branch_and_records_addresses(tmp_path: Path, host: Host) -> None:
    """Every step of the workflow as a runner runs it, but for the checkout and pip."""
    bare, root = tmp_path / "bare", made(tmp_path / "news", host)
    git = ["git", "-C", str(root), "-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", bare], check=True)
    for command in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", bare],
        ["add", "."],
        ["commit", "-qm", "Begin"],
        ["push", "-q", "origin", "main"],
    ):
        subprocess.run([*git, *command], check=True)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GITHUB_REF_NAME": "main",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_TOKEN": "planted-token",
    }

    def run(when: str) -> str:
        said = ""
        for step in workflow(root)["jobs"]["publish"]["steps"][2:]:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=root, env={**environment, "WHEN": when}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            said += done.stdout + done.stderr
        assert "planted-token" not in said
        return said

    assert "published to git:" in run("")
    shown = ["git", "-C", str(bare), "ls-tree", "-r", "--name-only"]
    site = subprocess.run([*shown, BRANCH[host]], capture_output=True, text=True, check=True).stdout.split("\n")
    assert {"index.html", ".nojekyll", ".digest/manifest.json"} < set(site)
    assert ("_headers" in site) is (host != "github-pages")
    main_files = subprocess.run([*shown, "main"], capture_output=True, text=True, check=True).stdout
    assert "content/permalinks.jsonl" in main_files
    assert "no article’s time has come" in run("--if-due")
    assert "nothing to send" in run("")
    written = [path.read_bytes() for folder in (bare, root) for path in folder.rglob("*") if path.is_file()]
    assert not any(b"planted-token" in data for data in written)


def test_gitlabs_job_is_pinned_and_makes_what_its_pages_serve(tmp_path: Path) -> None:
    root = made(tmp_path / "news", "gitlab")
    flow = read(root / ".gitlab-ci.yml")
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", flow["pages"]["image"])
    assert flow["workflow"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert flow["pages"]["artifacts"]["paths"][0] == "public"
    assert "TOKEN" not in str(flow)
    install = next(line for line in flow["pages"]["script"] if "pip" in line)
    assert install.endswith("pip install --quiet --requirement requirements.txt")
    assert flow["pages"]["cache"]["paths"] == [".addresses/"]
    run_pages_job(root, tmp_path)
    assert (root / "public/index.html").read_bytes() == (root / "site/index.html").read_bytes()
    assert (root / "public/index.html.gz").exists()


def run_pages_job(root: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """What GitLab's job does in a fresh machine, apart from installing."""
    flow = read(root / ".gitlab-ci.yml")
    script = [line for line in flow["pages"]["script"] if not re.search(r"bin/pip|-m venv", line)]
    text = "\n".join(script).replace(VENV, Path(sys.executable).parent.as_posix()).replace(PAGES, f"{tmp_path}/pages")
    settings = (root / "digest.yaml").read_text()
    (root / "digest.yaml").write_text(settings.replace(PAGES, f"{tmp_path}/pages"))
    shutil.rmtree(tmp_path / "pages", ignore_errors=True)
    shutil.rmtree(root / "public", ignore_errors=True)
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", text], cwd=root, check=False, capture_output=True, text=True
    )


def test_gitlabs_next_job_knows_what_the_one_before_published(tmp_path: Path) -> None:
    root = made(tmp_path / "news", "gitlab")
    assert run_pages_job(root, tmp_path).returncode == 0
    (root / "content/permalinks.jsonl").unlink()  # nobody put it into git
    next(root.glob("content/2025/**/*tram*.md")).unlink()
    done = run_pages_job(root, tmp_path)
    assert done.returncode == 1
    assert "error D506" in done.stderr
    assert not (root / "public").exists()


@pytest.mark.parametrize("host", HOSTS)
def test_a_digest_that_there_is_gets_only_what_is_new(tmp_path: Path, host: Host) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = CliRunner().invoke(main, ["init", str(tmp_path), "--host", host])
    assert done.exit_code == 0
    assert "Put into digest.yaml:\npublish:\n  live: " in done.stdout
    assert host_words(host) in done.stdout
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before.items() < after.items()
    again = CliRunner().invoke(main, ["init", str(tmp_path), "--host", host])
    assert again.exit_code == 0
    assert again.stdout.startswith("Made:\n  nothing\n\nPut into digest.yaml:")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == after


def test_a_file_that_there_is_stays_and_what_it_lacks_is_shown(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    (tmp_path / "requirements.txt").write_text("rich\n")
    done = CliRunner().invoke(main, ["init", str(tmp_path), "--host", "gitlab"])
    assert done.exit_code == 0
    assert (tmp_path / "requirements.txt").read_text() == "rich\n"
    assert "requirements.txt was there and is kept; what it would hold:\n  # The version" in done.stdout
    assert (tmp_path / ".gitlab-ci.yml").is_file()


def test_a_digest_inside_a_repository_is_told_where_workflows_lie(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = CliRunner().invoke(main, ["init", str(tmp_path / "news"), "--host", "github-pages"])
    assert f"at the top of a repository only, which is {tmp_path}" in done.stderr
    (tmp_path / "news/.git").mkdir()
    assert CliRunner().invoke(main, ["init", str(tmp_path / "news"), "--host", "github-pages"]).stderr == ""
