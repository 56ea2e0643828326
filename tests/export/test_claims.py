"""`digest export claims`, on a digest of 400 invented claims, against the second computation of labels."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.model import Basis, Label, Stance
from tests.export.written import tamed, write
from tests.labels.reference import history, verdict
from tests.labels.strategies import DAYS, World, world

COLUMNS = [
    "id", "text", "kind", "label", "rule", "badges", "why", "admiralty", "recorded", "since", "history", "computed",
    "articles",
]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> World:
    return tamed(world(11, 400))


@pytest.fixture(scope="module")
def root(made: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "digest"
    write(made, folder)
    return folder


def export(root: Path, *more: str) -> bytes:
    result = CliRunner().invoke(main, ["export", "claims", "--root", str(root), *more])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def rows(root: Path, *more: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(root, *more).decode().splitlines()]


def test_every_stance_and_basis_is_among_the_claims(made: World) -> None:
    statements = [s for claim in made[1].values() for s in claim.statements]
    assert {s.says for s in statements} == set(Stance)
    assert {s.basis for s in statements} == set(Basis)
    assert {s.recorded for s in statements} == set(DAYS)


def test_labels_rules_and_badges_agree_with_the_second_computation(made: World, root: Path) -> None:
    registry, claims = made
    for row in rows(root):
        expected = verdict(claims[row["id"]], claims, registry, DAYS[-1])
        assert (row["label"], row["rule"], tuple(row["badges"])) == (expected.label, expected.rule, expected.badges)
        assert row["computed"] == (expected.computed or "")


@pytest.mark.parametrize("day", DAYS)
def test_as_of_gives_the_labels_of_that_day(made: World, root: Path, day: datetime) -> None:
    registry, claims = made
    for row in rows(root, "--as-of", f"{day:%Y-%m-%d}"):
        assert row["label"] == verdict(claims[row["id"]], claims, registry, day).label


def test_history_agrees_with_the_second_computation(made: World, root: Path) -> None:
    registry, claims = made
    for row in rows(root):
        claim = claims[row["id"]]
        found = [(datetime.fromisoformat(h["at"]), Label(h["label"]), h["rule"]) for h in row["history"]]
        assert found == (history(claim, claims, registry) if claim.statements else [])
        assert row["since"] == (row["history"][-1]["at"] if row["history"] else "")


def test_rows_are_sorted_by_id_and_have_the_documented_columns(made: World, root: Path) -> None:
    found = rows(root)
    assert [row["id"] for row in found] == sorted(made[1])
    assert all(list(row) == COLUMNS for row in found)
    assert all(row["why"].endswith(".") for row in found)


def test_csv_says_the_same_as_json_lines(root: Path) -> None:
    table = list(csv.DictReader(io.StringIO(export(root, "--format", "csv").decode(), newline="")))
    for row, line in zip(table, rows(root), strict=True):
        assert list(row) == COLUMNS
        assert {k: v if isinstance(line[k], str) else json.loads(v) for k, v in row.items()} == line


def test_sqlite_says_the_same_as_json_lines(root: Path, tmp_path: Path) -> None:
    export(root, "--format", "sqlite", "--output", str(tmp_path / "claims.sqlite"))
    with sqlite3.connect(tmp_path / "claims.sqlite") as database:
        found = database.execute("SELECT id, label, why FROM claims ORDER BY id").fetchall()
    database.close()
    assert found == [(row["id"], row["label"], row["why"]) for row in rows(root)]


def test_sqlite_without_a_file_is_wrong_use(root: Path) -> None:
    result = CliRunner().invoke(main, ["export", "claims", "--root", str(root), "--format", "sqlite"])
    assert result.exit_code == 2
    assert "--output" in result.output
