from __future__ import annotations

import datetime as dt
import pickle
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.articles import parse_article, parse_note
from digest.content.catalogue import regions, topics
from digest.content.context import Context, Lookup
from digest.content.registry import Registered
from digest.model import Correction, Image, Settings
from tests.content.digests import Desk

T = TypeVar("T")

LONG = "x" * 101

CONTEXT = Context(Settings(title="T"), Registered(), Lookup(regions("en", ())), Lookup(topics("en", ())))


def test_an_article_is_read_with_all_its_fields(desk: Desk) -> None:
    desk.put("content/map.png", "picture")
    desk.article(
        "title: War\ndate: 2025-07-01T23:30Z\nid: war-now\nsummary: One\n  line.\nregions: [UA-59, ukraine]\n"
        "topics: [armed conflict]\nthread: sumy\nstatus: draft\nembargo: 2025-07-01T12:00Z\nexpires: 2026-07-01\n"
        "updated: 2025-07-02T08:00Z\nauthors: [Desk]\nlang: en-GB\n"
        'image: {src: map.png, alt: "Map", credit: C, caption: Cap}\naliases: [/old/]\n'
        "corrections:\n  - {date: 2025-07-02, text: Wrong district.}\n"
    )
    article = desk.only()
    assert (article.id, article.title, article.summary) == ("war-now", "War", "One line.")
    assert (article.day, article.has_time, article.address) == (dt.date(2025, 7, 2), True, "2025/07/02/war-now/")
    assert article.regions == ("UA-59", "UA")
    assert len(article.topics) == 1
    assert (article.thread, article.draft, article.lang, article.authors) == ("sumy", True, "en-GB", ("Desk",))
    assert article.embargo == dt.datetime(2025, 7, 1, 12, tzinfo=dt.UTC)
    assert article.expires == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    assert article.image == Image("map.png", "Map", "C", "Cap")
    assert article.aliases == ("/old/",)
    assert article.corrections == (Correction(dt.date(2025, 7, 2), "Wrong district."),)


def test_the_id_is_the_files_name_or_for_an_index_its_folders(desk: Desk) -> None:
    assert desk.article("", path="content/a/some-item.md").only().id == "some-item"
    (desk.root / "content/a/some-item.md").unlink()
    assert desk.article("", path="content/a/bundle/index.md").only().id == "bundle"


def test_the_body_begins_on_its_line(desk: Desk) -> None:
    article = desk.article("", "\nFirst.\n").only()
    assert (article.body, article.body_line) == ("\nFirst.\n", 5)


@pytest.mark.parametrize(
    ("front", "code", "place", "hint"),
    [
        ("date: 2025-02-30\n", "D205", "2:7", "expected e.g. 2025-02-28 or 2025-02-28T09:30+00:00"),
        ("date: soon\n", "D205", "2:7", "expected e.g. 2025-07-01"),
        ("updated: 2025-06-30\n", "D207", "2:10", "expected 2025-07-01 or later"),
        ("expires: 2025-06-30\n", "D207", "2:10", "expected 2025-07-01 or later"),
        ("embargo: never\n", "D205", "2:10", "expected e.g."),
        ("corrections: {date: 2025-13-01, text: T}\n", "D205", "2:21", "2025-12-01"),
        ("regions: [Ukrayne]\n", "D307", "2:11", "Ukraine"),
        ("topics: [UA, armed conflcit]\n", "D308", "2:10", ""),
        ("review: [Look.]\n", "D218", "2:9", "status: draft"),
        ("lang: english!\n", "D212", "2:7", "expected e.g. en"),
        ("id: Big News\n", "D501", "2:5", "write big-news"),
        (f"id: {LONG}\n", "D501", "2:5", "100 characters"),
        (f"thread: {LONG}\n", "D501", "2:9", "100 characters"),
        (f"claims: {{id: {LONG}, text: T.}}\n", "D501", "2:14", "100 characters"),
        (f"sources: {{by: {{name: {LONG}, kind: ngo}}}}\n", "D501", "2:22", "shorter than 100 characters"),
        (f"aliases: [/a/{LONG}/]\n", "D504", "2:11", "100 characters or fewer"),
        ("aliases: [/1/2/3/4/5/6/7/8/9/10/11]\n", "D504", "2:11", "10 parts"),
        ("thread: Sumy front\n", "D501", "2:9", "write sumy-front"),
        ("aliases: [old]\n", "D504", "2:11", "/old/address/"),
        ("aliases: [/a/../b]\n", "D504", "2:11", "/old/address/"),
        ("aliases: [/.digest/a/]\n", "D504", "2:11", "/old/address/"),
        ("aliases: [//example.org/a]\n", "D504", "2:11", "/old/address/"),
        ("aliases: /\n", "D504", "2:10", "/old/address/"),
        ("image: {src: ../../x.png, alt: A}\n", "D210", "2:14", "beside the article"),
        ("image: {src: /etc/passwd, alt: A}\n", "D210", "2:14", "beside the article"),
        ("image: {src: 'https://a.org/x.png', alt: A}\n", "D210", "2:14", "beside the article"),
        ("image: {src: none.png, alt: A}\n", "D209", "2:14", "expected the file content/none.png"),
    ],
)
def test_what_is_wrong_with_an_article_is_a_problem_at_its_place(
    desk: Desk, front: str, code: str, place: str, hint: str
) -> None:
    problem = desk.article(front).read().problems[0]
    assert (problem.code, str(problem.at)) == (code, f"content/item.md:{place}")
    assert problem.text == front.splitlines()[0]
    assert hint in problem.hint


