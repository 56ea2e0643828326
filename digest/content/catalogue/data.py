"""The data files that travel with this package (NOTICE.md says whose they are)."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows_of(name: str) -> list[list[str]]:
    """The rows of a CSV file without its head."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]
