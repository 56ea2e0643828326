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
from digest.pages.tongue import Tongue
from digest.render.environment import ThemeEnvironment, escaped
from digest.render.theme import theme
from tests.build.test_build import CLOCK
from tests.digests import SETTINGS, small_digest, write


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
    ours = ThemeEnvironment(look, tongue)
    plain = Environment(
        loader=FileSystemLoader([str(f) for f in look.folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    plain.install_gettext_callables(tongue.gettext, tongue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    composer = Composer(index, tongue)
    site = compose_site(digest.settings, tongue, "a.css", "b.svg", "digest")
    for planned in plan(index):
        page, sheet = compose_page(composer, planned)
        template = FAMILIES[planned.family].template
        found, expected = (
            e.get_template(template).render(site=site, page=page, view=sheet.view) for e in (ours, plain)
        )
        assert found == expected, planned.address
