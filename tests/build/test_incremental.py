"""An incremental build gives the same site as a clean one, whatever was edited in between."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, Outcome, build
from digest.build.output import MANIFEST, WORK
from digest.content.read import read_context
from digest.pages.taxonomy import NEWEST
from tests.digests import FRONT, SOURCES, small_digest, write

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)


def run(root: Path, clock: datetime = CLOCK) -> Outcome:
    outcome = build(root, Options(clock, root / "site", jobs=1))
    assert not outcome.failed, outcome.problems
    return outcome


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root / "site").as_posix(): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def clean(
    root: Path, clock: datetime = CLOCK, as_of: date | None = None, *, eml: bool = False
) -> tuple[Outcome, dict[str, bytes]]:
    """What a build from nothing gives for the same files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", WORK))
        outcome = build(copy, Options(clock, copy / "site", as_of, jobs=1, eml=eml))
        return outcome, tree(copy)


def clean_tree(root: Path) -> dict[str, bytes]:
    """The site that a build from nothing gives for the same files."""
    outcome, site = clean(root)
    assert not outcome.failed, outcome.problems
    return site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_digest(tmp_path / "digest")


def edited(root: Path, change: Callable[[], object]) -> list[str]:
    """The addresses that a build renders after a change."""
    run(root)
    change()
    return sorted(address for address, _why in run(root).rendered)


def test_an_edit_of_the_text_alone_renders_that_article_and_its_feeds_alone(root: Path) -> None:
    changed = FRONT.replace("Kyiv said", "Officials in Kyiv said")
    found = edited(root, lambda: write(root, {"content/2025/07/01/village.md": changed}))
    assert [address for address in found if not address.endswith(("feed.xml", "feed.json"))] == ["2025/07/01/village/"]


def test_a_note_to_a_claim_that_another_article_defines_reaches_the_sources_pages(root: Path) -> None:
    path = root / "content/2025/07/02/monitors.md"
    noted = path.read_text(encoding="utf-8").replace("via: [tass]}", "via: [tass], note: Said on air}")
    found = edited(root, lambda: path.write_text(noted, encoding="utf-8"))
    assert {"sources/tass/", "sources/kremlin/", "claims/village-retaken/"} <= set(found)
    assert tree(root) == clean_tree(root)


def test_a_file_that_is_only_touched_renders_nothing(root: Path) -> None:
    assert edited(root, (root / "content/2025/07/01/village.md").touch) == []


def test_a_changed_template_renders_its_pages_alone(root: Path) -> None:
    assert edited(root, lambda: write(root, {"templates/corrections.html": "Mine"})) == ["corrections/"]


def test_a_label_that_changes_reaches_every_page_that_shows_it(root: Path) -> None:
    second = root / "content/2025/07/02/monitors.md"
    denial = "      - {by: agency, says: denies, basis: first_hand}\n"
    text = second.read_text().replace("  - id: more-to-come", f"{denial}  - id: more-to-come")
    found = edited(root, lambda: second.write_text(text))
    assert {
        "2025/07/01/",
        "2025/07/01/village/",
        "claims/village-retaken/",
        "labels/disputed/",
        "threads/front/",
    } <= set(found)


def test_an_error_in_between_leaves_the_record_true(root: Path) -> None:
    run(root)
    before = tree(root)
    path = root / "content/2025/07/01/village.md"
    path.write_text(FRONT.replace("title: Kyiv reports", "title: Kyiv: reports"))
    assert build(root, Options(CLOCK, root / "site")).failed
    assert tree(root) == before
    path.write_text(FRONT.replace("reports a village", "reports two villages"))
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_damaged_index_is_made_anew(root: Path) -> None:
    run(root)
    (root / WORK / "index.sqlite").write_bytes(b"not a database, but long enough to look like one" * 50)
    outcome = run(root)
    assert "made anew" in outcome.note
    assert outcome.written is not None
    assert outcome.written.total == 0
    assert tree(root) == clean_tree(root)


