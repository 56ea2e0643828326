"""What writers may choose from."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content.context import Context
from digest.content.read import read_context
from digest.writing import words
from tests.digests import small_digest, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest with a topic and a thread of its own."""
    root = small_digest(tmp_path)
    topic = "topics:\n  drones: {name: drone warfare, parent: war}\n"
    return write(
        root, {"content/topics.yaml": topic, "content/2025/07/03/x.md": "---\ntitle: War: d\nthread: 'talks'\n"}
    )


@pytest.fixture
def context(root: Path) -> Context:
    """What that digest knows."""
    found, _ = read_context(root)
    assert found is not None
    return found


def test_sources_and_parties_are_those_of_the_registry(context: Context) -> None:
    assert words.Word("monitor", "Monitor Group (open source)") in list(words.sources(context))
    assert list(words.parties(context)) == [words.Word("ua", "Ukraine"), words.Word("ru", "Russia")]


def test_every_region_and_topic_can_be_found_by_its_word(context: Context) -> None:
    for lookup, some in ((context.regions, "UA"), (context.topics, "drones")):
        assert lookup is not None
        found = [word.written for word in words.taxa(lookup)]
        assert some in found or "drone-warfare" in found
        assert len(found) == len(set(found)) > 1000
        assert [word for word in found[::37] if lookup.find(word) is None] == []
    assert list(words.taxa(None)) == []


def test_threads_are_those_of_the_articles_even_of_broken_ones(root: Path, context: Context) -> None:
    assert {word.written for word in words.threads(root, context)} == {"front", "talks"}


def test_claims_are_those_that_an_article_defines(root: Path) -> None:
    assert list(words.claims(root)) == [
        words.Word("more-to-come", "More villages will follow."),
        words.Word("village-retaken", "The village has been retaken."),
    ]


def test_articles_come_newest_first_without_notes(root: Path) -> None:
    found = [word.written for word in words.articles(root)]
    assert found[0] == "content/2025/07/03/x.md"
    assert len(found) == 4
