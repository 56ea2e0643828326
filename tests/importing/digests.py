"""A small digest to import into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from digest.content import read
from digest.importing.filing import Fate, Where
from digest.importing.inputs import Form, Input
from digest.importing.run import Result, import_inputs
from digest.problems import Problem
from tests.digests import SETTINGS, write

TODAY = date(2025, 7, 10)
SOURCES = """\
parties:
  ru: {name: Russia}
sources:
  reuters: {name: Reuters, kind: agency, url: "https://www.reuters.com"}
  tass: {name: Tass, kind: agency, controlled_by: ru}
  russian-mod: {name: Russian Ministry of Defence, kind: military, speaks_for: ru}
  harbour-post: {name: Harbour Post, kind: outlet, aliases: [the Post], url: "https://www.post.example/"}
  lavrov: {name: Sergei Lavrov, kind: government, speaks_for: ru}
"""


def empty_digest(root: Path) -> Path:
    """A digest with a few sources and no article."""
    (root / "content").mkdir(parents=True)
    return write(root, {"digest.yaml": SETTINGS, "content/sources.yaml": SOURCES})


def run(root: Path, *inputs: str | bytes | Path, form: Form | None = None, where: Where | None = None) -> Result:
    """Import texts, bytes and paths, as on 10 July 2025."""
    named = [
        Input(str(one), form=form)
        if isinstance(one, Path)
        else Input("-", one.encode() if isinstance(one, str) else one, form)
        for one in inputs
    ]
    return import_inputs(root, read(root), named, where or Where("", str(TODAY)), TODAY)


def problems_of(root: Path) -> tuple[Problem, ...]:
    """All that `digest check` would say about the content."""
    return read(root).problems


def fates(result: Result) -> list[Fate]:
    """What became of each item."""
    return [one.fate for one in result.filed]


def texts(root: Path) -> dict[str, str]:
    """The articles of a digest, by path."""
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in sorted(root.rglob("*.md"))}


def only(root: Path) -> str:
    """The text of the one article."""
    (text,) = texts(root).values()
    return text
