"""The data files that travel with this package (NOTICE.md says whose they are)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct
from msgspec.json import Decoder


def rows_of(name: str) -> list[list[str]]:
    """The rows of a CSV file without its head."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


class _Part(Struct):
    """A part of a country, as ISO 3166-2 has it."""

    code: str
    name: str
    parent: str = ""


_PARTS = Decoder(dict[str, list[_Part]])


@cache
def subdivisions() -> tuple[tuple[str, str, str], ...]:
    """Code, name and parent's code of every part of a country (ISO 3166-2), by code.

    Straight from pycountry's file: to load pycountry, and an object for each as it makes them, takes longer than
    reading a digest.
    """
    package = find_spec("pycountry")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("digest needs pycountry", name="pycountry")
    held = _PARTS.decode((Path(package.origin).parent / "databases" / "iso3166-2.json").read_bytes())
    return tuple(sorted((one.code, one.name, _parent(one)) for one in held["3166-2"]))


def _parent(part: _Part) -> str:
    """The code of what a part belongs to: its parent is written with and without the country."""
    country, parent = part.code.partition("-")[0], part.parent
    return parent if parent.startswith(f"{country}-") else f"{country}-{parent}" if parent else country
