"""The data files that travel with this package (NOTICE.md says whose they are)."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files


def rows_of(name: str) -> list[list[str]]:
    """The rows of a CSV file without its head."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def subdivisions() -> tuple[tuple[str, str, str], ...]:
    """Code, name and parent's code of every part of a country (ISO 3166-2), by code.

    Straight from pycountry's file: an object for each, as pycountry makes them, takes longer than reading a digest.
    """
    held = json.loads(files("pycountry").joinpath("databases", "iso3166-2.json").read_text(encoding="utf-8"))
    return tuple(sorted((one["code"], one["name"], _parent(one)) for one in held["3166-2"]))


def _parent(part: dict[str, str]) -> str:
    """The code of what a part belongs to: its parent is written with and without the country."""
    country, parent = part["code"].split("-")[0], part.get("parent", "")
    return parent if parent.startswith(f"{country}-") else f"{country}-{parent}" if parent else country
