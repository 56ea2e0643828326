"""Publishing as it is asked for on the command line: what no line of permalinks.jsonl tells of is not forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.build.lost import PERMALINKS
from digest.build.permalinks import read_permalinks
from digest.cli import main
from tests.digests import PLAIN, small_digest, write

FERRY = PLAIN.replace("A bridge is closed", "A ferry sails").replace("bridge", "ferry").replace("07-02", "07-03")


def publish(root: Path, *more: str) -> Result:
    target = ("publish", f"file://{root.parent}/www", "--root", str(root), "--now", "2025-08-01")
    return CliRunner().invoke(main, [*target, *more], catch_exceptions=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest whose last publish added an article and lines for it, which got lost."""
    root = small_digest(tmp_path / "digest")
    assert publish(root, "--yes").exit_code == 0
    lines = (root / PERMALINKS).read_bytes()
    write(root, {"content/2025/07/03/ferry.md": FERRY})
    assert publish(root, "--yes").exit_code == 0
    assert (root / PERMALINKS).read_bytes() != lines
    (root / PERMALINKS).write_bytes(lines)
    return root


def test_a_published_page_without_a_line_is_recorded_before_it_is_dropped(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").unlink()
    done = publish(root, "--yes")
    assert done.exit_code == 1
    assert "published pages had no line in content/permalinks.jsonl, and are in it now" in done.output
    assert "/2025/07/03/ferry/ was published, and the article “ferry” is not in the site any more" in done.output
    assert (root.parent / "www/current/2025/07/03/ferry/index.html").is_file()
    assert read_permalinks(root)[0]["/2025/07/03/ferry/"].id == "ferry"
    assert publish(root, "--yes", "--allow", "*").exit_code == 0
    assert not (root.parent / "www/current/2025/07/03/ferry/index.html").exists()


def test_a_published_page_without_a_line_leads_to_where_its_article_is_now(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").rename(root / "content/2025/07/ferry.md")
    write(root, {"content/2025/07/ferry.md": FERRY.replace("07-03", "07-04")})
    done = publish(root, "--yes")
    assert done.exit_code == 0, done.output
    old = (root.parent / "www/current/2025/07/03/ferry/index.html").read_text(encoding="utf-8")
    assert 'url=../../../../2025/07/04/ferry/"' in old


def test_a_page_that_was_let_go_is_not_remembered_again(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").unlink()
    publish(root, "--yes")
    other = ("publish", f"file://{root.parent}/other", "--root", str(root), "--now", "2025-08-01", "--yes")
    assert publish(root, "--yes", "--allow", "*").exit_code == 0
    assert CliRunner().invoke(main, other, catch_exceptions=False).exit_code == 0
    lines = (root / PERMALINKS).read_bytes()
    assert b'"given_up":true' in lines
    assert publish(root, "--yes").exit_code == 0
    assert (root / PERMALINKS).read_bytes() == lines


def test_looking_says_what_is_not_recorded_and_writes_nothing(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").unlink()
    lines = (root / PERMALINKS).read_bytes()
    done = publish(root, "--dry-run")
    assert "had no line in content/permalinks.jsonl, which publishing puts right first" in done.output
    assert (root / PERMALINKS).read_bytes() == lines


def test_a_site_that_is_taken_as_it_stands_is_refused_where_it_drops_what_no_line_tells_of(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").unlink()
    publish(root, "--dry-run")
    for _ in range(2):
        done = publish(root, "--no-build", "--yes", "--json")
        assert done.exit_code == 1
        assert {problem["code"] for problem in json.loads(done.stdout)["problems"]} == {"D506"}
        assert (root.parent / "www/current/2025/07/03/ferry/index.html").is_file()
    assert publish(root, "--no-build", "--yes", "--allow", "*").exit_code == 0
    assert not (root.parent / "www/current/2025/07/03/ferry/index.html").exists()
    assert publish(root, "--yes").exit_code == 0


def test_a_build_that_let_an_address_go_lets_no_publish_do_so(root: Path) -> None:
    assert publish(root, "--yes").exit_code == 0
    (root / "content/2025/07/03/ferry.md").unlink()
    built = ["build", "--allow", "*", "--root", str(root), "--now", "2025-08-01"]
    assert CliRunner().invoke(main, built, catch_exceptions=False).exit_code == 0
    done = publish(root, "--no-build", "--yes")
    assert done.exit_code == 1
    assert "the article “ferry” is not in the site any more" in done.output
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + "gone: {/*: Withdrawn.}\n"})
    assert publish(root, "--no-build", "--yes").exit_code == 0


def test_a_target_that_promises_nothing_may_lose_pages(root: Path) -> None:
    (root / "content/2025/07/03/ferry.md").unlink()
    settings = (
        root / "digest.yaml"
    ).read_text() + f"publish:\n  test: {{to: 'file://{root.parent}/www', record: false}}\n"
    write(root, {"digest.yaml": settings})
    command = ["publish", "test", "--root", str(root), "--now", "2025-08-01", "--yes"]
    assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
    assert not (root.parent / "www/current/2025/07/03/ferry/index.html").exists()
