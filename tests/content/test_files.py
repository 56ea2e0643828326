from __future__ import annotations

import os

import pytest

from digest.content.document import MAX_FILE
from digest.content.files import Tree
from tests.content.digests import Desk


def test_hidden_and_underscored_names_are_left_out(desk: Desk) -> None:
    for path in ("_a.md", ".b.md", "_drafts/c.md", ".git/d.md", "e.txt", "x/f.md", "x/_edition.md"):
        desk.put(f"content/{path}", "x")
    assert Tree(desk.root).articles() == (["content/x/_edition.md", "content/x/f.md"], [])


def test_a_missing_content_folder_is_a_problem(desk: Desk) -> None:
    (desk.root / "content/sources.yaml").unlink()
    (desk.root / "content").rmdir()
    assert desk.problems() == [("D703", "content")]


@pytest.mark.parametrize("name", ["content/out.md", "content/out", "content/regions.yaml"])
def test_a_link_that_leaves_the_digest_is_refused(desk: Desk, name: str) -> None:
    outside = desk.root.parent / f"{desk.root.name}-outside"
    outside.mkdir()
    target = outside if name.endswith("out") else outside / "x"
    (outside / "x").write_text("---\ntitle: T\ndate: 2025-07-01\n---\n", encoding="utf-8")
    (desk.root / name).symlink_to(target)
    assert desk.problems() == [("D704", name)]


def test_a_link_to_a_file_inside_is_read(desk: Desk) -> None:
    desk.put("elsewhere/a.md", "---\ntitle: T\ndate: 2025-07-01\n---\n")
    (desk.root / "content/more").symlink_to(desk.root / "elsewhere")
    assert desk.only().path == "content/more/a.md"


def test_a_link_to_a_folder_that_is_read_anyway_adds_nothing(desk: Desk) -> None:
    desk.article("", path="content/x/a.md")
    (desk.root / "content/y").symlink_to(desk.root / "content/x")
    assert desk.only().path == "content/x/a.md"


@pytest.mark.parametrize("target", [".", "..", "loop"])
def test_a_link_in_a_circle_is_a_problem(desk: Desk, target: str) -> None:
    (desk.root / "content/loop").symlink_to(target)
    assert desk.problems() == [("D706", "content/loop")]


def test_links_between_folders_outside_content_end(desk: Desk) -> None:
    for one, other in (("p", "q"), ("q", "p")):
        (desk.root / one).mkdir()
        (desk.root / one / "x").symlink_to(desk.root / other)
    (desk.root / "content/in").symlink_to(desk.root / "p")
    assert {code for code, _ in desk.problems()} == {"D706"}


def test_a_link_to_nothing_and_a_pipe_are_problems(desk: Desk) -> None:
    (desk.root / "content/a.md").symlink_to("nothing.md")
    os.mkfifo(desk.root / "content/b.md")
    assert desk.problems() == [("D117", "content/a.md"), ("D117", "content/b.md")]


def test_a_file_name_that_is_not_utf8_is_a_problem(desk: Desk) -> None:
    with open(os.fsencode(desk.root) + b"/content/\xff.md", "wb"):  # noqa: PTH123 - Path takes no bytes
        pass
    assert desk.problems() == [("D705", "content/?.md")]


def test_a_huge_file_is_refused_by_its_size(desk: Desk) -> None:
    with (desk.root / "content/huge.md").open("wb") as stream:
        stream.truncate(MAX_FILE * 1000)
    assert desk.problems() == [("D116", "content/huge.md")]