def test_an_index_that_is_gone_costs_time_and_nothing_else(root: Path) -> None:
    run(root)
    shutil.rmtree(root / WORK)
    outcome = run(root)
    assert outcome.note == ""
    assert outcome.written is not None
    assert (outcome.written.total, outcome.written.removed) == (0, 0)


def test_an_output_that_is_gone_is_written_again(root: Path) -> None:
    run(root)
    before = tree(root)
    shutil.rmtree(root / "site")
    run(root)
    assert tree(root) == before


def test_pages_that_are_no_longer_part_of_the_site_go_even_if_the_index_was_lost(root: Path) -> None:
    run(root)
    shutil.rmtree(root / WORK)
    (root / "content/2025/07/02/bridge.md").unlink()
    run(root)
    assert "2025/07/02/bridge/index.html" not in tree(root)
    assert tree(root).keys() - {MANIFEST} == clean_tree(root).keys() - {MANIFEST}


def item(name: str, extra: str = "", *claims: str) -> dict[str, str]:
    """An article of that name, with further lines of front matter and with claims."""
    stated = "".join(f"  - {claim}\n" for claim in claims)
    text = f"---\ntitle: Title of {name}\ndate: 2025-07-01\n{extra}{'claims:' if claims else ''}\n{stated}---\nText.\n"
    return {f"content/{name}.md": text}


def both(root: Path, first: dict[str, str], then: dict[str, str], gone: str = "") -> None:
    """An edit after a build gives what a clean build gives."""
    write(root, first)
    run(root)
    write(root, then)
    if gone:
        (root / gone).unlink()
    run(root)
    assert tree(root) == clean_tree(root)


def test_another_wording_of_a_claim_reaches_the_claims_that_rest_on_it(root: Path) -> None:
    rests = item("rests", "", "{id: rests, text: It rests., depends_on: ground, statements: [{by: monitor}]}")
    ground = "{id: ground, text: The %s wording., statements: [{by: monitor}]}"
    both(root, rests | item("ground", "", ground % "first"), item("ground", "", ground % "second"))


@pytest.mark.parametrize("alias", ["/2025/07/01/zebra/", "/old/"])
def test_an_address_can_pass_from_one_article_to_another(root: Path, alias: str) -> None:
    before = item("zebra", "aliases: [/old/]\n") | item("ape")
    both(root, before, item("ape", f"aliases: [{alias}]\n"), "content/zebra.md")


def test_an_old_address_can_pass_between_articles_that_stay(root: Path) -> None:
    before = item("zebra", "aliases: [/old/]\n") | item("ape")
    both(root, before, item("zebra") | item("ape", "aliases: [/old/]\n"))


SHORT = "{id: %s, text: A sentence., statements: [{by: {name: A witness, kind: person}, basis: first_hand}]}"
FULL = SHORT.replace("person", "person, speaks_for: ua")


@pytest.mark.parametrize("status", ["published", "draft"])
def test_what_one_article_says_of_a_source_in_place_counts_in_all(root: Path, status: str) -> None:
    one, other = item("one", "", SHORT % "one"), item("other", f"status: {status}\n", SHORT % "other")
    told = item("other", f"status: {status}\n", FULL % "other")
    both(root, one | other, told)
    both(root, one | told, other)
    both(root, told, one)
    both(root, one | told, {}, "content/other.md")


def test_a_source_in_place_can_turn_out_to_belong_to_another(root: Path) -> None:
    owned = "{id: two, text: A sentence., statements: [{by: {name: A paper, kind: outlet, owner: a-witness}}]}"
    known = SHORT.replace("person", "person, owner: monitor")
    both(root, item("one", "", SHORT % "one") | item("two", "", owned), item("one", "", known % "one"))


def test_a_problem_between_files_goes_with_the_file(root: Path) -> None:
    run(root)
    write(root, item("lost", "", "{id: nowhere, statements: [{by: monitor}]}"))
    assert [p.code for p in build(root, Options(CLOCK, root / "site")).problems] == ["D402"]
    (root / "content/lost.md").unlink()
    run(root)
    assert tree(root) == clean_tree(root)


