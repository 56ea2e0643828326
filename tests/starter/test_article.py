"""The text of a new article."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from digest.content.articles import parse_article
from digest.content.catalogue import regions, topics
from digest.content.context import Context, Lookup
from digest.content.registry import Registered
from digest.model import Settings
from digest.starter.article import PLACEHOLDER, Request, article_text, headline, not_a_title

CONTEXT = Context(Settings("Test"), Registered(), Lookup(regions("en")), Lookup(topics("en")))


def test_a_bare_request_leaves_hints_that_are_no_front_matter() -> None:
    text = article_text(Request("Talks resume", "2025-07-01", "talks-resume"))
    front, body = text.removeprefix("---\n").split("---\n")
    assert [line for line in front.splitlines() if not line.startswith("#")] == [
        "title: Talks resume",
        "date: 2025-07-01",
        "id: talks-resume",
        "status: draft                    # delete this line to publish",
    ]
    assert body == f"{PLACEHOLDER}\n"


def test_the_hints_are_an_article_once_their_signs_are_taken_away() -> None:
    text = article_text(Request("Talks resume", "2025-07-01", "talks-resume"))
    lines = [line.removeprefix("# ").replace("https://…", "https://example.org") for line in text.splitlines()]
    unwanted = ("#", "sources:", "A plain item", "Or each claim", "In the text")
    article = "\n".join(line for line in lines if not line.startswith(unwanted))
    parsed, problems = parse_article("content/x.md", article.encode(), CONTEXT)
    assert {problem.code for problem in problems} == {"D302"}  # the hints' sources stand in no registry here
    assert parsed.article is not None
    assert parsed.article.regions == ("FR",)
    assert [claim.id for claim in parsed.article.claims] == ["short-name-of-the-claim"]


@given(st.text())
def test_a_new_article_has_exactly_its_title(title: str) -> None:
    assume(not not_a_title(title))
    request = Request(headline(title), "2025-07-01", "an-id")
    parsed, problems = parse_article("content/an-id.md", article_text(request).encode(), CONTEXT)
    assert problems == []
    assert parsed.article is not None
    assert parsed.article.title == request.title


@given(st.text())
def test_a_headline_keeps_all_words_and_loses_only_blanks(title: str) -> None:
    assert headline(title).split() == title.split()
    assert headline(headline(title)) == headline(title)


def test_a_title_is_no_control_character_no_blank_and_no_broken_byte() -> None:
    assert "at least one" in not_a_title(" \n ")
    assert "U+0007" in not_a_title("a\x07b")
    assert "UTF-8" in not_a_title("a\udcffb")
