"""A small digest on disk, and what reading it finds, for the tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from digest.content import Reading, read
from digest.model import Article
from digest.problems import Problem

SETTINGS = "title: Test\nurl: https://example.org/\ntimezone: Europe/London\n"
SOURCES = """\
parties:
  ua: {name: Ukraine, opposes: [ru]}
  ru: {name: Russia}
sources:
  general-staff: {name: General Staff of Ukraine, kind: military, speaks_for: ua}
  tass: {name: Tass, kind: agency, controlled_by: ru}
  reuters: {name: Reuters, kind: agency, aliases: [Thomson Reuters]}
  csis: {name: Center for Strategic and International Studies, kind: research}
"""


@dataclass
class Desk:
    """A digest's folder that a test writes to and reads."""

    root: Path
    files: dict[str, str | bytes] = field(default_factory=dict)

    def put(self, path: str, content: str | bytes) -> Desk:
        """Write a file below the root."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def article(self, front: str, body: str = "Text.\n", path: str = "content/item.md") -> Desk:
        """Write an article; title and date are added where the front matter does not give them."""
        given = {line.split(":")[0] for line in front.splitlines()}
        usual = {"title": "title: A title\n", "date": "date: 2025-07-01\n"}
        head = "".join(line for key, line in usual.items() if key not in given)
        return self.put(path, f"---\n{front}{head}---\n{body}")

    def read(self) -> Reading:
        """Read the digest."""
        return read(self.root)

    def only(self) -> Article:
        """The one article of a digest without problems."""
        reading = self.read()
        assert reading.problems == ()
        assert reading.digest is not None
        (article,) = reading.digest.articles
        return article

    def problem(self) -> Problem:
        """The one problem of the digest."""
        problems = self.read().problems
        assert len(problems) == 1, problems
        return problems[0]

    def problems(self) -> list[tuple[str, str]]:
        """Codes and places of all problems."""
        return [(problem.code, str(problem.at)) for problem in self.read().problems]


def marked(text: str) -> tuple[str, str]:
    """A text without its mark ¦, and the line and column of what stood behind it."""
    before, _, after = text.partition("¦")
    return before + after, f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def a_desk(root: Path) -> Desk:
    """A digest with settings and a registry, and no article yet."""
    (root / "content").mkdir()
    return Desk(root).put("digest.yaml", SETTINGS).put("content/sources.yaml", SOURCES)
