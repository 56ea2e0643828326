"""The whole way from files to a site."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, Outcome, build
from digest.build.checking import check
from digest.build.output import MANIFEST, WORK
from digest.content.articles import parse_article
from digest.content.context import Context
from tests.digests import FRONT, png, small_digest, write

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


def run(root: Path, clock: datetime = CLOCK, as_of: date | None = None) -> Outcome:
    return build(root, Options(clock, root / "site", as_of))


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root / "site").as_posix(): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_digest(tmp_path / "digest")


def test_a_build_writes_every_page_and_says_how_many(root: Path) -> None:
    outcome = run(root)
    assert outcome.problems == ()
    assert outcome.written is not None
    assert (outcome.articles, outcome.claims) == (3, 3)
    others = ("assets/", MANIFEST, "search/index/", "search/pagefind/")
    assert len([name for name in tree(root) if not name.startswith(others)]) == outcome.pages


def test_a_second_build_writes_nothing(root: Path) -> None:
    run(root)
    before = {p: p.stat().st_mtime_ns for p in (root / "site").rglob("*")}
    again = run(root)
    assert again.written is not None
    assert (again.written.total, again.written.removed) == (0, 0)
    assert {p: p.stat().st_mtime_ns for p in (root / "site").rglob("*")} == before


def test_while_there_is_an_error_the_site_stays_as_it_was(root: Path) -> None:
    run(root)
    before = tree(root)
    write(root, {"content/2025/07/03/bad.md": "---\ntitle: War: day 3\n---\n"})
    outcome = run(root)
    assert outcome.failed
    assert [p.code for p in outcome.problems] != []
    assert tree(root) == before


def test_an_error_in_a_template_names_place_chain_and_page_and_leaves_the_site(root: Path) -> None:
    run(root)
    before = tree(root)
    write(
        root,
        {"templates/claim.html": '{% extends "base.html" %}\n{% block main %}\n{{ view.nothing }}\n{% endblock %}\n'},
    )
    outcome = run(root)
    (problem,) = outcome.problems
    assert (problem.at.path, problem.at.line, problem.text) == ("templates/claim.html", 3, "{{ view.nothing }}")
    assert "nothing" in problem.message
    assert "(default theme)/base.html" in problem.hint
    assert "while rendering /claims/" in problem.hint
    assert tree(root) == before


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("{% block %}", "D601", 1),
        ("\n{% include 'nowhere.html' %}", "D602", 2),
        ("\n{{ nothing.at_all }}", "D603", 2),
        ("\n{{ 1 / 0 }}", "D604", 2),
    ],
)
def test_every_kind_of_template_error_has_its_place(root: Path, text: str, code: str, line: int) -> None:
    write(root, {"templates/corrections.html": text})
    (problem,) = run(root).problems
    assert (problem.code, problem.at.path, problem.at.line) == (code, "templates/corrections.html", line)


def test_a_template_of_the_digest_takes_the_place_of_the_default_one(root: Path) -> None:
    write(root, {"templates/corrections.html": "Only {{ view.corrections | length }} & <b>{{ site.title }}</b>"})
    run(root)
    assert tree(root)["corrections/index.html"] == b"Only 1 & <b>Test digest</b>"


def test_text_from_articles_is_escaped(root: Path) -> None:
    write(root, {"content/x.md": "---\ntitle: A <script>alert(1)</script> & more\ndate: 2025-07-02\n---\n<b>raw</b>\n"})
    run(root)
    page = tree(root)["2025/07/02/x/index.html"].decode()
    assert "<script>" not in page
    assert "A &lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "&lt;b&gt;raw&lt;/b&gt;" in page


def test_drafts_embargoed_future_and_expired_articles_are_nowhere(root: Path) -> None:
    hidden = {
        "draft": "status: draft",
        "embargoed": "embargo: 2027-01-01",
        "expired": "expires: 2025-12-01",
    }
    for name, line in hidden.items():
        write(root, {f"content/{name}.md": f"---\ntitle: Secret {name}\ndate: 2025-07-02\n{line}\n---\nText.\n"})
    write(root, {"content/future.md": "---\ntitle: Secret future\ndate: 2026-02-01\n---\nText.\n"})
    outcome = run(root)
    assert outcome.articles == 3
    assert not [name for name, data in tree(root).items() if b"Secret" in data and name != MANIFEST]
    assert run(root, datetime(2026, 3, 1, tzinfo=UTC)).articles == 4


def test_as_of_shows_the_labels_of_a_moment(root: Path) -> None:
    run(root, as_of=date(2025, 7, 1))
    assert b"Corroborated</a>" not in tree(root)["claims/village-retaken/index.html"]
    assert "One side’s claim".encode() in tree(root)["claims/village-retaken/index.html"]


def test_static_files_are_copied_and_links_out_of_the_digest_are_refused(root: Path, tmp_path: Path) -> None:
    write(root, {"static/files/a.txt": "a"})
    run(root)
    assert tree(root)["files/a.txt"] == b"a"
    (tmp_path / "secret.txt").write_text("secret")
    (root / "static" / "leak.txt").symlink_to(tmp_path / "secret.txt")
    outcome = run(root)
    assert [(p.code, p.at.path) for p in outcome.problems] == [("D805", "static/leak.txt")]
    assert "leak.txt" not in tree(root)


def test_two_things_that_want_one_address_are_an_error_that_names_both(root: Path) -> None:
    write(root, {"static/labels/index.html": "mine"})
    outcome = run(root)
    (problem,) = outcome.problems
    assert problem.code == "D808"
    assert "the labels page" in problem.message
    assert "static/labels/index.html" in problem.message


def test_a_picture_beside_the_article_goes_with_it(root: Path) -> None:
    text = FRONT.replace("See [", "![A map](map.png) See [")
    write(root, {"content/2025/07/01/village.md": text})
    (root / "content/2025/07/01/map.png").write_bytes(png())
    run(root)
    assert "2025/07/01/village/map.png" in tree(root)
    (root / "content/2025/07/01/map.png").unlink()
    assert [p.code for p in run(root).problems] == ["D807"]


def test_an_override_that_does_not_know_the_newest_statement_is_a_warning(root: Path) -> None:
    override = (
        "    override: {label: disputed, reason: The witness was heard again., editor: Desk, date: 2025-07-01}\n"
        "    statements:\n"
    )
    write(root, {"content/2025/07/01/village.md": FRONT.replace("    statements:\n", override)})
    outcome = run(root)
    assert [(p.code, str(p.severity)) for p in outcome.problems] == [("D490", "warning")]
    assert not outcome.failed
    assert build(root, Options(CLOCK, root / "site", strict=True)).failed


def test_check_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    assert not check(root, Options(CLOCK, root / "site")).failed
    assert sorted(root.rglob("*")) == before


def test_no_stage_is_left_behind(root: Path) -> None:
    run(root)
    assert not (root / WORK / "stage").exists()


def test_a_full_disk_is_a_problem_and_leaves_the_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root)
    before = tree(root)
    write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", "reports two villages")})
    monkeypatch.setattr("digest.build.rendering.os.write", full)
    outcome = run(root)
    assert [p.code for p in outcome.problems] == ["D809"]
    assert tree(root) == before


def full(_file: int, _data: object) -> int:
    raise OSError(28, "No space left on device")


def test_output_does_not_depend_on_hash_seed_timezone_locale_or_working_folder(root: Path, tmp_path: Path) -> None:
    found = []
    for number, (seed, zone, cwd) in enumerate([("0", "UTC", root), ("77", "Pacific/Auckland", tmp_path)]):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C" if number else "C.UTF-8"}
        command = [sys.executable, "-m", "digest", "build", "--root", str(root), "--output", f"site{number}"]
        subprocess.run([*command, "--now", "2026-01-01"], check=True, cwd=cwd, env=env, capture_output=True)
        folder = root / f"site{number}"
        found.append({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert found[0] == found[1]


HIDDEN = """\
---
title: To come
date: 2025-07-01
{line}
claims:
  - {{id: ground, text: The ground., statements: [{{by: kremlin}}]}}
