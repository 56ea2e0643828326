"""Mistakes are repaired where only one thing can have been meant, and left alone everywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.content.catalogue import regions, topics
from digest.content.context import Context, Lookup
from digest.content.document import decode
from digest.content.registry import parse_registry
from digest.model import Settings
from digest.problems import Location, Problem
from digest.writing.dates import iso_date
from digest.writing.proofs import _PROOFS
from digest.writing.repair import repaired
from digest.writing.reread import problems_of
from digest.writing.slips import Slip, meant_name, slip

SETTINGS = Settings("Test", timezone="Europe/London")
SOURCES = """\
parties:
  russia: {name: Russia}
sources:
  tass: {name: Tass, kind: agency, controlled_by: russia}
  reuters: {name: Reuters, kind: agency, aliases: [Thomson Reuters]}
  uk-mod: {name: UK Ministry of Defence, kind: military}
  bbc: {name: BBC, kind: outlet}
  abc: {name: ABC, kind: outlet}
"""
_REGISTERED, _ = parse_registry(decode("content/sources.yaml", SOURCES.encode())[0] or pytest.fail("no text"), SETTINGS)
CONTEXT = Context(SETTINGS, _REGISTERED or pytest.fail("no registry"), Lookup(regions("en")), Lookup(topics("en")))
PATH = "content/2025/07/01/x.md"
BASE = "title: A title\ndate: 2025-07-01\n"
CLAIM = "claims:\n  - id: c\n    text: T.\n    statements: [{}]\n"


def fix(front: str, path: str = PATH) -> tuple[str, list[str]]:
    """The front matter after repair, and the codes of what was repaired."""
    data = f"---\r\n{front}---\r\nText  \r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()
    made, done = repaired(path, data, [], CONTEXT, ())
    if done:
        assert len(problems_of(path, made, CONTEXT)) < len(problems_of(path, data, CONTEXT)) or "D101" in str(done)
    text = made.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert text.endswith("---\r\nText  \r\n")
    return text.replace("\r\n", "\n")[4:-11], [repair.code for repair in done]


def said(what: str) -> str:
    """Front matter with one statement."""
    return BASE + CLAIM.replace("{}", f"{{{what}}}")


PROVEN = [
    ("title: War: day 3\ndate: 2025-07-01\n", 'title: "War: day 3"\ndate: 2025-07-01\n', "D101"),
    ('title: He said: "no"\ndate: 2025-07-01\n', "title: 'He said: \"no\"'\ndate: 2025-07-01\n", "D101"),
    (BASE + "topic: war\n", BASE + "topics: war\n", "D201"),
    (BASE + "regoins: [UA]   # why\n", BASE + "regions: [UA]   # why\n", "D201"),
    (BASE.replace("title:", "Title:"), BASE, "D201"),
    (said("by: tass, derived-from: bbc"), said("by: tass, derived_from: bbc"), "D201"),
    (said("by: tass, says: denis"), said("by: tass, says: denies"), "D204"),
    (said("by: tass, says: Denies"), said("by: tass, says: denies"), "D204"),
    (said("by: tass, basis: first-hand"), said("by: tass, basis: first_hand"), "D204"),
    (BASE.replace("2025-07-01", "1 July 2025"), BASE, "D205"),
    (BASE.replace("2025-07-01", "2025/7/1"), BASE, "D205"),
    (said("by: tass, recorded: 2025/07/02"), said("by: tass, recorded: 2025-07-02"), "D205"),
    (BASE + "lang: en_GB\n", BASE + "lang: en-GB\n", "D212"),
    (said("by: Reuters"), said("by: reuters"), "D302"),
    (said("by: UK Ministry of Defence"), said("by: uk-mod"), "D302"),
    (said("by: tass, via: [thomson reuters, bbc]"), said("by: tass, via: [reuters, bbc]"), "D302"),
    (said("by: reuter"), said("by: reuters"), "D302"),
    (said("by: reutres"), said("by: reuters"), "D302"),
    (said("by: {name: Reuters, kind: agency}"), said("by: reuters"), "D305"),
    (
        BASE + "claims: [{id: c, text: T., harms: [Russia]}]\n",
        BASE + "claims: [{id: c, text: T., harms: [russia]}]\n",
        "D301",
    ),
    (BASE + "regions: [Ukrane, FR]\n", BASE + "regions: [Ukraine, FR]\n", "D307"),
    (BASE + "topics: [diplomcy]\n", BASE + "topics: [diplomacy]\n", "D308"),
    (BASE + "aliases: [old/place/]\n", BASE + "aliases: [/old/place/]\n", "D504"),
]


@pytest.mark.parametrize(
    ("wrong", "right", "code"), PROVEN, ids=[f"{code} {i}" for i, (_, _, code) in enumerate(PROVEN)]
)
def test_what_can_only_have_been_meant_is_written(wrong: str, right: str, code: str) -> None:
    assert fix(wrong) == (right, [code])
    assert fix(right) == (right, [])


def test_several_mistakes_are_repaired_one_by_one() -> None:
    claims = "claims:\n  - id: c\n    text: TEXT\n    statement: {by: Tass, says: so}\n"
    front = "titel: War: day 3\ndate: 1 July 2025\n" + claims.replace("TEXT", "Now: T.")
    made, codes = fix(front)
    assert made == 'title: "War: day 3"\ndate: 2025-07-01\n' + claims.replace("TEXT", '"Now: T."')
    assert sorted(codes) == ["D101", "D101", "D201", "D205"]


NOT_PROVEN = {
    "a comment behind the colon": "title: War: day 3 # or so\ndate: 2025-07-01\n",
    "two lines that became one": "title: War date: 2025-07-01\n",
    "a key in the value": "title: summary: War\ndate: 2025-07-01\n",
    "a key that is there already": BASE + "titel: Another\n",
    "two keys that may both be the one": BASE + "summry: One\nsumary: Two\n",
    "a key between two": BASE + "claims: [{id: c, text: T., statements: [{by: tass, sais: 2025-07-01}]}]\n",
    "a key whose value would be wrong": BASE + "regoins: [Nowhereland]\n",
    "a word far from all": said("by: tass, says: confirms"),
    "a day in either order": BASE.replace("2025-07-01", "01/07/2025"),
    "a day that is none": BASE.replace("2025-07-01", "2025-02-30"),
    "a name of two letters in another place": said("by: us-mod"),
    "a short id between two": said("by: bbd"),
    "a name unlike any": said("by: xinhua"),
    "a country between two": BASE + "regions: [Austrlia]\n",
    "a source in place of which more is said": said("by: {name: Reuters, kind: agency, country: UK}"),
    "a source in place of another kind": said("by: {name: Reuters, kind: outlet}"),
    "a thread that is no id": BASE + "thread: A thread\n",
    "an address that may be a web site": BASE + "aliases: [https://example.org/a/]\n",
    "times with and without offset": BASE.replace("07-01", "07-01T09:30Z") + "updated: 2025-07-02T08:00\n",
}


@pytest.mark.parametrize("front", NOT_PROVEN.values(), ids=NOT_PROVEN.keys())
def test_what_may_have_been_meant_otherwise_is_left_alone(front: str) -> None:
    assert fix(front) == (front, [])


def test_a_claim_that_no_article_defines_is_one_of_those_that_are() -> None:
    data = b"---\ntitle: A\ndate: 2025-07-01\nclaims:\n  - {id: brigde-safe}\n---\n"
    problem = Problem("D402", "no article defines it", Location(PATH, 5, 10))
    made, done = repaired(PATH, data, [problem], CONTEXT, ("bridge-safe", "road-safe"))
    assert made == data.replace(b"brigde", b"bridge")
    assert [repair.code for repair in done] == ["D402"]
    assert repaired(PATH, data, [problem], CONTEXT, ("bridge-safe", "bridges-safe"))[1] == []


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("digest.yaml", "titel: News\ntimezone: europe/kyiv\n", "title: News\ntimezone: Europe/Kyiv\n"),
        ("content/regions.yaml", "regions:\n  x-y: {nmae: Y}\n", "regions:\n  x-y: {name: Y}\n"),
        ("content/topics.yaml", "topic:\n  x-y: {name: Y}\n", "topics:\n  x-y: {name: Y}\n"),
        (
            "content/sources.yaml",
            "sources:\n  a: {name: A, kind: Fact-Checker}\n",
            "sources:\n  a: {name: A, kind: fact_checker}\n",
        ),
    ],
)
def test_registries_and_settings_are_repaired_likewise(path: str, wrong: str, right: str) -> None:
    made, done = repaired(path, wrong.encode(), [], CONTEXT, ())
    assert made.decode() == right
    assert done


def test_files_that_are_not_the_digests_are_none_of_its_business() -> None:
    assert repaired("README.md", b"---\ntitle: War: day 3\n---\n", [], CONTEXT, ()) == (
        b"---\ntitle: War: day 3\n---\n",
        [],
    )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025.7.1", "2025-07-01"),
        ("20250701", "2025-07-01"),
        ("1. July 2025", "2025-07-01"),
        ("July 1st, 2025", "2025-07-01"),
        ("1 Jul 2025", "2025-07-01"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("05.05.2025", "2025-05-05"),
        ("2025-07-01 9:30", "2025-07-01T09:30"),
        ("1 July 2025, 9:30 UTC", "2025-07-01T09:30Z"),
        ("2025/07/01T09:30:10+01:00", "2025-07-01T09:30:10+01:00"),
        ("1/7/2025", ""),
        ("31/11/2025", ""),
        ("July 2025", ""),
        ("2025", ""),
        ("tomorrow", ""),
        ("1 July 25", ""),
        ("2025-13-01", ""),
    ],
)
def test_a_date_in_another_form_is_read_where_it_can_be_one_day_only(text: str, date: str) -> None:
    assert iso_date(text, SETTINGS) == date


@pytest.mark.parametrize(
    ("word", "known", "kind"),
    [
        ("reuter", "reuters", Slip.MISSING),
        ("reuterss", "reuters", Slip.EXTRA),
        ("reutres", "reuters", Slip.SWAPPED),
        ("us-mod", "uk-mod", Slip.OTHER),
        ("reuters", "reuters", None),
        ("retuer", "reuters", None),
        ("claim-12", "claim-13", None),
        ("claim-1", "claim-12", None),
        ("", "", None),
        ("a", "", Slip.EXTRA),
    ],
)
def test_a_slip_is_one_thing_that_went_wrong(word: str, known: str, kind: Slip | None) -> None:
    assert slip(word, known) is kind


def test_a_name_that_two_have_is_nobodys() -> None:
    assert meant_name("City Post", {"City Post": "post-a", "city-post": "post-b"}) == ""
    assert meant_name("City Post", {"City Post": "post-a", "city-post": "post-a"}) == "City Post"


def test_the_guide_names_each_code_that_is_repaired(repository: Path) -> None:
    rows = (repository / "docs/writing.md").read_text(encoding="utf-8").partition("| code |")[2].partition("\n\n")[0]
    assert set(re.findall(r"D\d{3}", "".join(row.split("|")[1] for row in rows.splitlines()[2:]))) == {"D101", *_PROOFS}