def test_a_date_that_cannot_be_read_hides_nothing_else_and_makes_nothing_else_wrong(desk: Desk) -> None:
    desk.article(
        "date: soon\nupdated: 2025-07-02\nexpires: never\nregions: [Ukrayne]\ntopics: [armed conflcit]\n"
        "lang: english!\naliases: [old]\n"
        "claims:\n  - id: a\n    text: T.\n    statements: {by: nobody, said: 2025-07-01}\n"
    )
    codes = [problem.code for problem in desk.read().problems]
    assert sorted(codes) == ["D205", "D205", "D212", "D302", "D307", "D308", "D504"]


def test_ids_and_addresses_of_the_greatest_length_are_read(desk: Desk) -> None:
    alias = "/1/2/3/4/5/6/7/8/9/" + LONG[1:] + "/"
    article = desk.article(f"id: {LONG[1:]}\naliases: {alias}\n").only()
    assert (article.id, article.aliases) == (LONG[1:], (alias,))


def test_a_text_of_brackets_is_a_problem_and_nothing_else_is_looked_for(desk: Desk) -> None:
    desk.article("", "[x](javascript:y) [x]{clam=y}\n" + "[" * 300)
    desk.put("content/2025/07/01/_edition.md", "---\n---\n" + "[" * 300)
    assert [code for code, _ in desk.problems()] == ["D118", "D118"]
    reading = desk.read()
    assert reading.digest is not None
    assert (reading.digest.articles, reading.digest.notes) == ((), ())


def test_an_unknown_attribute_in_a_text_is_a_problem(desk: Desk) -> None:
    assert desk.article("", "A [word]{clam=a}.\n").problem().code == "D414"


def test_times_with_and_without_an_offset_do_not_mix(desk: Desk) -> None:
    desk.article("date: 2025-07-01T09:30+01:00\nupdated: 2025-07-01 12:00\nexpires: 2026-01-01\n")
    problem = desk.problem()
    assert (problem.code, str(problem.at)) == ("D206", "content/item.md:3:10")
    assert problem.message == "“2025-07-01 12:00” has no offset, but “2025-07-01T09:30+01:00” has one"
    assert problem.hint == "write 2025-07-01T12:00+01:00"
    assert [str(at) for at in problem.also] == ["content/item.md:2:7"]


def test_a_file_name_that_is_no_id_is_answered_with_an_id(desk: Desk) -> None:
    problem = desk.article("", path="content/Big News.md").problem()
    assert (problem.code, problem.hint) == ("D501", "add the line id: big-news")


def test_a_note_takes_its_day_from_its_date_or_its_folders(desk: Desk) -> None:
    desk.put("content/2025/07/01/_edition.md", "---\ntitle: Today\nauthors: E\n---\nHello\n")
    desk.put("content/notes/_edition.md", "---\ndate: 2025-07-02\n---\n")
    reading = desk.read()
    assert reading.digest is not None
    assert [(n.day, n.title, n.authors, n.body) for n in reading.digest.notes] == [
        (dt.date(2025, 7, 1), "Today", ("E",), "Hello\n"),
        (dt.date(2025, 7, 2), "", (), ""),
    ]


def test_a_note_without_a_day_is_a_problem(desk: Desk) -> None:
    assert desk.put("content/_edition.md", "---\ntitle: Today\n---\n").problem().code == "D213"


def _sent(value: T) -> T:
    copy: T = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own value, as a process pool sends it
    return copy


def test_what_a_worker_needs_and_gives_can_be_pickled() -> None:
    data = b"---\ntitle: T\ndate: 2025-07-01\nregions: UA\nimage: {src: a.png}\n---\n[x](javascript:y)"
    context = _sent(CONTEXT)
    here = parse_article("content/a.md", data, CONTEXT)
    assert _sent(here) == here == parse_article("content/a.md", data, context)
    assert here[1]


@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_problems(data: bytes) -> None:
    parsed, problems = parse_article("content/a.md", b"---\ntitle: T\ndate: 2025-07-01\n" + data, CONTEXT)
    assert parsed.article or problems


LINES = [
    "title: T",
    "date: 2025-07-01",
    "date: 2025-07-01T10:00Z",
    "updated: 10",
    "claims:",
    "  - id: c",
    "    text: T",
    "    statements: [reuters, {by: {}}]",
    "    override: {label: x}",
    "sources: [a, {b: c}]",
    "image: {src: ..}",
    "regions: [UA, [x], {}]",
    "aliases: [/x]",
    "by: mapping",
    "---",
    "[x]{claim=c} `y`",
    "<data:text>",
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines_are_an_article_or_problems(lines: list[str]) -> None:
    data = "\n".join(["---", *lines]).encode()
    parsed, problems = parse_article("content/a.md", data, CONTEXT)
    assert parsed.article or problems
    parse_note("content/_edition.md", data, CONTEXT)
