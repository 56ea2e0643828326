"""Files that are not read are counted and named."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from digest.importing.filing import Fate
from digest.importing.passed_over import passed_over
from digest.problems import Severity
from tests.digests import write
from tests.importing.digests import empty_digest, fates, only, run

POST = "---\ntitle: X\ndate: 2020-01-01\n---\nText.\n"


def test_files_of_other_kinds_in_a_folder_are_named_and_what_belongs_to_pages_is_not(tmp_path: Path) -> None:
    names = ("a.docx", "more/b.odt", "photo.JPG", "style.css", ".DS_Store", ".git/HEAD")
    folder = write(tmp_path / "in", {"c.txt": "A road was closed.", **dict.fromkeys(names, "x")})
    result = run(empty_digest(tmp_path / "d"), folder)
    assert fates(result) == [Fate.WRITTEN]
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("D951", Severity.WARNING)
    assert problem.message == "2 files of other kinds were not read: a.docx, more/b.odt"


def test_many_files_are_counted_and_the_first_named() -> None:
    (problem,) = passed_over(Path("in"), [PurePath(f"{n:04}.org") for n in range(1500)])
    assert problem.message.startswith("1,500 files of other kinds were not read: 0000.org, ")
    assert problem.message.endswith("0011.org and 1,488 more")


@pytest.mark.parametrize("name", ["o.org", "a.adoc", "page.html", "notes.txt"])
def test_a_file_that_hugo_would_read_and_digest_does_not_is_named(tmp_path: Path, name: str) -> None:
    files = {"hugo.toml": "", "content/x/index.md": POST, f"content/x/{name}": "= A road", "content/x/map.png": "x"}
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "site", files))
    assert fates(result) == [Fate.WRITTEN]
    assert [p.message for p in result.problems] == [f"1 file of another kind was not read: x/{name}"]


def test_pages_and_collections_of_jekyll_are_named_and_what_it_is_made_with_is_not(tmp_path: Path) -> None:
    posts = {"_posts/2020-01-02-a.md": "---\ntitle: A\n---\nText.", "_posts/2020-01-03-b.textile": "h1. B"}
    pages = dict.fromkeys(["about.md", "_news/c.html", "_layouts/post.html", "_site/about.md", "index.html"], POST)
    more = {"README.md": "# Site", "Gemfile": "", "_config.yml": ""}
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "site", {**posts, **pages, **more}))
    assert fates(result) == [Fate.WRITTEN]
    message = "3 files of other kinds were not read: _news/c.html, _posts/2020-01-03-b.textile, about.md"
    assert [p.message for p in result.problems] == [message]


def test_a_site_that_is_its_own_content_folder_has_its_output_and_settings_left_out(tmp_path: Path) -> None:
    files = {"pelicanconf.py": "", "output/x.html": "<p>Made.</p>", "x.md": "Title: X\n\nText.\n", "tasks.py": ""}
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "site", files))
    assert (fates(result), result.problems) == ([Fate.WRITTEN], ())


@pytest.mark.parametrize(
    ("site", "name"), [("hugo.toml", "content/x.html"), ("_config.yml", "_posts/2020-01-01-x.html")]
)
def test_a_post_in_html_with_front_matter_is_read(tmp_path: Path, site: str, name: str) -> None:
    root = empty_digest(tmp_path / "d")
    text = "---\ntitle: Road closed\ndate: 2020-01-01\n---\n<p>It is <b>closed</b>.</p><script>x()</script>\n"
    result = run(root, write(tmp_path / "site", {site: "", name: text}))
    assert result.problems == ()
    assert "title: Road closed\ndate: 2020-01-01\n" in only(root)
    assert only(root).endswith("\n---\nIt is **closed**.\n")


def test_a_file_of_a_site_that_is_too_big_is_a_problem(tmp_path: Path) -> None:
    files = {"hugo.toml": "", "content/x.md": POST, "content/y.md": "word " * (2 * 1024 * 1024 + 1)}
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "site", files))
    assert fates(result) == [Fate.WRITTEN]
    assert [p.code for p in result.problems] == ["D952"]