MACRO = "{%% macro b() %%}%d{%% endmacro %%}"


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("{% include ['a.html', 'b.html'] %}", {"b.html": "b"}, {"a.html": "a"}),
        ("{% include ['a.html', 'b.html'] %}", {"b.html": "b"}, {"a.html": ""}),
        ("{% include 'a.html' ignore missing %}", {}, {"a.html": "a"}),
        ("{% set name = 'a' %}{% include name ~ '.html' ignore missing %}", {}, {"a.html": "a"}),
        ("{% set name = 'a' %}{% include name ~ '.jinja' %}", {"a.jinja": "a"}, {"a.jinja": "other"}),
        ("{% set name = 'a.html' %}{% extends name %}", {"a.html": "a"}, {"a.html": "b"}),
        ("{% extends 'a.html' %}", {"a.html": "{% include 'b.html' %}", "b.html": "b"}, {"b.html": "other"}),
        ("{% import 'a.html' as a %}{{ a.b() }}", {"a.html": MACRO % 1}, {"a.html": MACRO % 2}),
        ("{% from 'a.html' import b %}{{ b }}", {"a.html": "{% set b = 1 %}"}, {"a.html": "{% set b = 2 %}"}),
        ("{% include 'parts/sprite.html' %}", {}, {"parts/sprite.html": "mine"}),
    ],
)  # fmt: skip
def test_a_page_follows_every_template_that_it_uses_or_looked_for(
    root: Path, page: str, before: dict[str, str], after: dict[str, str]
) -> None:
    write(root, {"templates/404.html": page} | {f"templates/{name}": text for name, text in before.items()})
    run(root)
    first = tree(root)
    write(root, {f"templates/{name}": text for name, text in after.items()})
    assert "404.html" in [address for address, _ in run(root).rendered]
    assert tree(root) == clean_tree(root) != first
    for name in after.keys() - before.keys():
        (root / "templates" / name).unlink()
    write(root, {f"templates/{name}": text for name, text in before.items()})
    run(root)
    assert tree(root) == first


def test_a_part_of_ones_own_renders_the_pages_alone_that_use_it(root: Path) -> None:
    part = {"templates/parts/pager.html": "<nav>mine</nav>"}
    found = edited(root, lambda: write(root, part))
    assert {address.split("/")[0] for address in found} == {"2025"}
    assert sorted(edited(root, (root / "templates/parts/pager.html").unlink)) == found


