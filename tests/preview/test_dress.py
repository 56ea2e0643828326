"""What is put around pages: safe, and around the page rather than in it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from digest import starter
from digest.preview.behind import Behind, ClaimLine, State, count_words
from digest.preview.dress import Dresser, Editor, Worn
from digest.problems import Location, Problem

PAGE = b"<!doctype html><html><head></head><body class=inner><p>Text.</p></body></html>"
AT = Location("content/a b.md", 3, 5)


def dressed(problem: Problem, editor: str = "") -> str:
    return Dresser().dress(PAGE, Worn("a/", Behind(), [problem]), Editor(Path("/desk"), editor)).decode()


def test_the_page_itself_stays_as_it_is() -> None:
    made = Dresser().dress(PAGE, Worn("a/", Behind(), []), Editor(Path("/desk"), ""))
    assert made.startswith(PAGE.partition(b"</body>")[0])
    assert made.endswith(b"</body></html>")


def test_what_stands_in_the_text_cannot_become_markup() -> None:
    made = dressed(Problem("D302", "no source “<script>”", AT, text="by: <img onerror=x>", hint="<b>"))
    assert "<img" not in made
    assert "<b>" not in made
    assert made.count("<script") == 1


def test_our_own_words_stay_english_on_pages_that_run_from_right_to_left() -> None:
    state = State("draft", "Draft: no build has this.")
    claim = ClaimLine("نص", "مصدر واحد", "لماذا", "claims/a/", AT)
    worn = Worn("a/", Behind(True, AT, state, 4, (claim,)), [])
    made = Dresser().dress(PAGE, worn, Editor(Path("/desk"), "")).decode()
    assert '<digest-preview id="digest-preview" lang="en" dir="ltr"' in made
    assert '<p role="note" lang="en" dir="ltr"' in made
    assert '<p class="says" dir="auto">نص' in made


def test_the_caret_stands_below_its_column() -> None:
    assert "  by: x\n    ^</pre>" in dressed(Problem("D302", "m", AT, text="  by: x"))


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("vscode://file/{path}:{line}:{column}", "vscode://file/desk/content/a%20b.md:3:5"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/desk/content/a%20b.md&line=3"),
        ("javascript:alert('{path}')", ""),
        ("{path}", ""),
        ("", ""),
    ],
)
def test_places_are_links_where_the_settings_name_an_editor(pattern: str, link: str) -> None:
    assert Editor(Path("/desk"), pattern).place(AT).link == link


def test_the_pattern_that_a_new_digest_proposes_makes_links() -> None:
    lines = (files(starter) / "files/digest.yaml").read_text(encoding="utf-8").splitlines()
    pattern = next(line for line in lines if line.startswith("# editor:")).partition(": ")[2]
    assert Editor(Path("/desk"), pattern).place(AT).link == "vscode://file/desk/content/a%20b.md:3"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", 0),
        ("<p>One <b>two</b> three.</p>", 3),
        ("<p>Kyiv&#39;s 1,000 well-known men</p>", 4),
        ("<p>Слово — два</p>", 2),
    ],
)
def test_words_are_counted_as_readers_see_them(body: str, words: int) -> None:
    assert count_words(body) == words
