"""`digest init` and `digest new`."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from digest.content import read


def run(*arguments: str) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new digest."""
    assert run("init", str(tmp_path / "new")).exit_code == 0
    return tmp_path / "new"


def test_a_new_digest_builds_without_any_problem(root: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "digest", "build", "--strict", "--root", str(root)]
    built = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (built.returncode, built.stderr) == (0, "")
    page = (root / "site/2025/01/14/example-harbour-bridge/index.html").read_text(encoding="utf-8")
    assert "Harborough" in page


def test_init_says_what_it_made_and_two_commands_that_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("init", "my news")
    assert (done.exit_code, done.stderr) == (0, "")
    above, _, below = done.output.partition("\nNext:\n")
    for line in above.splitlines()[1:]:
        assert (tmp_path / "my news" / line.split()[0]).exists()
    commands = [shlex.split(line) for line in below.splitlines()]
    assert [command[:2] for command in commands] == [["digest", "build"], ["digest", "new"]]
    assert [run(*command[1:]).exit_code for command in commands] == [0, 0]


def test_init_in_the_folder_that_one_stands_in_needs_no_root_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    done = run("init", ".")
    assert done.exit_code == 0
    assert "--root" not in done.output
    assert run("check").exit_code == 0


def test_init_writes_the_choices_into_the_settings(tmp_path: Path) -> None:
    options = ["--title", "News: #1", "--url", "https://x.example/a/", "--timezone", "Asia/Tokyo", "--language", "uk"]
    assert run("init", str(tmp_path / "new"), *options).exit_code == 0
    digest = read(tmp_path / "new").digest
    assert digest is not None
    settings = digest.settings
    assert (settings.title, settings.url) == ("News: #1", "https://x.example/a/")
    assert (settings.timezone, settings.language) == ("Asia/Tokyo", "uk")


def test_init_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    done = run("init", str(tmp_path))
    assert done.exit_code == 1
    assert "D901" in done.stderr
    assert "mine.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_init_on_a_file_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run("init", str(tmp_path / "file"))
    assert done.exit_code == 2
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        (["--timezone", "Europe/Londn"], "Europe/London"),
        (["--language", "not a language"], "language tag"),
        (["--url", "example.org"], "https://example.org/"),
        (["--title", " "], "at least one character"),
    ],
)
def test_init_with_a_value_that_cannot_be_is_wrong_use_and_makes_nothing(
    tmp_path: Path, options: list[str], answer: str
) -> None:
    done = run("init", str(tmp_path / "new"), *options)
    assert done.exit_code == 2
    assert answer in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_prints_the_path_of_a_draft_that_reads_without_problems(root: Path) -> None:
    done = run("new", "Talks: day 2", "--root", str(root), "--date", "2025-07-01", "--thread", "talks")
    assert (done.exit_code, done.stderr) == (0, "")
    assert Path(done.output.strip()) == root.resolve() / "content/2025/07/01/talks-day-2.md"
    reading = read(root)
    assert reading.problems == ()
    assert reading.digest is not None
    article = next(a for a in reading.digest.articles if a.id == "talks-day-2")
    assert (article.title, article.thread, article.draft) == ("Talks: day 2", "talks", True)


def test_new_prints_a_path_that_can_be_typed_from_the_working_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "content")
    assert run("new", "Talks", "--date", "2025-07-01").output == "2025/07/01/talks.md\n"


@pytest.mark.parametrize(("now", "day"), [("2025-06-30T14:59Z", "2025/06/30"), ("2025-06-30T15:00Z", "2025/07/01")])
def test_new_takes_today_from_the_clock_in_the_timezone_of_the_digest(tmp_path: Path, now: str, day: str) -> None:
    run("init", str(tmp_path / "new"), "--timezone", "Asia/Tokyo")
    assert f"/{day}/" in run("new", "Talks", "--root", str(tmp_path / "new"), "--now", now).output


def test_new_writes_regions_and_topics_and_publishes_when_asked(root: Path) -> None:
    options = ["--region", "UA-59", "--region", "harborough", "--topic", "war", "--no-draft", "--id", "an-id"]
    done = run("new", "Talks", "--root", str(root), "--date", "2025-07-01", *options)
    assert done.exit_code == 0
    reading = read(root)
    assert reading.digest is not None
    article = next(a for a in reading.digest.articles if a.id == "an-id")
    assert article.regions == ("UA-59", "harborough")
    assert [reading.digest.topics.taxa[topic].name for topic in article.topics] == ["war"]
    assert not article.draft


def test_new_transliterates_a_title_for_the_address(root: Path) -> None:
    assert run("new", "Переговори в Женеві", "--root", str(root)).output.endswith("/peregovori-v-zhenevi.md\n")


def test_new_cuts_a_long_address_between_words(root: Path) -> None:
    done = run("new", "word " * 30, "--root", str(root))
    assert re.search(r"/word(-word){5,11}\.md\n$", done.output)


def test_new_asks_for_an_id_where_the_title_gives_none(root: Path) -> None:
    done = run("new", "!!!", "--root", str(root))
    assert done.exit_code == 2
    assert "--id" in done.stderr


def test_new_reports_everything_wrong_with_its_words_at_once(root: Path) -> None:
    before = sorted(root.rglob("*"))
    done = run("new", "Talks", "--root", str(root), "--region", "Frnce", "--topic", "wra", "--thread", "A b")
    assert done.exit_code == 2
    assert "France" in done.stderr
    assert "war" in done.stderr
    assert "a-b" in done.stderr
    assert sorted(root.rglob("*")) == before


def test_new_never_overwrites_and_names_the_file_that_has_the_id(root: Path) -> None:
    first = run("new", "Talks", "--root", str(root), "--date", "2025-07-01").output.strip()
    text = Path(first).read_bytes()
    again = run("new", "Talks", "--root", str(root), "--date", "2025-07-02")
    assert again.exit_code == 1
    assert "content/2025/07/01/talks.md" in again.stderr
    assert "--id" in again.stderr
    assert Path(first).read_bytes() == text


def test_new_works_while_another_article_has_errors(root: Path) -> None:
    (root / "content/broken.md").write_bytes(b"---\ntitle: A: b\n---\n")
    assert run("new", "Talks", "--root", str(root)).exit_code == 0


def test_new_reports_settings_that_cannot_be_read(root: Path) -> None:
    (root / "digest.yaml").write_bytes(b"timezone: UTC\n")
    done = run("new", "Talks", "--root", str(root))
    assert done.exit_code == 1
    assert "“title” is missing" in done.stderr


def test_new_opens_the_editor_when_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = root / "editor.py"
    script.write_text("import sys\nwith open(sys.argv[1], 'a') as file:\n    file.write('Edited.\\n')\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}")
    path = Path(run("new", "Talks", "--root", str(root), "--edit").output.strip())
    assert path.read_text(encoding="utf-8").endswith("Write the article here.\nEdited.\n")


@pytest.mark.parametrize("command", ["init", "new"])
def test_help_gives_examples(command: str) -> None:
    assert f"digest {command} " in run(command, "--help").output.split("Examples:")[1]
