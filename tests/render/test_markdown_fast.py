"""The fast renderer gives either what the full one gives, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.model import RawHtml
from digest.render.markdown_fast import fast_markdown
from digest.render.markdown_full import full_markdown
from tests.render.markdown_texts import TYPICAL, UNUSUAL, documents, mutations, noise

FULL = full_markdown(RawHtml.ESCAPE)


def agrees(text: str) -> bool:
    html = fast_markdown(text)
    return html is None or html == FULL(text, "p")


@pytest.mark.parametrize("text", TYPICAL)
def test_typical_text_is_rendered_and_as_by_the_full_renderer(text: str) -> None:
    assert fast_markdown(text) == FULL(text, "p")


@pytest.mark.parametrize("text", UNUSUAL)
def test_what_is_unusual_is_left_to_the_full_renderer(text: str) -> None:
    assert fast_markdown(text) is None
    assert fast_markdown(f"Before.\n\n{text}\n\nAfter.") is None


def test_most_articles_of_the_example_digest_are_rendered_fast(repository: Path) -> None:
    texts = [p.read_text(encoding="utf-8").split("\n---\n", 1)[1] for p in (repository / "content").rglob("*.md")]
    rendered = [text for text in texts if fast_markdown(text) is not None]
    assert len(rendered) >= 0.8 * len(texts) > 0
    assert all(map(agrees, rendered))


@settings(max_examples=300, deadline=None)
@given(documents())
@example("*a [b* c](/d/)")
@example("a*“b”*c *“b”*")
@example("> a\nb\n\n- a\nb\n\n1. a\n2. b")
def test_documents_of_known_pieces_come_out_alike(text: str) -> None:
    assert agrees(text)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(TYPICAL).flatmap(mutations))
def test_typical_text_with_changes_comes_out_alike(text: str) -> None:
    assert agrees(text)


@settings(max_examples=1000, deadline=None)
@given(noise())
def test_any_text_comes_out_alike(text: str) -> None:
    assert agrees(text)