def test_a_file_that_could_not_be_read_is_read_once_it_can_be(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "content/2025/07/02/bridge.md"
    os.utime(path, (1_700_000_000, 1_700_000_000))

    def refuse(file: str, mode: str, *, buffering: int) -> object:
        if file.endswith("bridge.md"):
            raise PermissionError(13, "Permission denied", file)
        return open(file, mode, buffering=buffering)  # noqa: PTH123 (what it stands for)

    monkeypatch.setattr("digest.content.files.open", refuse, raising=False)
    assert "D117" in {p.code for p in build(root, Options(CLOCK, root / "site")).problems}
    monkeypatch.undo()
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_site_that_was_put_back_is_looked_at_again(root: Path, tmp_path: Path) -> None:
    run(root)
    shutil.copytree(root / "site", tmp_path / "kept")
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", "reports two villages")})
    run(root)
    shutil.rmtree(root / "site")
    shutil.copytree(tmp_path / "kept", root / "site")
    run(root)
    assert tree(root) == clean_tree(root)


def test_an_index_that_was_put_back_knows_nothing_of_a_newer_site(root: Path, tmp_path: Path) -> None:
    run(root)
    shutil.copytree(root / WORK, tmp_path / "kept")
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", "reports two villages")})
    run(root)
    shutil.rmtree(root / WORK)
    shutil.copytree(tmp_path / "kept", root / WORK)
    write(root, {"content/2025/07/01/village.md": FRONT})
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_file_of_others_in_the_sites_way_stays_and_is_named(root: Path) -> None:
    run(root)
    before = tree(root)
    (root / "site" / "humans.txt").write_text("mine")
    write(root, {"static/humans.txt": "other", "content/new.md": "---\ntitle: New\ndate: 2025-07-02\n---\nText.\n"})
    outcome = build(root, Options(CLOCK, root / "site", jobs=1))
    assert [(p.code, p.at.path) for p in outcome.problems] == [("D804", "site/humans.txt")]
    assert outcome.failed
    assert tree(root) == {**before, "humans.txt": b"mine"}
    (root / "site" / "humans.txt").unlink()
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_file_that_changed_without_another_time_size_or_number_is_read_again(root: Path) -> None:
    copied = ["static/a.txt", "templates/corrections.html", "templates/assets/digest.css"]
    names = ["content/2025/07/02/bridge.md", *copied]
    write(root, dict.fromkeys(copied, "before"))
    for path in root.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    run(root)
    for name in names:
        text = (root / name).read_text(encoding="utf-8")
        write(root, {name: text.replace("closed", "opened").replace("before", "behind")})
        os.utime(root / name, (1_700_000_000, 1_700_000_000))
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_registry_that_changes_while_it_is_read_is_read_anew_by_the_next_build(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_and_change(root: Path) -> object:
        found = read_context(root)
        write(root, {"content/sources.yaml": SOURCES.replace("General Staff", "The staff")})
        return found

    monkeypatch.setattr("digest.build.gather.read_context", read_and_change)
    run(root)
    monkeypatch.undo()
    run(root)
    assert tree(root) == clean_tree(root)


PLAIN = "---\ntitle: {title}\ndate: {date}\nregions: [UA]\ntopics: [war]\n---\nSome text.\n"


@pytest.fixture
def years(root: Path) -> Path:
    """A digest with so many articles on Ukraine that each of their three years has a page."""
    for number in range(NEWEST + 2):
        at = f"{2022 + number % 3}-{1 + number % 12:02}-{1 + number // 12:02}"
        write(root, {f"content/{at}-a{number}.md": PLAIN.format(title=f"Old {number}", date=at)})
    return root


def test_a_title_shows_only_on_the_page_of_its_own_year(years: Path) -> None:
    def retitle() -> None:
        file = next((years / "content").glob("2023-*"))
        file.write_text(file.read_text().replace("title: Old", "title: New"))

    rendered = edited(years, retitle)
    assert "regions/ukraine/2023/" in rendered
    assert not {"regions/ukraine/2022/", "regions/ukraine/2024/"} & {*rendered}
    assert tree(years) == clean_tree(years)


def test_one_article_more_shows_in_the_links_of_all_years(years: Path) -> None:
    more = PLAIN.format(title="One more", date="2023-03-30")
    rendered = edited(years, lambda: write(years, {"content/2023-03-30-more.md": more}))
    assert {f"regions/ukraine/{year}/" for year in (2022, 2023, 2024)} <= {*rendered}
    assert tree(years) == clean_tree(years)


def test_an_article_that_moves_to_another_year_changes_the_numbers_of_both(years: Path) -> None:
    def redate() -> None:
        file = next((years / "content").glob("2022-*"))
        file.rename(file.with_name(file.name.replace("2022-", "2024-")))
        moved = file.with_name(file.name.replace("2022-", "2024-"))
        moved.write_text(moved.read_text().replace("date: 2022", "date: 2024"))

    rendered = edited(years, redate)
    assert {f"regions/ukraine/{year}/" for year in (2022, 2023, 2024)} <= {*rendered}
    assert tree(years) == clean_tree(years)


def test_settings_of_publishing_and_of_what_is_gone_render_no_page_anew(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    settings = (root / "digest.yaml").read_text()
    apart = "publish:\n  # where to\n  live: file:///srv/www\n\ngone:\n  /old/: Taken down.\n"
    write(root, {"digest.yaml": apart + settings})
    outcome = run(root)
    assert [address for address, _ in outcome.rendered] == ["old/"]
    assert "Taken down." in (root / "site/old/index.html").read_text(encoding="utf-8")
    write(root, {"digest.yaml": apart + settings.replace("Test digest", "Another title")})
    assert len(run(root).rendered) > 10
    assert tree(root) == clean_tree(root)
