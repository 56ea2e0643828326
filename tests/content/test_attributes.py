from __future__ import annotations

import pytest

from digest.content.attributes import unknown_attributes
from digest.content.document import File


@pytest.mark.parametrize(
    ("body", "place", "hint"),
    [
        ("The [words]{clam=a} here", "3:13", "did you mean claim=a?"),
        ("One\n[a [b]]{claim=x clams='y z'}", "4:17", "did you mean claim='y z'?"),
        ("[words]{.mark claim=a}", "3:9", "delete it: only claim= is read"),
        ("[words]{#top}", "3:9", "delete it: only claim= is read"),
        ("See [x](/a_(b)){claim=a}.", "3:17", "write [[x](/a_(b))]{claim=a}"),
        ("[x](/a){target=b}", "3:9", "delete it: only claim= is read"),
    ],
)
def test_an_attribute_that_is_not_read_is_a_problem_at_its_place(body: str, place: str, hint: str) -> None:
    (problem,) = unknown_attributes(File("a.md", "---\n---\n" + body), 8)
    assert (problem.code, str(problem.at), problem.hint) == ("D414", f"a.md:{place}", hint)


@pytest.mark.parametrize(
    "body",
    [
        "[words]{claim=a}",
        "[[x](/a)]{claim=a}",
        "[it]{sic}",
        "`[x]{clam=a}`",
        "~~~\n[x](/a){claim=a}\n~~~",
        "no words]{clam=a}",
        "[one\n\ntwo]{clam=a}",
        "[x\\]{clam=a}",
        "set(x){a=b}",
    ],
)
def test_known_attributes_and_other_braces_are_no_problem(body: str) -> None:
    assert unknown_attributes(File("a.md", body), 0) == []
