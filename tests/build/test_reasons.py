"""Why pages were rendered, as `digest build --explain-stale` says it to editors."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from tests.digests import FRONT, SETTINGS, small_digest, write


def told(root: Path, *options: str) -> dict[str, str]:
    """Why each page was rendered."""
    command = ["build", "--root", str(root), "--now", "2025-08-01", "--explain-stale", *options]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return dict(line.split("  ", 1) for line in done.stdout.splitlines() if line.startswith("/"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_digest(tmp_path / "digest")
    assert set(told(root).values()) == {"nothing was known of earlier builds"}
    assert told(root) == {}
    return root


def test_an_edit_is_told_by_what_it_changed_for_each_page(root: Path) -> None:
    text = FRONT.replace("reports a village", "reports two villages").replace("says: silent", "says: denies")
    write(root, {"content/2025/07/01/village.md": text})
    found = told(root)
    assert found["/2025/07/01/village/"] == "the article “village” changed"
    assert found["/2025/07/01/"] == "articles or the note of 2025-07-01 changed"
    assert found["/regions/ukraine/"] == "articles on Ukraine changed"
    assert found["/topics/war/"] == "articles on war changed"
    assert found["/sources/general-staff/"] == "what General Staff says or carries changed"
    assert found["/threads/front/"] == "the thread “front” changed"
    assert found["/claims/village-retaken/"] == "the claim “village-retaken” or its label changed"
    assert found["/labels/corroborated/"] in {
        "claims labelled “Corroborated” changed",
        "the numbers of claims by label changed",
    }
    assert not any(":" in why for why in found.values())


def test_a_template_settings_and_another_output_are_told_as_such(root: Path) -> None:
    write(root, {"templates/404.html": "Mine"})
    assert told(root) == {"/404.html": "a template that it uses, or looks for, changed"}
    write(root, {"templates/assets/digest.css": "p {}"})
    assert set(told(root).values()) == {"what all pages share changed: the site's name, its menu, its style sheet"}
    write(root, {"digest.yaml": SETTINGS.replace("Test digest", "Another name")})
    (why,) = set(told(root).values())
    assert why.startswith("digest.yaml, sources.yaml")


def test_a_note_and_an_article_that_goes_are_told(root: Path) -> None:
    (root / "content/2025/07/01/_edition.md").unlink()
    why = "articles or the note of 2025-07-01 changed"
    found = told(root)
    assert found["/2025/07/01/"] == why
    files = ("", "email.html", "email.txt", "index.json", "social-card.png")
    day = {*(f"/2025/07/01/{file}" for file in files), "/editions/feed.xml", "/editions/feed.json"}
    assert {address for address, reason in found.items() if reason == why} == day
    (root / "content/2025/07/02/bridge.md").unlink()
    found = told(root)
    assert found["/"] == "it shows the newest articles"
    assert found["/2025/07/"] == "articles of 2025-07 changed"
    assert found["/sources/paper/"] == "what Daily Paper says or carries changed"


def test_programs_get_the_group_that_changed(root: Path) -> None:
    (root / "content/2025/07/01/_edition.md").unlink()
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--now", "2025-08-01", "--json"])
    assert '"why": "day:2025-07-01"' in done.stdout
