"""`digest add-source`, `add-statement`, `fmt`, `check --fix`, `schema`, and what the shell completes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from digest.cli import main
from digest.content import read
from tests.digests import small_digest, write

VILLAGE = "content/2025/07/01/village.md"


def run(*arguments: str) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(main, list(arguments))


def completed(*words: str) -> list[str]:
    """What a shell would offer for the last word."""
    *before, begun = words
    shell = ShellComplete(main, {}, "digest", "_DIGEST_COMPLETE")
    return [item.value for item in shell.get_completions(before, begun)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small digest, in which the command is called."""
    root = small_digest(tmp_path / "digest")
    monkeypatch.chdir(root)
    return root


def test_a_statement_is_recorded_today_and_counts_from_then_on(root: Path) -> None:
    done = run("add-statement", "village-retaken", "--by", "kremlin", "--says", "denies", "--via", "tass",
               "--url", "https://example.org/1", "--now", "2025-07-03T12:00Z")  # fmt: skip
    assert (done.exit_code, done.stderr) == (0, "")
    path, line = done.output.strip().split(":")
    text = (root / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert path == VILLAGE
    assert text == "      - {by: kremlin, says: denies, via: [tass], recorded: 2025-07-03, url: https://example.org/1}"
    explained = json.loads(run("explain", "village-retaken", "--json", "--now", "2025-07-04").output)
    assert "denied-by:ru" in json.dumps(explained)
    assert read(root).problems == ()


def test_a_statement_can_stand_in_another_article(root: Path) -> None:
    assert (
        run("add-statement", "village-retaken", "--by", "agency", "--in", "content/2025/07/02/monitors.md").exit_code
        == 0
    )
    reading = read(root)
    assert reading.digest is not None
    article = next(a for a in reading.digest.articles if a.id == "monitors")
    assert [s.by for claim in article.claims if claim.id == "village-retaken" for s in claim.statements] == [
        "kremlin",
        "agency",
    ]


def test_a_statement_that_would_be_an_error_is_not_written(root: Path) -> None:
    before = (root / VILLAGE).read_bytes()
    done = run("add-statement", "village-retaken", "--by", "kremln")
    assert done.exit_code == 1
    assert "did you mean kremlin?" in done.stderr
    assert "nothing was written" in done.stderr
    assert (root / VILLAGE).read_bytes() == before
    assert run("add-statement", "no-such-claim", "--by", "kremlin").exit_code == 2
    assert run("add-statement", "village-retaken", "--by", "kremlin", "--in", "../../etc/passwd").exit_code == 2


def test_where_several_articles_define_a_claim_the_article_must_be_named(root: Path) -> None:
    other = "content/2025/07/02/other.md"
    text = "---\ntitle: T\ndate: 2025-07-02\nclaims: [{id: village-retaken, text: It was.}]\n---\nT.\n"
    write(root, {other: text})
    done = run("add-statement", "village-retaken", "--by", "kremlin")
    assert done.exit_code == 2
    assert VILLAGE in done.stderr
    assert other in done.stderr
    assert (root / other).read_text(encoding="utf-8") == text


def test_a_source_can_be_named_at_once(root: Path) -> None:
    done = run(
        "add-source", "ria", "--name", "RIA: Novosti", "--kind", "agency", "--controlled-by", "ru", "--alias", "RIA"
    )
    assert (done.exit_code, done.output) == (0, "content/sources.yaml:11\n")
    assert (
        (root / "content/sources.yaml")
        .read_text(encoding="utf-8")
        .endswith('\n  ria: {name: "RIA: Novosti", kind: agency, controlled_by: ru, aliases: [RIA]}\n')
    )
    assert run("add-statement", "village-retaken", "--by", "ria").exit_code == 0
    assert run("add-source", "ria", "--name", "RIA", "--kind", "agency").exit_code == 1


@pytest.mark.parametrize(
    "given",
    [("--name", "news  agency"), ("--name", "Other", "--alias", "agency"), ("--name", "O", "--alias", "KREMLIN")],
)
def test_a_source_that_the_registry_has_under_another_id_is_not_added_again(root: Path, given: tuple[str, ...]) -> None:
    before = (root / "content/sources.yaml").read_bytes()
    done = run("add-source", "other", *given, "--kind", "agency")
    assert done.exit_code == 1
    assert "error D303" in done.output
    assert (root / "content/sources.yaml").read_bytes() == before


def test_the_first_source_is_named_with_its_line(root: Path) -> None:
    (root / "content/sources.yaml").write_text("\n")
    done = run("add-source", "ria", "--name", "RIA\nNovosti", "--kind", "agency")
    assert (done.exit_code, done.output) == (0, "content/sources.yaml:3\n")
    assert "{name: RIA Novosti, kind: agency}" in (root / "content/sources.yaml").read_text(encoding="utf-8")


def test_fmt_names_the_files_that_it_changes(root: Path) -> None:
    write(root, {"content/x.md": "---\ndate: 2025-07-01\ntitle: 12:30\n---\nText.\n"})
    check = run("fmt", "--check")
    assert (check.exit_code, check.output.splitlines()[0]) == (1, "content/x.md")
    assert run("fmt").exit_code == 0
    assert (root / "content/x.md").read_text(encoding="utf-8") == '---\ntitle: "12:30"\ndate: 2025-07-01\n---\nText.\n'
    assert run("fmt", "--check").exit_code == 0
    assert run("fmt", "--check", "content/x.md").exit_code == 0
    assert run("fmt", "content/none.md").exit_code == 2
    write(root, {"content/x.md": "---\ntitle: War: day 3\n---\n"})
    broken = run("fmt")
    assert broken.exit_code == 1
    assert "D101" in broken.stderr


def test_check_fix_says_what_it_repaired_and_leaves_the_rest(root: Path) -> None:
    claims = "claims:\n  - {id: vilage-retaken, statements: [{by: Agency}]}\n---\nT.\n"
    wrong = "---\ntitel: War: day 3\ndate: 3 July 2025\n" + claims
    write(
        root, {"content/x.md": wrong, "digest.yaml": "titel: Test\ntimezone: europe/kyiv\ncheck: {without: [D830]}\n"}
    )
    done = run("check", "--fix")
    assert (done.exit_code, done.stderr) == (0, "")
    *repairs, last = done.output.splitlines()
    assert last.startswith("no problems")
    assert "content/x.md:2:1: repaired D201: titel → title" in repairs
    assert "content/x.md:5:10: repaired D402: vilage-retaken → village-retaken" in repairs
    right = claims.replace("vilage", "village").replace("Agency", "agency")
    assert (root / "content/x.md").read_text(encoding="utf-8") == (
        f'---\ntitle: "War: day 3"\ndate: 2025-07-03\n{right}'
    )
    assert (root / "digest.yaml").read_text(encoding="utf-8") == (
        "title: Test\ntimezone: Europe/Kyiv\ncheck: {without: [D830]}\n"
    )
    write(root, {"content/x.md": wrong.replace("3 July", "31 June").replace("War: ", "")})
    again = run("check", "--fix", "--json")
    assert again.exit_code == 1
    found = json.loads(again.output)
    assert [repair["now"] for repair in found["repaired"]] == ["title", "agency"]
    assert [problem["code"] for problem in found["problems"]] == ["D205"]


def test_check_alone_writes_nothing(root: Path) -> None:
    write(root, {"content/x.md": "---\ntitel: A\ndate: 2025-07-01\n---\n"})
    assert run("check").exit_code == 1
    assert (root / "content/x.md").read_text(encoding="utf-8").startswith("---\ntitel")


def test_schemas_are_printed_or_written(root: Path) -> None:
    assert json.loads(run("schema", "article").output)["required"] == ["title", "date"]
    assert run("schema", "--write").output == "6 schemas in schemas/\n"
    assert (root / "schemas/article.json").read_text(encoding="utf-8") == run("schema", "article").output
    assert run("schema").exit_code == 2


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("add-statement", "vil"), ["village-retaken"]),
        (("explain", "more"), ["more-to-come"]),
        (("add-statement", "village-retaken", "--by", "k"), ["kremlin"]),
        (("add-statement", "village-retaken", "--says", "den"), ["denies"]),
        (("add-source", "x", "--speaks-for", "u"), ["ua"]),
        (("new", "T", "--region", "UA-5"), ["UA-51", "UA-53", "UA-56", "UA-59"]),
        (("new", "T", "--topic", "armed-c"), ["armed-conflict"]),
        (("new", "T", "--thread", ""), ["front"]),
        (("new", "T", "--source", "pa"), ["paper"]),
        (("fmt", "content/2025/07/02/b"), ["content/2025/07/02/bridge.md"]),
    ],
)
@pytest.mark.usefixtures("root")
def test_the_shell_completes_the_digests_own_words(words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_the_shell_completes_nothing_outside_of_a_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert completed("add-statement", "x", "--by", "") == []


@pytest.mark.parametrize("command", ["add-source", "add-statement", "fmt", "schema"])
def test_help_gives_examples(command: str) -> None:
    assert f"digest {command} " in run(command, "--help").output.split("Examples:")[1]
