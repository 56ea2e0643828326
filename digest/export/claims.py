"""Claims as files: what `digest export claims` gives out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.rows import ClaimRow, all_rows
from digest.pages.tables import as_csv, as_jsonl, flat
from digest.pages.tongue import Tongue

FORMATS = ("jsonl", "csv", "sqlite")


def rows(index: Index, tongue: Tongue) -> list[ClaimRow]:
    """A row for each claim of the index, sorted by id."""
    return all_rows(Composer(index, tongue))


def write(made: Sequence[ClaimRow], format_: str) -> bytes:
    """The rows as a file: JSON lines, CSV (lists as JSON in a cell) or a SQLite database with a table `claims`."""
    if format_ == "sqlite":
        return _sqlite(made)
    return (as_csv(made, ClaimRow) if format_ == "csv" else as_jsonl(made)).encode()


def _sqlite(made: Sequence[ClaimRow]) -> bytes:
    columns = ClaimRow.__struct_fields__
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE claims ({', '.join(f'{c} TEXT NOT NULL' for c in columns)}, PRIMARY KEY (id))")
        database.executemany(
            f"INSERT INTO claims VALUES ({', '.join('?' for _ in columns)})",  # noqa: S608 (only question marks)
            [tuple(flat(row).values()) for row in made],
        )
        database.commit()
        return bytes(database.serialize())
