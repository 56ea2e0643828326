"""The next moment at which the site would change by itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.cli import main
from digest.model import Article
from digest.publish.manifest import Told, make_manifest
from digest.publish.schedule import is_due, next_change
from tests.digests import small_digest, write

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 200).map(lambda hours: BEGIN + timedelta(hours=hours))


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        date = draw(HOURS)
        made.append(
            Article(
                f"a{number}",
                "a.md",
                "A",
                date,
                date.date(),
                draft=draw(st.booleans()),
                gone=draw(st.sampled_from(("", "Taken down."))),
                embargo=draw(st.none() | HOURS),
                expires=draw(st.none() | HOURS),
            )
        )
    return made


@given(articles(), HOURS)
def test_what_is_out_changes_at_that_moment_and_never_before(made: list[Article], clock: datetime) -> None:
    def out(moment: datetime) -> set[str]:
        return {article.id for article in made if article.out(moment)}

    found = next_change(made, clock)
    end = found[0] if found else BEGIN + timedelta(hours=300)
    moment = clock
    while moment < end:
        assert out(moment) == out(clock)
        moment += timedelta(hours=1)
    if found:
        assert out(found[0]) ^ out(clock) == set(found[1])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_digest(tmp_path)
    front = "---\ntitle: Later\ndate: 2025-07-05\nembargo: 2025-07-06T12:00Z\n---\nText.\n"
    return write(root, {"content/later.md": front})


def test_the_command_prints_the_moment_and_the_article(root: Path) -> None:
    now = ["--root", str(root), "--now", "2025-07-04"]
    assert CliRunner().invoke(main, ["schedule", *now]).stdout == "2025-07-06T12:00:00Z  later\n"
    found = json.loads(CliRunner().invoke(main, ["schedule", *now, "--json"]).stdout)
    assert found == {"at": "2025-07-06T12:00:00Z", "articles": ["later"]}


def test_the_command_prints_nothing_where_nothing_waits(root: Path) -> None:
    done = CliRunner().invoke(main, ["schedule", "--root", str(root), "--now", "2025-07-07"])
    assert (done.exit_code, done.stdout) == (0, "")


@given(articles(), HOURS, HOURS)
def test_a_publish_is_due_when_what_is_out_has_changed_since(
    made: list[Article], built: datetime, clock: datetime
) -> None:
    served = replace(make_manifest({}, Told(), BEGIN), clock=built.isoformat())
    changed = any(a.out(built) != a.out(clock) for a in made)
    assert is_due(made, served, clock) >= (changed and built <= clock)
    assert not (is_due(made, served, clock) and clock <= built)
    assert is_due(made, None, clock)


def test_if_due_publishes_once_when_an_embargo_ends(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("www") / "www"
    command = ["publish", f"file://{place}", "--yes", "--if-due", "--root", str(root), "--now"]

    def publish(now: str) -> str:
        done = CliRunner().invoke(main, [*command, now], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    later = place / "current/2025/07/05/later/index.html"
    assert publish("2025-07-06T11:00Z").startswith("published")
    assert publish("2025-07-06T11:59Z") == "no article’s time has come since the last release\n"
    assert not later.exists()
    assert publish("2025-07-06T12:00Z").startswith("published")
    assert later.exists()
    assert publish("2025-07-06T12:15Z") == "no article’s time has come since the last release\n"


def test_what_was_taken_back_is_not_due_again(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("www") / "www"
    target = [f"file://{place}", "--yes", "--root", str(root)]

    def run(*command: str) -> str:
        done = CliRunner().invoke(main, [command[0], *target, *command[1:]], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    run("publish", "--now", "2025-07-06T11:00Z")
    run("publish", "--now", "2025-07-06T12:00Z")
    run("rollback")
    assert run("publish", "--if-due", "--now", "2025-07-06T12:15Z").startswith("no article’s time has come")
    assert not (place / "current/2025/07/05/later/index.html").exists()
