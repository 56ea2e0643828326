"""Social cards are files of the site like its pages: drawn only where their text changes, and deleted with them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from digest.build import planning
from digest.build.build import Options, build
from tests.build.test_incremental import CLOCK, clean_tree, run, tree
from tests.digests import FRONT, SETTINGS, png, small_digest, write

CARD = "social-card.png"
EDITIONS = {f"2025/07/01/{CARD}", f"2025/07/02/{CARD}"}
ARTICLES = {f"2025/07/01/village/{CARD}", f"2025/07/02/monitors/{CARD}", f"2025/07/02/bridge/{CARD}"}
VILLAGE = "content/2025/07/01/village.md"


def choose(root: Path, cards: str, url: str = "https://example.org/a/") -> None:
    text = SETTINGS.replace("https://example.org/a/", url) if url else "title: Test digest\ntimezone: Europe/Kyiv\n"
    write(root, {"digest.yaml": f"{text}outputs: {{cards: {cards}}}\n"})


def cards(root: Path) -> set[str]:
    return {name for name in tree(root) if name.endswith(".png")}


def drawn_after(root: Path, files: dict[str, str]) -> set[str]:
    """The cards that a build draws anew after a change; site and record then agree with a clean build."""
    write(root, files)
    made = {address for address, _why in run(root).rendered if address.endswith(".png")}
    assert tree(root) == clean_tree(root)
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_digest(tmp_path / "digest")
    choose(root, "articles")
    run(root)
    return root


@pytest.mark.parametrize(
    ("chosen", "expected"), [("none", set()), ("editions", EDITIONS), ("articles", EDITIONS | ARTICLES)]
)
def test_the_settings_choose_which_pages_have_cards(root: Path, chosen: str, expected: set[str]) -> None:
    choose(root, chosen)
    run(root)
    assert cards(root) == expected
    assert tree(root) == clean_tree(root)


def test_without_a_choice_editions_have_cards(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    assert cards(root) == EDITIONS


def test_a_digest_without_an_address_has_none(root: Path) -> None:
    choose(root, "articles", url="")
    run(root)
    assert cards(root) == set()
    assert b"og:" not in tree(root)["2025/07/01/index.html"]


def test_every_card_is_a_picture_that_its_page_names(root: Path) -> None:
    site = tree(root)
    for name in EDITIONS | ARTICLES:
        assert site[name].startswith(b"\x89PNG\r\n\x1a\n")
        page = site[name.replace(CARD, "index.html")].decode()
        assert f'<meta property="og:image" content="https://example.org/a/{name}">' in page


def test_an_article_without_a_card_of_its_own_goes_with_its_editions(root: Path) -> None:
    choose(root, "editions")
    run(root)
    site = tree(root)
    name = f'content="https://example.org/a/2025/07/02/{CARD}"'
    assert name in site["2025/07/02/bridge/index.html"].decode()
    assert name in site["index.html"].decode()
    assert "og:image" not in site["labels/index.html"].decode()


def test_an_article_with_a_drawing_goes_with_its_editions_as_networks_show_no_svg(root: Path) -> None:
    choose(root, "editions")
    write(root, {VILLAGE: FRONT.replace("claims:\n", "image: {src: map.svg, alt: A map}\nclaims:\n", 1)})
    (root / VILLAGE).with_name("map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    run(root)
    page = tree(root)["2025/07/01/village/index.html"].decode()
    assert f'<meta property="og:image" content="https://example.org/a/2025/07/01/{CARD}">' in page
    choose(root, "none")
    run(root)
    assert "og:image" not in tree(root)["2025/07/01/village/index.html"].decode()


def test_the_text_of_an_article_draws_no_card(root: Path) -> None:
    assert drawn_after(root, {VILLAGE: FRONT.replace("Kyiv said", "Officials said")}) == set()


def test_another_summary_or_region_draws_no_card(root: Path) -> None:
    text = FRONT.replace("one village is back", "a village is back").replace("[UA-59, RU]", "[UA]")
    assert drawn_after(root, {VILLAGE: text}) == set()


def test_another_title_draws_the_articles_card_alone(root: Path) -> None:
    changed = {VILLAGE: FRONT.replace("Kyiv reports a village", "A village is")}
    assert drawn_after(root, changed) == {f"2025/07/01/village/{CARD}"}


def test_another_label_draws_the_cards_that_show_it(root: Path) -> None:
    text = FRONT.replace("basis: own_investigation, recorded: 2025-07-02", "basis: own_investigation")
    assert drawn_after(root, {VILLAGE: text}) == {f"2025/07/01/{CARD}"}
    denied = text.replace("says: supports", "says: denies")
    assert drawn_after(root, {VILLAGE: denied}) >= {f"2025/07/01/{CARD}", f"2025/07/01/village/{CARD}"}


def test_another_look_of_the_site_draws_no_card(root: Path) -> None:
    assert drawn_after(root, {"templates/assets/digest.css": "p { color: red }"}) == set()
    assert drawn_after(root, {"templates/article.html": "{{ view.title }}"}) == set()


def test_another_name_of_the_digest_draws_all(root: Path) -> None:
    text = SETTINGS.replace("Test digest", "Another digest") + "outputs: {cards: articles}\n"
    assert drawn_after(root, {"digest.yaml": text}) == EDITIONS | ARTICLES


def test_other_fonts_draw_all(root: Path) -> None:
    with patch.object(planning, "tools", lambda: b"other fonts"):
        outcome = run(root)
    assert {address for address, _why in outcome.rendered} == EDITIONS | ARTICLES


def test_a_second_build_draws_nothing(root: Path) -> None:
    assert run(root).rendered == ()


def test_the_card_moves_and_goes_with_its_article(root: Path) -> None:
    write(root, {VILLAGE: FRONT.replace("date: 2025-07-01T09:30", "date: 2025-07-02")})
    run(root)
    assert cards(root) == {f"2025/07/02/{CARD}", f"2025/07/02/village/{CARD}"} | (
        ARTICLES - {f"2025/07/01/village/{CARD}"}
    )
    (root / VILLAGE).unlink()
    (root / "content/2025/07/02/monitors.md").unlink()
    run(root)
    assert cards(root) == {f"2025/07/02/{CARD}", f"2025/07/02/bridge/{CARD}"}
    assert tree(root) == clean_tree(root)


@pytest.mark.parametrize("field", ["status: draft", "embargo: 2099-01-01", "expires: 2025-07-20"])
def test_what_is_not_out_has_no_card(root: Path, field: str) -> None:
    quiet = f"---\ntitle: Canary\ndate: 2025-07-05\n{field}\n---\nText.\n"
    write(root, {"content/canary.md": quiet})
    run(root)
    assert cards(root) == EDITIONS | ARTICLES


def test_a_picture_that_wants_a_cards_name_is_a_problem(root: Path) -> None:
    text = FRONT.replace("thread: front", f"image: {{src: {CARD}, alt: A map}}")
    write(root, {VILLAGE: text})
    (root / "content/2025/07/01" / CARD).write_bytes(png())
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert [p.code for p in outcome.problems] == ["D808"]
