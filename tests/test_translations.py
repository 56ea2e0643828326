"""The catalogues in digest/translations/: whole, true to their phrases, and shown by a digest in their language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from digest.build.build import Options, build
from digest.labels.words import SCALES
from digest.model import Label
from digest.pages.tongue import Tongue
from tests.digests import small_digest
from tools.phrases import TEMPLATE, TRANSLATIONS, as_text, catalogue, faults, merged, phrases

LANGUAGES = ("ar", "de", "es", "fr", "ru", "uk")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%")
COUNT = {"%(num)s", "%(number)s"}

LABELS = {
    "de": "Bestätigt|Erhärtet|Einzelquelle|Angabe einer Seite|Ungeprüft|Strittig|Widerlegt|Zurückgezogen|Nicht prüfbar",
    "ar": "مؤكدة|مدعومة|مصدر واحد|رواية طرف واحد|لم يُتحقق منها|محل خلاف|ثبت خطؤها|سُحبت|لا يمكن التحقق منها",
}
"""The names of the nine labels, from strong to weak."""

ARTICLES = {
    "de": ("0 Artikel", "1 Artikel", "2 Artikel", "5 Artikel", "11 Artikel", "21 Artikel", "100 Artikel"),
    "es": ("0 artículos", "1 artículo", "2 artículos", "5 artículos", "11 artículos", "21 artículos", "100 artículos"),
    "fr": ("0 article", "1 article", "2 articles", "5 articles", "11 articles", "21 articles", "100 articles"),
    "ru": ("0 статей", "1 статья", "2 статьи", "5 статей", "11 статей", "21 статья", "100 статей"),
    "uk": ("0 статей", "1 стаття", "2 статті", "5 статей", "11 статей", "21 стаття", "100 статей"),
    "ar": ("لا مقالات", "مقال واحد", "مقالان", "5 مقالات", "11 مقالًا", "21 مقالًا", "100 مقال"),
}
"""“%(num)s articles” for 0, 1, 2, 5, 11, 21 and 100."""

ENGLISH = (
    "Skip to the text", "The newest edition", "How labels are worked out", "History of the label", "Who says what",
    "Through whom", "How they know", "Where it stands", "denies it", "own investigation", "Corroborated", "Claim<",
    "speaks for", "Made with", "both sides",
)  # fmt: skip
"""Phrases of a claim's page."""


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Every phrase that readers can see."""
    return phrases()


@pytest.fixture(scope="module", params=sorted(LABELS))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A language, and the small digest built in it."""
    root = small_digest(tmp_path_factory.mktemp(request.param))
    settings = root / "digest.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}language: {request.param}\n", encoding="utf-8")
    outcome = build(root, Options(datetime(2025, 8, 1, tzinfo=UTC), root / "site"))
    assert not outcome.failed, outcome.problems
    return request.param, root / "site"


def test_there_is_a_catalogue_for_each_language() -> None:
    assert sorted(path.stem for path in TRANSLATIONS.glob("*.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_translated(language: str, template: Catalog) -> None:
    assert list(faults(merged(TRANSLATIONS / f"{language}.po", template))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_the_phrases_of_the_code_and_nothing_else(language: str, template: Catalog) -> None:
    path = TRANSLATIONS / f"{language}.po"
    assert path.read_bytes() == as_text(merged(path, template)), "run python -m tools.phrases"


def test_the_template_for_translators_is_up_to_date(template: Catalog) -> None:
    assert TEMPLATE.read_bytes() == as_text(template), "run python -m tools.phrases"


def test_phrases_of_templates_calls_and_tables_are_all_collected(template: Catalog) -> None:
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in template}
    assert {
        "Who says what", "said %(day)s", "%(num)s claim now", "All editions of %(month)s.", "It rests on %(grounds)s.",
        "Only one side says so: %(sources)s, speaking for %(parties)s.", "One side’s claim", "armed group",
        "speaks for %(party)s", "None of the above", "Everything else", "Has not commented", "no comment from %(who)s",
        "Threads",
    } <= found  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_phrase(language: str) -> None:
    made = catalogue(TRANSLATIONS / f"{language}.po")
    wrong = [form for message in made if message.id for form in _with_other_placeholders(message, language)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_fit_their_numbers(language: str) -> None:
    say = Tongue(language).ngettext
    numbers = (0, 1, 2, 5, 11, 21, 100)
    assert tuple(say("%(num)s article", "%(num)s articles", n) % {"num": n} for n in numbers) == ARTICLES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_labels_share_a_name(language: str) -> None:
    names = [Tongue(language).gettext(scale.name) for scale in SCALES.values()]
    assert len({name.casefold() for name in names}) == len(Label)


def test_a_regional_tag_uses_its_languages_catalogue() -> None:
    assert Tongue("de-AT").gettext("Disputed") == "Strittig"
    assert Tongue("nl").gettext("Disputed") == "Disputed"


def test_a_digest_names_the_labels_in_its_language(site: tuple[str, Path]) -> None:
    language, folder = site
    page = (folder / "labels/index.html").read_text(encoding="utf-8")
    assert [name for name in LABELS[language].split("|") if f"</svg>{name}</span>" not in page] == []
    claim = (folder / "claims/village-retaken/index.html").read_text(encoding="utf-8")
    assert f"</svg>{LABELS[language].split('|')[1]}</span>" in claim


def test_pages_say_their_language_and_direction_and_dates_in_it(site: tuple[str, Path]) -> None:
    language, folder = site
    page = (folder / "2025/07/01/index.html").read_text(encoding="utf-8")
    direction, day = {"de": ("ltr", "Dienstag, 1. Juli 2025"), "ar": ("rtl", "الثلاثاء، 1 يوليو 2025")}[language]
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'<time datetime="2025-07-01">{day}</time>' in page


def test_no_english_is_left_around_a_claim(site: tuple[str, Path]) -> None:
    page = (site[1] / "claims/village-retaken/index.html").read_text(encoding="utf-8")
    assert [phrase for phrase in ENGLISH if phrase in page] == []


def _with_other_placeholders(message: Message, language: str) -> list[str]:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = sorted(set(PLACEHOLDER.findall(originals[0])))
    assert all(sorted(set(PLACEHOLDER.findall(o))) == wanted for o in originals)
    wrong = []
    for index, form in enumerate(forms):
        found = sorted(PLACEHOLDER.findall(form))
        in_words = language == "ar" and len(forms) > 1 and index < 3  # for none, one and two Arabic needs no figure
        if found not in ([wanted, sorted(set(wanted) - COUNT)] if in_words else [wanted]):
            wrong.append(form)
    return wrong
