"""What is done at compile time changes no byte of any page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from digest.build.memory import make_index
from digest.content import read
from digest.pages.compose import Composer
from digest.pages.plan import FAMILIES, compose_page, compose_site, plan
from digest.pages.sheet import Document
from digest.pages.tongue import Tongue
from digest.render.environment import FastEnvironment, ThemeEnvironment, escaped
from digest.render.inline_json import as_json
from digest.render.structured import structured
from digest.render.templates import Renderer
from digest.render.theme import theme
from tests.build.test_build import CLOCK
from tests.digests import SETTINGS, small_digest, write
from tests.render.test_templates import PAGE, SITE


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none()))
def test_escaping_gives_what_markupsafe_gives(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_every_page_is_the_same_as_from_plain_jinja(tmp_path: Path, language: str) -> None:
    root = small_digest(tmp_path)
    write(root, {"digest.yaml": f"{SETTINGS}language: {language}\n"})
    digest = read(root).digest
    assert digest is not None
    look, tongue, index = theme(root), Tongue(language), make_index(digest, CLOCK)
    ours = FastEnvironment(look, tongue)
    plain = Environment(
        loader=FileSystemLoader([str(f) for f in look.folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    plain.install_gettext_callables(tongue.gettext, tongue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    plain.globals["once"] = lambda macro, *values: macro(*values)
    plain.globals["structured"] = structured
    plain.filters["json"] = as_json
    composer = Composer(index, tongue)
    site = compose_site(digest.settings, tongue, str, "digest")
    for planned in (p for p in plan(index) if FAMILIES[p.family].template):
        page, sheet = compose_page(composer, planned)
        family = FAMILIES[planned.family]
        for template in () if isinstance(sheet.view, Document) else (family.template, *family.beside):
            found, expected = (
                e.get_template(template).render(site=site, page=page, view=sheet.view) for e in (ours, plain)
            )
            assert found == expected, planned.address


def rendered(folder: Path, files: dict[str, str], value: object) -> tuple[str, str]:
    """What both environments make of main.html."""
    write(folder, {f"templates/{name}": text for name, text in files.items()})
    look = theme(folder)
    fast, careful = FastEnvironment(look, Tongue("en")), ThemeEnvironment(look, Tongue("en"))
    one, other = (e.get_template("main.html").render(view=value) for e in (fast, careful))
    return one, other


MACROS = """{% macro low(x) %}<i>{{ x }}</i>{% endmacro %}
{% macro mid(x, y="none") %}
{% set z = y %}{{ low(x) }}-{{ z }}{% for a in x %}{{ loop.index }}{{ low(a) }}{% endfor %}
{% endmacro %}
{% macro twice(x) %}{{ low(low(x)) }}{% endmacro %}
{% macro deep(x) %}{% if x %}[{{ deep(x[1:]) }}]{% endif %}{% endmacro %}
{% macro page(x) %}{{ x }}{{ caller is defined }}{% endmacro %}"""


@pytest.mark.parametrize(
    "main",
    [
        "{% from 'm.html' import mid %}{{ mid(view) }}{{ mid('<b>', 'y') }}{{ mid(view, y='k') }}",
        "{% from 'm.html' import twice, deep as down %}{{ twice('<') }}{{ down('abc') }}",
        "{% from 'm.html' import low %}{% set low2 = low('a') %}{{ low2 }}{{ low('b') | upper }}",
        "{% from 'm.html' import page %}{{ page('a') }}{% call page('b') %}c{% endcall %}",
        "{% set x = 1 %}{% from 'm.html' import low %}{{ low(x) }}{% for x in view %}{{ low(x) }}{% endfor %}{{ x }}",
        "{% set part = 'p.html' %}{% set x = 'out' %}{% include 'p.html' %}{{ x }}{% include part %}",
        "{% for x in view %}{% include 'p.html' %}{{ loop.index }}{% endfor %}",
        "{% include ['none.html', 'p.html'] %}{% include 'none.html' ignore missing %}",
        "{% from 'm.html' import low %}{% for x in view + view %}{{ once(low, x) }}{{ once(low, '!') }}{% endfor %}",
        "{{ view.x is defined }}{{ view[0].y is undefined }}{{ view | length }}",
    ],
)
def test_whatever_a_template_does_it_is_the_same_folded(tmp_path: Path, main: str) -> None:
    part = "{% from 'm.html' import low %}{{ low(x | default('no x')) }}{% set x = 'in' %}{{ x }}"
    found, expected = rendered(tmp_path, {"main.html": main, "m.html": MACROS, "p.html": part}, ["<a>", "b"])
    assert found == expected


def test_a_mappings_item_is_found_with_care(tmp_path: Path) -> None:
    write(tmp_path, {"templates/main.html": "{{ view.key }} {{ view.inner.key | default('none') }}"})
    renderer = Renderer(theme(tmp_path), Tongue("en"), tmp_path)
    view = {"key": "value", "inner": {}}
    assert renderer.render("main.html", SITE, PAGE, view) == b"value none"