---
Text.
"""
RESTING = """\
---
title: Resting on it
date: 2025-07-01
claims:
  - id: resting
    text: It rests.
    depends_on: ground
    statements: [{by: monitor, basis: first_hand}, {by: paper, basis: own_records}]
---
Text.
"""


@pytest.mark.parametrize("line", ["embargo: 2030-01-01", "expires: 2025-07-02"])
def test_a_claim_may_not_rest_on_one_that_readers_cannot_see(root: Path, line: str) -> None:
    write(root, {"content/z.md": HIDDEN.format(line="lang: en"), "content/x.md": RESTING})
    assert not run(root).failed
    write(root, {"content/z.md": HIDDEN.format(line=line)})
    outcome = run(root)
    assert [(p.code, str(p.at)) for p in outcome.problems] == [("D404", "content/x.md:7:17")]


@pytest.mark.parametrize(
    "name", ["static/labels", "static/2025/07", "static/.digest-site", "static/claims/village-retaken"]
)
def test_a_file_that_stands_where_the_site_needs_a_folder_is_an_error(root: Path, name: str) -> None:
    write(root, {name: "mine"})
    assert {p.code for p in run(root).problems} == {"D808"}


def test_an_alias_may_not_take_the_name_of_the_list_of_files(root: Path) -> None:
    text = FRONT.replace("thread: front", "thread: front\naliases: [/.digest-site/]")
    write(root, {"content/2025/07/01/village.md": text})
    assert {p.code for p in run(root).problems} == {"D808"}


def test_templates_that_lead_out_of_the_digest_are_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    (root / "templates").mkdir()
    (root / "templates" / "404.html").symlink_to(tmp_path / "secret.html")
    assert [(p.code, p.at.path) for p in run(root).problems] == [("D805", "templates/404.html")]
    assert not (root / "site").exists()


def test_an_index_folder_that_leads_out_of_the_digest_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / WORK).symlink_to(tmp_path / "elsewhere")
    assert [p.code for p in run(root).problems] == ["D801"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_note_for_a_day_without_articles_is_a_warning(root: Path) -> None:
    write(root, {"content/2025/07/09/_edition.md": "---\ntitle: Nothing\n---\nText.\n"})
    outcome = run(root)
    assert [(p.code, p.at.path) for p in outcome.problems] == [("D215", "content/2025/07/09/_edition.md")]
    assert not outcome.failed


def test_the_place_of_a_missing_picture_is_where_the_article_names_it(root: Path) -> None:
    write(root, {"content/2025/07/01/village.md": FRONT + "\nA map: ![Map](lost.png)\n"})
    (problem,) = run(root).problems
    assert (problem.code, problem.at.line, problem.at.column) == ("D807", 21, 15)


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"two\nlines.txt", b"bell\x07.txt", b"back\\slash.txt"])
@pytest.mark.parametrize("folder", ["static", "templates/assets"])
def test_a_file_whose_name_can_stand_in_no_address_is_a_problem(root: Path, folder: str, name: bytes) -> None:
    (root / folder).mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(root / folder) + b"/" + name)).write_text("text")
    (problem,) = run(root).problems
    assert problem.code == "D810"
    assert problem.at.path.startswith(f"{folder}/")
    assert not (root / "site").exists()


def test_a_file_where_digest_keeps_its_own_at_a_target_is_a_problem(root: Path) -> None:
    write(root, {"static/.digest/lock": "text", "static/.well-known/security.txt": "text"})
    (problem,) = run(root).problems
    assert (problem.code, problem.at.path) == ("D810", "static/.digest/lock")


def test_a_copied_file_that_a_broken_build_left_goes_with_its_source(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root)
    before = tree(root)
    write(root, {"static/new.txt": "new"})

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("digest.build.commit.settle", stop)
    with pytest.raises(KeyboardInterrupt):
        run(root)
    monkeypatch.undo()
    assert "new.txt" in tree(root)
    (root / "static/new.txt").unlink()
    run(root)
    assert tree(root) == before


def test_a_file_that_changes_while_it_is_read_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "content/2025/07/01/village.md"
    os.utime(path, (1_700_000_000, 1_700_000_000))

    def meanwhile(name: str, data: bytes, context: Context) -> object:
        if name.endswith("village.md"):
            path.write_bytes(data.replace(b"reports a village", b"reports no village"))
        return parse_article(name, data, context)

    monkeypatch.setattr("digest.build.parsing.parse_article", meanwhile)
    run(root)
    assert b"reports a village" in tree(root)["2025/07/01/village/index.html"]
    monkeypatch.undo()
    run(root)
    assert b"reports no village" in tree(root)["2025/07/01/village/index.html"]


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_clock_that_jumps_hides_no_edit(root: Path, monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    run(root)
    real = time.time_ns
    monkeypatch.setattr("digest.render.stamps.time.time_ns", lambda: real() + hours * 3_600_000_000_000)
    for text in ("reports b village", "reports c village"):
        write(root, {"content/2025/07/01/village.md": FRONT.replace("reports a village", text)})
        run(root)
        assert text.encode() in tree(root)["2025/07/01/village/index.html"]


@pytest.mark.parametrize("name", ["static/file.txt", "templates/assets/file.txt", "templates/404.html"])
def test_a_file_that_changes_twice_within_a_tick_of_the_clock_is_copied_twice(root: Path, name: str) -> None:
    now = time.time_ns()  # all that a coarse clock says
    for text in ("one", "two"):
        write(root, {name: text})
        os.utime(root / name, ns=(now, now))
        run(root)
        assert text.encode() in [data for file, data in tree(root).items() if file.endswith(Path(name).name)]


def test_a_clean_build_forgets_the_record_and_mends_what_others_did_to_the_site(root: Path) -> None:
    run(root)
    before = tree(root)
    (root / "site/404.html").write_text("mine")
    (root / "site/labels/index.html").unlink()
    outcome = build(root, Options(CLOCK, root / "site", clean=True))
    assert tree(root) == before
    assert {why for _, why in outcome.rendered} == {"first"}
    assert outcome.written is not None
    assert outcome.written.total == 2
