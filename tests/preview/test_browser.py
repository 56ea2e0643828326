"""The preview in a real browser: edits appear without a reload, problems lie over the page, tabs find their way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.digests import FRONT, write
from tests.preview.running import PATIENCE, Running, running, until
from tools.ports import free_port

LONG, VILLAGE = "2025/07/02/long/", "2025/07/01/village/"
DRAFT = "---\ntitle: Not yet\ndate: 2025-07-02\nstatus: draft\n---\nText that is not out.\n"
THEME = Path(__file__).parents[2] / "templates"

pytestmark = pytest.mark.xdist_group("preview")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab, which remembers whether it was loaded anew."""
    opened = browser.new_page(viewport={"width": 1000, "height": 700})
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    opened.close()


def visit(page: Page, preview: Running, address: str) -> None:
    """Open a page, and mark it so that a reload would show."""
    page.goto(preview.url + address, wait_until="load")
    page.evaluate("window.isTheSame = true")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def edit(path: Path, old: str, new: str) -> None:
    """Save in one step: a file that is half written would be a problem for as long as a busy machine takes."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text.replace(old, new, 1), encoding="utf-8")
    beside.replace(path)


def test_an_edit_appears_without_a_reload_and_the_reader_stays_in_place(preview: Running, page: Page) -> None:
    visit(page, preview, LONG)
    link = page.get_by_role("link", name="link").nth(40)
    link.focus()
    page.evaluate("window.scrollTo(0, document.querySelectorAll('.prose p')[38].offsetTop)")
    before = page.evaluate("window.scrollY")
    edit(preview.root / "content/2025/07/02/long.md", "Paragraph number 41 of", "Sentence number forty-one of")
    expect(page.locator(".prose")).to_contain_text("Sentence number forty-one")
    assert is_the_same(page)
    assert before > 0
    assert page.evaluate("window.scrollY") == before
    assert page.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_what_the_reader_opened_stays_open(preview: Running, page: Page) -> None:
    visit(page, preview, VILLAGE)
    claim = page.locator("li.claim details").first
    claim.locator("summary").click()
    edit(preview.root / "content/2025/07/01/village.md", "has been retaken.", "has been retaken at last.")
    expect(claim).to_contain_text("retaken at last")
    assert claim.evaluate("element => element.open")
    assert is_the_same(page)


def test_a_new_paragraph_above_moves_no_focus(preview: Running, page: Page) -> None:
    visit(page, preview, LONG)
    page.get_by_role("link", name="link").nth(60).focus()
    edit(
        preview.root / "content/2025/07/02/long.md", "Paragraph number 1 of", "Something new.\n\nParagraph number 1 of"
    )
    expect(page.locator(".prose")).to_contain_text("Something new.")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "https://example.org/60"


def test_a_problem_lies_over_the_last_good_page_until_it_is_mended(preview: Running, page: Page) -> None:
    path = preview.root / "content/2025/07/01/village.md"
    visit(page, preview, VILLAGE)
    edit(path, "{by: monitor,", "{by: monitr,")
    overlay = page.locator(".overlay")
    expect(overlay).to_be_visible()
    expect(overlay).to_contain_text("content/2025/07/01/village.md:17:14")
    expect(overlay).to_contain_text("- {by: monitr, says: supports")
    expect(overlay).to_contain_text("did you mean monitor?")
    expect(page.locator("main")).to_contain_text("Monitor Group")
    edit(path, "{by: monitr,", "{by: monitor,")
    expect(overlay).to_have_count(0)
    assert is_the_same(page)


def test_a_hidden_overlay_stays_hidden_until_something_else_is_wrong(preview: Running, page: Page) -> None:
    path = preview.root / "content/2025/07/01/village.md"
    visit(page, preview, VILLAGE)
    edit(path, "{by: monitor,", "{by: monitr,")
    expect(page.locator(".overlay")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".overlay")).to_be_hidden()
    edit(preview.root / "content/2025/07/02/long.md", "Paragraph number 1 of", "Changed elsewhere:")
    preview.wait_for(LONG, "Changed elsewhere")
    expect(page.locator(".overlay")).to_be_hidden()
    edit(path, "{by: monitr,", "{by: monitar,")
    expect(page.locator(".overlay")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "broken", "place", "words"),
    [
        ("content/sources.yaml", "parties: {ua\n", "content/sources.yaml:1:", "parties: {ua"),
        ("digest.yaml", "titel: x\n", "digest.yaml:1:1", "title"),
        (
            "templates/article.html",
            "{% block main %}{{ nothing }}{% endblock %}",
            "templates/article.html:1",
            "nothing",
        ),
        ("templates/article.html", "{% block %}", "templates/article.html:1", "template"),
    ],
)
def test_wrong_registries_settings_and_templates_leave_the_last_good_page(
    preview: Running, page: Page, name: str, broken: str, place: str, words: str
) -> None:
    path = preview.root / name
    good = path.read_text(encoding="utf-8") if path.exists() else None
    visit(page, preview, VILLAGE)
    write(preview.root, {name: broken})
    overlay = page.locator(".overlay")
    expect(overlay).to_contain_text(place)
    expect(overlay).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("one village is back")
    if good is None:
        path.unlink()
    else:
        path.write_text(good, encoding="utf-8")
    expect(overlay).to_have_count(0)
    expect(page.locator("main")).to_contain_text("one village is back")
    assert is_the_same(page)


def test_a_stylesheet_is_swapped_without_a_reload(preview: Running, page: Page) -> None:
    shutil.copytree(THEME / "assets", preview.root / "templates" / "assets")
    visit(page, preview, VILLAGE)
    with (preview.root / "templates/assets/digest.css").open("a", encoding="utf-8") as sheet:
        sheet.write("\nh1 { color: rgb(1, 2, 3); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
    assert is_the_same(page)


def test_only_the_tab_whose_page_changed_is_updated(preview: Running, browser: Browser) -> None:
    context = browser.new_context()
    changed, other = context.new_page(), context.new_page()
    visit(changed, preview, LONG)
    visit(other, preview, "sources/tass/")
    asked: list[str] = []

    def asks(request: Request) -> None:
        # A browser fetches a page's icon when it likes to, as late as the next edit.
        if "/assets/" not in request.url:
            asked.append(request.url)

    other.on("request", asks)
    edit(preview.root / "content/2025/07/02/long.md", "Paragraph number 3 of", "Now the third of")
    expect(changed.locator(".prose")).to_contain_text("Now the third of")
    edit(preview.root / "content/2025/07/02/monitors.md", "via: [tass]", "via: [tass], note: Said on air")
    expect(other.locator("main")).to_contain_text("Said on air")
    assert asked == [preview.url + "sources/tass/"]
    context.close()


def test_a_draft_says_what_it_is_and_so_does_the_page_that_lists_it(preview: Running, page: Page) -> None:
    write(preview.root, {"content/2025/07/02/not-yet.md": DRAFT})
    preview.wait_for("2025/07/02/not-yet/", "Text that is not out")
    visit(page, preview, "2025/07/02/not-yet/")
    expect(page.get_by_role("note")).to_have_text("Draft: no build has this article until its status is “published”.")
    visit(page, preview, "2025/07/02/")
    expect(page.get_by_role("note")).to_contain_text("Not yet")
    edit(preview.root / "content/2025/07/02/not-yet.md", "status: draft\n", "")
    expect(page.get_by_role("note")).to_have_count(0)


def test_the_panel_is_walked_by_keyboard(preview: Running, page: Page) -> None:
    edit(preview.root / "digest.yaml", "title: Test digest", "title: Test digest\neditor: vscode://file/{path}:{line}")
    preview.wait_for(VILLAGE, "vscode://file/")
    visit(page, preview, VILLAGE)
    page.evaluate("document.querySelector('.colophon').setAttribute('tabindex', '-1')")
    page.locator(".colophon").focus()
    inside = "document.querySelector('digest-preview').shadowRoot.activeElement"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(f"{inside}?.tagName") == "SUMMARY":
            break
    panel = page.locator("details.panel")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("The village has been retaken.")
    expect(panel).to_contain_text("One independent source says so: Monitor Group")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.evaluate(f"{inside}.href")
    assert link.startswith(f"vscode://file{preview.root.as_posix()}/content/2025/07/01/village.md:")
    page.reload()
    assert panel.evaluate("element => element.open")


def test_a_deleted_page_says_so_and_comes_back(preview: Running, page: Page) -> None:
    path = preview.root / "content/2025/07/02/long.md"
    visit(page, preview, LONG)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    expect(page.locator("h1")).to_have_text("This page is gone")
    expect(page.locator("main")).to_contain_text("content/2025/07/02/long.md was deleted")
    expect(page.locator("details.panel > summary")).to_be_visible()
    path.write_text(text, encoding="utf-8")
    expect(page.locator("h1")).to_have_text("A long report")
    expect(page.locator("h1")).to_have_css("font-weight", "600")


def test_a_renamed_article_is_followed(preview: Running, page: Page) -> None:
    folder = preview.root / "content/2025/07/02"
    visit(page, preview, LONG)
    (folder / "long.md").rename(folder / "longer.md")
    page.wait_for_url(preview.url + "2025/07/02/longer/")
    edit(folder / "longer.md", "date: 2025-07-02T10:00", "date: 2025-07-03T10:00")
    page.wait_for_url(preview.url + "2025/07/03/longer/")
    edit(folder / "longer.md", "Paragraph number 1 of", "After the move:")
    expect(page.locator(".prose")).to_contain_text("After the move:")
    assert is_the_same(page)


def test_a_tab_finds_the_preview_again_after_a_restart(root: Path, page: Page) -> None:
    with running(root, port=free_port()) as first:
        visit(page, first, LONG)
        port = urlsplit(first.url).port or 0
        assert first.stop() == 0
    expect(page.locator("digest-preview .link")).to_contain_text("does not answer")
    edit(root / "content/2025/07/02/long.md", "Paragraph number 2 of", "While nobody looked:")
    with running(root, port=port) as second:
        assert second.url == first.url
        expect(page.locator(".prose")).to_contain_text("While nobody looked:")
        expect(page.locator("digest-preview .link")).to_have_text("")
        assert is_the_same(page)


def test_a_changed_picture_is_shown(preview: Running, page: Page) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    image = "image: {src: map.svg, alt: A map}"
    write(
        preview.root,
        {
            "content/2025/07/01/map.svg": square.format(20),
            "content/2025/07/01/village.md": FRONT.replace("thread: front", f"thread: front\n{image}"),
        },
    )
    preview.wait_for(VILLAGE, "map.svg")
    visit(page, preview, VILLAGE)
    picture = page.get_by_role("img", name="A map")
    until(lambda: picture.evaluate("image => image.naturalWidth") == 20 or None, "the picture")
    write(preview.root, {"content/2025/07/01/map.svg": square.format(30)})
    until(lambda: picture.evaluate("image => image.naturalWidth") == 30 or None, "the new picture")
    assert is_the_same(page)


def test_a_cold_index_shows_how_far_reading_has_come(tmp_path: Path, page: Page) -> None:
    root = write(tmp_path / "many", {"digest.yaml": "title: Many\n"})
    for n in range(1500):
        write(root, {f"content/{n:04}.md": f"---\ntitle: Report {n}\ndate: 2025-07-01\n---\nText {n}.\n"})
    with running(root) as preview:
        visit(page, preview, "2025/07/01/0000/")
        expect(page.locator("h1")).to_have_text("Report 0")
        assert is_the_same(page)
