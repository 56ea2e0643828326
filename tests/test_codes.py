"""The codes of problems, in the code and in the docs."""

from __future__ import annotations

import re
from pathlib import Path

from digest.codes import CODES


def test_the_page_on_problems_lists_every_code_with_its_meaning(repository: Path) -> None:
    page = (repository / "docs/problems.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (D\d\d\d) \| (.+?) \| .+ \|$", page, flags=re.MULTILINE))
    assert rows == CODES


def test_every_code_in_use_is_listed_and_every_listed_one_is_in_use(repository: Path) -> None:
    modules = (repository / "digest").rglob("*.py")
    sources = [path.read_text(encoding="utf-8") for path in modules if path.name != "codes.py"]
    assert {code for source in sources for code in re.findall(r'"(D\d{3})"', source)} == set(CODES)
