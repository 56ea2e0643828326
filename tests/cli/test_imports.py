"""`digest import`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from digest.cli.imports import _FORMS
from digest.importing.inputs import Form
from tests.importing.digests import empty_digest, texts

STORY = "Bridge closed to lorries\nThe bridge was closed to lorries, the mayor of Harborough said on Tuesday."


def run(root: Path, *arguments: str, stdin: str = "") -> Result:
    """What the command does with these words and this input."""
    words = ["import", "--root", str(root), "--now", "2025-07-10T12:00Z", *arguments]
    return CliRunner().invoke(main, words, input=stdin)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest without articles."""
    return empty_digest(tmp_path / "digest")


def test_standard_input_becomes_drafts_and_the_result_is_one_line(root: Path) -> None:
    done = run(root, stdin=STORY)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output.splitlines() == [
        "written: content/2025/07/10/bridge-closed-to-lorries.md  1 claim",
        "1 draft: 1 written; 1 claim and 1 new source to check",
    ]
    assert run(root, stdin=STORY).output == "1 draft: 1 unchanged\n"


def test_a_dry_run_says_so_and_writes_nothing(root: Path) -> None:
    done = run(root, "--dry-run", "-", stdin=STORY)
    assert "1 to write" in done.output
    assert "written: " not in done.output
    assert done.output.endswith("(dry run: nothing was written)\n")
    assert texts(root) == {}


def test_json_gives_every_proposal_with_the_place_that_it_rests_on(root: Path) -> None:
    done = run(root, "--dry-run", "--json", stdin=STORY)
    (item,) = json.loads(done.output)["items"]
    (said,) = item["statements"]
    assert (said["speaker"], said["says"]) == ("mayor of Harborough", "asserts")
    assert STORY[said["sentence"]["begin"] : said["sentence"]["end"]] == said["sentence"]["text"]
    assert STORY[said["words"]["begin"] : said["words"]["end"]].strip(" ,") == "The bridge was closed to lorries"


def test_date_and_folder_are_taken(root: Path) -> None:
    run(root, "--date", "2024-02-03", "--to", "inbox", stdin=STORY)
    assert list(texts(root)) == ["content/inbox/bridge-closed-to-lorries.md"]


@pytest.mark.parametrize(
    "options",
    [["--date", "2024-02-30"], ["--to", "../out"], ["--to", "/inbox"], ["--to", "_hidden"], ["--from", "nonsense"]],
)
def test_wrong_options_are_wrong_use(root: Path, options: list[str]) -> None:
    assert run(root, *options, stdin=STORY).exit_code == 2
    assert texts(root) == {}


def test_a_problem_is_reported_with_place_and_hint_and_ends_with_status_1(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"a\x00b")
    done = run(root, str(tmp_path / "bad.txt"))
    assert done.exit_code == 1
    assert "bad.txt: error D958" in done.stderr
    assert "hint:" in done.stderr


def test_every_form_can_be_named() -> None:
    assert set(_FORMS) == set(Form)


def test_what_had_no_place_is_counted(root: Path, tmp_path: Path) -> None:
    post = "---\ntitle: {}\ndate: 2020-01-01\ntags: [cats]\nmood: blue\n---\n![x](y.png)\n"
    (tmp_path / "site").mkdir()
    for name in ("one", "two"):
        (tmp_path / "site" / f"{name}.md").write_text(post.format(name), encoding="utf-8")
    done = run(root, str(tmp_path / "site"), "--from", "hugo")
    assert "Picture not brought along (2)" in done.output
    assert "Keys that have no place in an article (2)" in done.output
    assert "Tags that are neither a topic nor a region (2)" in done.output


def test_duplicates_are_named_with_what_they_repeat(root: Path, tmp_path: Path) -> None:
    text = STORY + " Two bearings had been found to be cracked, and repairs would take until the autumn of next year."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("autumn", "winter"), encoding="utf-8")
    done = run(root, str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert (
        "duplicate: “Bridge closed to lorries” (nearly the same text as content/2025/07/10/bridge-closed" in done.output
    )
    assert "bridge-closed-to-lorries.md; not there: “Two bearings had been found to be cracked" in done.output
    assert "2 drafts: 1 written, 1 skipped as duplicates" in done.output


def test_an_import_loads_nothing_that_only_builds_need() -> None:
    """Start-up is most of what an import of one page takes."""
    code = "import sys, digest.cli.imports; print(*sorted({'jinja2', 'digest.build.build'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
