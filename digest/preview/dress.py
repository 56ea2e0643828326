"""Dressing pages for the preview: banner, panel, overlay and our script, put around bytes that stay as in a build."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from digest.preview.behind import Behind
from digest.problems import Location, Problem, Severity, in_order

OWN = ".preview"
"""The address below which the preview's own files are; no page of a digest has one that begins with a dot."""

_ASSETS = Path(__file__).parent / "assets"
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSAFE = ("javascript:", "data:", "vbscript:")
_MOST = 20
"""Problems in the overlay; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in a file, as it is shown, and the link that opens it in the editor ("" if there is none)."""

    shown: str
    link: str


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it is shown: its line with a caret below it."""

    problem: Problem
    place: Placed
    line: str
    caret: str


class Editor:
    """Makes links that open files in the editor, by the digest's setting `editor`."""

    def __init__(self, root: Path, pattern: str) -> None:
        self._root = root
        safe = _SCHEME.match(pattern) and not pattern.lower().startswith(_UNSAFE)
        self._pattern = pattern if safe else ""

    def place(self, at: Location) -> Placed:
        """The place of a problem, an article or a claim."""
        link = ""
        if self._pattern and at.path and not at.path.startswith(("/", "(")):
            path = quote((self._root / at.path).as_posix(), safe="/:")
            link = self._pattern.replace("/{path}", f"/{path.removeprefix('/')}").replace("{path}", path)
            link = link.replace("{line}", str(max(at.line, 1))).replace("{column}", str(max(at.column, 1)))
        return Placed(str(at), link)

    def tell(self, problem: Problem) -> Told:
        """A problem, ready to be shown."""
        line = "".join(c if c.isprintable() else " " for c in problem.text.rstrip("\r\n"))
        column = problem.at.column if line and problem.at.line else 0
        return Told(problem, self.place(problem.at), line, " " * (column - 1) + "^" if column else "")


@dataclass(frozen=True, slots=True)
class Worn:
    """What a page is dressed in: what stands behind it, all problems of the digest, and how it stands to the page that
    was asked for (`stands_in`)."""

    address: str
    behind: Behind
    problems: Sequence[Problem]
    stands_in: bool = False


class Dresser:
    """Puts the preview's own parts around pages."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_ASSETS), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.script = (_ASSETS / "preview.js").read_bytes()
        self._style = (_ASSETS / "preview.css").read_text(encoding="utf-8")

    def dress(self, page: bytes, worn: Worn, editor: Editor) -> bytes:
        """The page with all around it. `{seen}` stands where its fingerprint goes."""
        errors = [p for p in in_order(worn.problems) if p.severity is Severity.ERROR]
        behind = worn.behind
        path = behind.at.path if behind.at else ""
        own = in_order([*behind.problems, *(p for p in worn.problems if path and _is_about(p, path))])
        words = {
            "style": self._style,
            "behind": behind,
            "address": worn.address,
            "source": editor.place(behind.at) if behind.at else None,
            "claims": [(claim, editor.place(claim.at)) for claim in behind.claims],
            "own": [editor.tell(problem) for problem in own],
            "errors": [editor.tell(problem) for problem in errors[:_MOST]],
            "more": max(0, len(errors) - _MOST),
            "stands_in": worn.stands_in,
            "script": f"/{OWN}/preview.js",
        }
        banner = self._templates.get_template("banner.html").render(words).encode()
        chrome = self._templates.get_template("chrome.html").render(words).encode()
        body = _BODY.search(page)
        at = body.end() if body else 0
        end = page.rfind(b"</body>")
        end = end if end >= at else len(page)
        return page[:at] + banner + page[at:end] + chrome + page[end:]

    def plain(self, title: str, words: str, *, reading: bool = False) -> bytes:
        """A page of the preview's own."""
        return self._templates.get_template("plain.html").render(title=title, words=words, reading=reading).encode()


def _is_about(problem: Problem, path: str) -> bool:
    return problem.at.path == path or any(place.path == path for place in problem.also)
