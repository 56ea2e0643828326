from __future__ import annotations

import pytest

from digest.content.body import unknown_claims, unsafe_links
from digest.content.document import File


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("[x](javascript:alert)", "1:5"),
        ("One\n\n[x](JaVaScRiPt:alert)", "3:5"),
        ("[x](javascript&colon;alert)", "1:5"),
        ("[x](&#106;avascript:alert)", ""),
        ("[x](&#x6A;avascript&#58;alert)", ""),
        ("[x](<java\tscript:alert>)", ""),
        ("[x](java&Tab;script:alert)", ""),
        ("[x](javascript\\:alert)", "1:5"),
        ("<javascript:alert>", "1:2"),
        ("![x](data:image/png;base64,xx)", "1:6"),
        ("*a **[x](vbscript:y)***", "1:10"),
        ("One\ntwo [x][r]\n\n[r]: data:text/html,x\n", "2:"),
        ("- a\n- [x](data:y)\n", "2:7"),
    ],
)
def test_links_that_run_or_embed_something_are_refused(body: str, place: str) -> None:
    problems = unsafe_links(File("a.md", "---\n---\n" + body), 8)
    assert {p.code for p in problems} == {"D211"}
    if ":" in place and not place.endswith(":"):
        line, column = (int(part) for part in place.split(":"))
        assert (problems[0].at.line, problems[0].at.column) == (line + 2, column)


@pytest.mark.parametrize(
    "body",
    [
        "The data: three figures.",
        "`[x](javascript:alert)`",
        "    [x](javascript:alert)",
        "[javascript: an introduction](https://example.org/javascript:x)",
        "R&D &amp; &#8217;",
        "[x](database:y)",
    ],
)
def test_words_that_only_look_like_such_links_are_read(body: str) -> None:
    assert unsafe_links(File("a.md", body), 0) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("The [figure]{claim=losse} here", "3:20"),
        ("a\n[b c]{.mark claim='losse' x=y}", "4:20"),
        ('[b]{claim="losse"}', "3:12"),
    ],
)
def test_a_claim_that_the_article_does_not_carry_is_a_problem(body: str, place: str) -> None:
    (problem,) = unknown_claims(File("a.md", "---\n---\n" + body), 8, {"losses", "other"})
    assert (problem.code, str(problem.at)) == ("D412", f"a.md:{place}")
    assert problem.hint == "did you mean losses?"


@pytest.mark.parametrize(
    "body",
    [
        "[x]{claim=losses}",
        "`[x]{claim=no}`",
        "``a ` [x]{claim=no}``",
        "```\n[x]{claim=no}\n```",
        "~~~ md\n\n[x]{claim=no}\n~~~\n",
        "    [x]{claim=no}",
        "[x]{disclaim=no}",
    ],
)
def test_known_claims_and_code_are_no_problem(body: str) -> None:
    assert unknown_claims(File("a.md", body), 0, {"losses"}) == []
