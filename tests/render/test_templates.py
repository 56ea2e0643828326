"""A template and a view give bytes, or a problem that leads to the template's line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from digest.pages.parts import Page, Site
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem
from digest.render.templates import Renderer
from digest.render.theme import Theme
from tests.digests import write

SITE = Site("Test & digest", "", "", "", "", "", "en", "ltr", "", "", "", "", (), "")
PAGE = Page("article", "A bridge", "", "2025/07/02/bridge/", "../../../../", "", ())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "digest"


def render(root: Path, files: dict[str, str], view: object = None, tongue: Tongue | None = None) -> bytes | Problem:
    """Render page.html; files under default/ are the default theme."""
    write(root, {name if name.startswith("../") else f"templates/{name}": text for name, text in files.items()})
    theme = Theme((root / "templates", root.parent / "default"), ())
    return Renderer(theme, tongue or Tongue("en"), root).render("page.html", SITE, PAGE, view)


def problem(found: bytes | Problem) -> Problem:
    assert isinstance(found, Problem)
    return found


def test_a_template_sees_site_page_and_view(root: Path) -> None:
    text = "{{ site.title }}|{{ page.root }}|{{ view.words | join(' ') }} ü"
    found = render(root, {"page.html": text}, SimpleNamespace(words=("a", "b")))
    assert found == "Test &amp; digest|../../../../|a b ü".encode()


def test_text_is_escaped_in_attributes_too_unless_the_template_says_that_it_is_safe(root: Path) -> None:
    view = SimpleNamespace(text="\"'<b>&", body_html="<b>&amp;</b>")
    found = render(root, {"page.html": '<i title="{{ view.text }}">{{ view.body_html | safe }}</i>'}, view)
    assert found == b'<i title="&#34;&#39;&lt;b&gt;&amp;"><b>&amp;</b></i>'


def test_lines_that_hold_only_a_statement_leave_nothing(root: Path) -> None:
    assert render(root, {"page.html": "a\n  {% if true %}\nb\n  {% endif %}\nc\n"}) == b"a\nb\nc"


class Loud(Tongue):
    """A language in which a page is a PAGE."""

    def gettext(self, phrase: str, /) -> str:
        return phrase.replace("page", "PAGE")

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return self.gettext(singular if number == 1 else plural)


def test_phrases_are_in_the_readers_language_with_values_escaped(root: Path) -> None:
    counted = "{% trans count=2 %}{{ count }} page{% pluralize %}{{ count }} pages{% endtrans %}"
    text = "{% trans %}a page{% endtrans %}, " + counted + ", {{ gettext('page %(n)s', n='<') }}"
    assert render(root, {"page.html": text}, tongue=Loud("en")) == b"a PAGE, 2 PAGEs, PAGE &lt;"


def test_a_name_that_nobody_gave_is_a_problem_even_where_it_is_only_shown(root: Path) -> None:
    found = problem(render(root, {"page.html": "a\n\n  {{ view.nothing }}"}, SimpleNamespace()))
    assert (found.code, found.at, found.text) == ("D603", Location("templates/page.html", 3, 1), "  {{ view.nothing }}")
    assert found.hint.splitlines() == [
        "docs/templates.md lists what each template may use",
        "while rendering /2025/07/02/bridge/ (“A bridge”)",
    ]


def test_a_problem_in_a_part_names_the_templates_that_led_to_it_nearest_first(root: Path) -> None:
    files = {
        "page.html": "\n{% include 'middle.html' %}",
        "middle.html": "{% include 'part.html' %}",
        "part.html": "\n\n{{ 1 / 0 }}",
    }
    found = problem(render(root, files))
    assert (found.code, found.message) == ("D604", "ZeroDivisionError: division by zero")
    assert found.at == Location("templates/part.html", 3, 1)
    assert found.also == (Location("templates/middle.html", 1, 1), Location("templates/page.html", 2, 1))
    assert "reached through templates/page.html:2:1 → templates/middle.html:1:1" in found.hint


def test_a_part_that_cannot_be_read_is_the_place_and_not_the_template_that_includes_it(root: Path) -> None:
    found = problem(render(root, {"page.html": "{% include 'part.html' %}", "part.html": "a\n{% if %}"}))
    assert (found.code, found.at, found.text) == ("D601", Location("templates/part.html", 2, 1), "{% if %}")
    assert found.also == (Location("templates/page.html", 1, 1),)


def test_a_problem_in_the_default_theme_says_so(root: Path) -> None:
    found = problem(render(root, {"../default/page.html": "\n{{ nobody }}"}))
    assert (found.at, found.text) == (Location("(default theme)/page.html", 2, 1), "{{ nobody }}")


def test_a_page_whose_template_is_missing_is_a_problem(root: Path) -> None:
    found = problem(render(root, {"other.html": ""}))
    assert (found.code, found.at) == ("D602", Location("templates/page.html"))
    assert found.message == "there is no template “page.html”"


def test_what_an_expression_raises_is_a_problem_in_the_template(root: Path) -> None:
    def failing() -> str:
        raise KeyError("x")

    found = problem(render(root, {"page.html": "{{ view.failing() }}"}, SimpleNamespace(failing=failing)))
    assert (found.code, found.message, found.at.line) == ("D604", "KeyError: 'x'", 1)
