from __future__ import annotations

import pytest

from digest.content.document import File
from digest.content.settings import parse_settings
from digest.model import RawHtml, Settings
from digest.model.settings import Cards, Followed, PageFamily


def test_all_settings_are_read() -> None:
    text = """\
title: The Digest
url: https://example.org/a
timezone: Europe/Kyiv
language: uk
description: What happened.
notice: A test site.
publisher: {name: The House, url: https://example.com/}
contact: desk@example.org
html: sanitize
claim_review: true
editor: Ed
outputs:
  pages: [home, article, month]
  without: [month]
  feeds: [home]
  full_text: false
  tag: "example.org,2025"
  robots: {GPTBot: /}
  cards: none
publish: {live: {to: s3}}
threads: {front: The front}
"""
    assert parse_settings(File("digest.yaml", text)) == (
        Settings(
            title="The Digest",
            url="https://example.org/a/",
            timezone="Europe/Kyiv",
            language="uk",
            description="What happened.",
            notice="A test site.",
            publisher="The House",
            publisher_url="https://example.com/",
            contact="desk@example.org",
            html=RawHtml.SANITIZE,
            claim_review=True,
            editor="Ed",
            pages=frozenset({PageFamily.HOME, PageFamily.ARTICLE}),
            feeds=(Followed.HOME,),
            full_text=False,
            tag="example.org,2025",
            robots={"GPTBot": ("/",)},
            cards=Cards.NONE,
            publish={"live": {"to": "s3"}},
            threads={"front": "The front"},
        ),
        [],
    )


def test_a_title_is_enough_and_a_publisher_may_be_a_name() -> None:
    settings, problems = parse_settings(File("digest.yaml", "title: T\npublisher: P\n"))
    assert (settings, problems) == (Settings(title="T", publisher="P"), [])


def test_an_unknown_key_does_not_hide_a_wrong_timezone() -> None:
    _, problems = parse_settings(File("digest.yaml", "title: T\ntimezon: UTC\ntimezone: Europe/Lodnon\n"))
    assert [p.code for p in problems] == ["D201", "D702"]


def test_a_missing_title_is_the_digests_name() -> None:
    _, (problem,) = parse_settings(File("digest.yaml", "url: https://example.org/\n"))
    assert (problem.code, problem.hint) == ("D202", "add a line such as title: the digest's name")


@pytest.mark.parametrize(
    ("line", "code", "place", "hint"),
    [
        ("timezone: Europe/Lodnon", "D702", "digest.yaml:2:11", "did you mean Europe/London"),
        ("timezone: London", "D702", "digest.yaml:2:11", "did you mean Europe/London"),
        ("timezone: ../../etc/passwd", "D702", "digest.yaml:2:11", "IANA"),
        ("timezone: localtime", "D702", "digest.yaml:2:11", ""),
        ("url: ftp://example.org/", "D208", "digest.yaml:2:6", "expected e.g. https://example.org/"),
        ("url: https://example.org/?a", "D208", "digest.yaml:2:6", "expected e.g. https://example.org/"),
        ("publisher: {name: P, url: example.org}", "D208", "digest.yaml:2:27", "https://example.org/"),
        ("language: English", "D212", "digest.yaml:2:11", "expected e.g. en"),
        ("language: en_GB", "D212", "digest.yaml:2:11", "expected e.g. en"),
        ("claim_review: yes", "D203", "digest.yaml:2:15", ""),
        ("html: sanitise", "D204", "digest.yaml:2:7", "did you mean sanitize?; allowed: escape, sanitize"),
        ("outputs: {tag: example.org}", "D216", "digest.yaml:2:16", "example.org,2025"),
        ("outputs: {robots: {'*': [data]}}", "D217", "digest.yaml:2:26", "/data/"),
        ("outputs: {robots: {'a b': [/]}}", "D217", "digest.yaml:2:20", "GPTBot"),
        ("outputs: {cards: article}", "D204", "digest.yaml:2:18", "did you mean articles?"),
        ("timezon: UTC", "D201", "digest.yaml:2:1", "did you mean timezone?"),
    ],
)
def test_what_is_wrong_is_a_problem_with_a_hint(line: str, code: str, place: str, hint: str) -> None:
    settings, problems = parse_settings(File("digest.yaml", f"title: T\n{line}\n"))
    assert settings is None
    assert [(p.code, str(p.at)) for p in problems] == [(code, place)]
    assert hint in problems[0].hint
