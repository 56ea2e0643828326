"""Claims as rows: what `digest export claims` gives out."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from digest.index.filing import in_utc
from digest.index.index import Index
from digest.labels.verdict import Course
from digest.labels.words import admiralty
from digest.pages.compose import Composer
from digest.pages.tongue import Tongue

FORMATS = ("jsonl", "csv", "sqlite")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. Times are ISO 8601 in UTC; `recorded` is its first statement's, `since` that of the label now;
    `computed` is the label by the rules where an editor has overridden it, else ""."""

    id: str
    text: str
    kind: str
    label: str
    rule: str
    badges: tuple[str, ...]
    why: str
    admiralty: str
    recorded: str
    since: str
    history: tuple[dict[str, str], ...]
    computed: str
    articles: tuple[str, ...]


def rows(index: Index, tongue: Tongue) -> list[ClaimRow]:
    """A row for each claim of the index, sorted by id."""
    composer = Composer(index, tongue)
    return [_row(index, composer, composer.course(claim)) for claim in sorted(index.claims())]


def _row(index: Index, composer: Composer, course: Course) -> ClaimRow:
    now = course.now
    statements = now.evidence.statements
    return ClaimRow(
        course.claim.id,
        course.claim.text,
        str(course.claim.kind),
        str(now.label),
        now.rule,
        now.badges,
        composer.why(now),
        admiralty(now.label, now.by_rules),
        in_utc(min(s.recorded for s in statements)) if statements else "",
        in_utc(course.history[-1][0]) if statements else "",
        tuple({"at": in_utc(at), "label": str(v.label), "rule": v.rule} for at, v in course.history if statements),
        str(now.computed or ""),
        tuple(reversed(index.group(f"claim:{course.claim.id}"))),
    )


def write(made: Sequence[ClaimRow], format_: str) -> bytes:
    """The rows as a file: JSON lines, CSV (lists as JSON in a cell) or a SQLite database with a table `claims`."""
    return {"jsonl": _jsonl, "csv": _csv, "sqlite": _sqlite}[format_](made)


def _jsonl(made: Sequence[ClaimRow]) -> bytes:
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in made).encode()


def _flat(row: ClaimRow) -> dict[str, str]:
    return {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in asdict(row).items()}


def _csv(made: Sequence[ClaimRow]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ClaimRow.__slots__, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_flat(row) for row in made)
    return out.getvalue().encode()


def _sqlite(made: Sequence[ClaimRow]) -> bytes:
    columns = ClaimRow.__slots__
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE claims ({', '.join(f'{c} TEXT NOT NULL' for c in columns)}, PRIMARY KEY (id))")
        database.executemany(
            f"INSERT INTO claims VALUES ({', '.join('?' for _ in columns)})",  # noqa: S608 (only question marks)
            [tuple(_flat(row).values()) for row in made],
        )
        database.commit()
        return bytes(database.serialize())
