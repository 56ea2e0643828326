"""`digest check` looks at the site that a build would make, and leaves no trace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from digest.build.build import Options
from digest.build.checking import check
from digest.check import asking
from digest.cli import main
from digest.problems import Severity
from tests.check.test_links import Elsewhere, serving
from tests.digests import PLAIN as BARE
from tests.digests import SECOND, SETTINGS, SOURCES, small_digest, write

PLAIN = BARE.replace("date:", "summary: It is closed.\ndate:")
CLOCK = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest with nothing wrong in its output."""
    second = SECOND.replace("date: 2025-07-02\n", "date: 2025-07-02\nsummary: They look.\n", 1)
    files = {"content/2025/07/02/bridge.md": PLAIN, "content/2025/07/02/monitors.md": second}
    files |= {"digest.yaml": SETTINGS + "description: A digest.\n"}
    return write(small_digest(tmp_path / "digest"), files)


def told(root: Path) -> list[tuple[str, str]]:
    outcome = check(root, Options(CLOCK, root / "site", jobs=1))
    return [(problem.code, str(problem.at)) for problem in outcome.problems]


def test_nothing_is_wrong_with_a_sound_digest_and_nothing_is_written(root: Path) -> None:
    before = sorted(root.rglob("*"))
    assert told(root) == []
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("See [it](/2025/07/09/none/).", "D820"),
        ("See [it](/2025/07/01/village/#none).", "D821"),
        ("See [it](../../../../../none/).", "D824"),
    ],
)
def test_a_link_of_an_article_that_leads_nowhere_is_told_at_its_place(root: Path, text: str, code: str) -> None:
    write(root, {"content/2025/07/02/bridge.md": PLAIN.replace("Text.", f"First line.\n\n{text}")})
    assert told(root) == [(code, "content/2025/07/02/bridge.md:9:10")]


def test_an_article_without_a_summary_is_a_warning_that_stops_nothing(root: Path) -> None:
    write(root, {"content/2025/07/02/bridge.md": BARE})
    assert told(root) == [("D830", "content/2025/07/02/bridge.md")]
    assert not check(root, Options(CLOCK, root / "site", jobs=1)).failed


def test_a_template_that_breaks_every_page_is_told_once(root: Path) -> None:
    write(
        root,
        {"templates/assets/x.txt": "x", "templates/404.html": '<html><title>x</title><a href="none/">x</a></html>'},
    )
    assert told(root) == [("D820", "site/404.html:1:1")]


def test_entries_that_no_article_uses_are_warnings_and_drafts_use_them(root: Path) -> None:
    more = "  idle: {name: Idle, kind: outlet}\n  owner: {name: Owner, kind: company}\n"
    owned = SOURCES.replace("kind: outlet}", "kind: outlet, owner: owner}")
    regions = "regions:\n  marsh: {name: The Marsh, parent: UA}\n  hill: {name: The Hill, parent: UA}\n"
    draft = PLAIN.replace("date:", "status: draft\nregions: [hill]\ndate:")
    files = {"content/sources.yaml": owned + more, "content/regions.yaml": regions, "content/draft.md": draft}
    outcome = check(write(root, files), Options(CLOCK, root / "site", jobs=1))
    found = {p.code: (str(p.at), p.message) for p in outcome.problems}
    assert found == {
        "D831": ("content/sources.yaml:11:3", "no article uses these sources: idle"),
        "D832": ("content/regions.yaml:2:3", "no article uses these regions: marsh"),
    }
    assert {p.severity for p in outcome.problems} == {Severity.WARNING}
    assert not outcome.failed
    assert check(root, Options(CLOCK, root / "site", jobs=1, strict=True)).failed
    write(root, {"digest.yaml": (root / "digest.yaml").read_text(encoding="utf-8") + "check: {without: [D831]}\n"})
    assert told(root) == [("D832", "content/regions.yaml:2:3")]


def test_other_sites_are_asked_only_when_that_is_wanted(root: Path) -> None:
    run = CliRunner().invoke
    with serving(Elsewhere()) as server:
        link = server.url("/404", "127.0.0.1")
        write(root, {"content/2025/07/02/bridge.md": PLAIN.replace("Text.", f"See [this]({link}).")})
        with patch.object(asking, "is_public", lambda _: True), patch.object(asking.Asker, "_wait", lambda *_: None):
            plain = run(main, ["check", "--root", str(root), "--now", "2025-08-01"])
            assert (plain.exit_code, server.asked) == (0, [])
            asked = run(main, ["check", "--root", str(root), "--now", "2025-08-01", "--external"])
        blocked = run(main, ["check", "--root", str(root), "--now", "2025-08-01", "--external", "--max-age", "0"])
    assert asked.exit_code == 0
    assert "D841" in asked.output
    assert "private network" in blocked.output
    assert (root / ".digest/links.json").is_file()
