"""The examples in docs/writing-articles.md read without problems, and wrong ones get the answers that it prints."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from digest.content import read
from digest.problems import show
from digest.starter import Choices, plant, seed

_BLOCK = re.compile(r"^```(?:yaml|markdown|text) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILES = {
    "sources": "content/sources.yaml",
    "regions": "content/regions.yaml",
    "topics": "content/topics.yaml",
    "note": "content/2025/07/01/_edition.md",
}


@pytest.fixture(scope="module")
def blocks(repository: Path) -> list[tuple[str, str]]:
    """What each example is, and its text."""
    return _BLOCK.findall((repository / "docs" / "writing-articles.md").read_text(encoding="utf-8"))


@pytest.fixture
def root(tmp_path: Path, blocks: list[tuple[str, str]]) -> Path:
    """A new digest with all articles and fragments of front matter from the guide."""
    plant(tmp_path, seed(Choices())[0])
    for number, (kind, text) in enumerate(blocks):
        if kind in {"article", "front"}:
            _put(tmp_path, f"content/2025/07/01/example-{number}.md", _article(text))
    (tmp_path / "content/2025/07/01/map.png").write_bytes(b"")
    return tmp_path


def test_every_article_and_fragment_reads_without_problems(root: Path) -> None:
    assert _problems(root) == []


@pytest.mark.parametrize("kind", ["sources", "regions", "topics", "note"])
def test_every_other_file_reads_without_problems(
    tmp_path: Path, root: Path, blocks: list[tuple[str, str]], kind: str
) -> None:
    examples = [text for found, text in blocks if found == kind]
    assert examples
    for text in examples:
        if kind == "sources":  # the articles of the guide name others
            for article in (root / "content").rglob("*.md"):
                article.unlink()
        _put(tmp_path, _FILES[kind], text)
        assert _problems(root) == []


def test_every_wrong_example_gets_the_answer_that_the_guide_prints(root: Path, blocks: list[tuple[str, str]]) -> None:
    pairs = [(one[1], two) for one, two in pairwise(blocks) if one[0] == "wrong"]
    assert len(pairs) >= 5
    path = "content/2025/07/01/item.md"
    for wrong, (kind, answer) in pairs:
        assert kind == "answer"
        _put(root, path, _article(wrong))
        assert "\n".join(_problems(root)) + "\n" == answer, wrong


def _article(text: str) -> str:
    """An article's file; front matter alone gets the title, the date and the text that it does not have."""
    if text.startswith("---\n"):
        return text
    given = re.findall(r"^(\w+):", text, re.MULTILINE)
    rest = {"title": "title: A title\n", "date": "date: 2025-07-01\n"}
    return f"---\n{text}{''.join(line for key, line in rest.items() if key not in given)}---\nText.\n"


def _problems(root: Path) -> list[str]:
    return [show(problem) for problem in read(root).problems]


def _put(root: Path, path: str, text: str) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
