"""An import as a whole: what it tells while it goes on, and the processes that it reads in."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content import read
from digest.importing import inputs
from digest.importing.confined import Workers
from digest.importing.filing import Where
from digest.importing.inputs import Input
from digest.importing.raw import Known, raw_parts
from digest.importing.run import import_inputs
from digest.problems import Location
from tests.digests import write
from tests.importing.digests import TODAY, empty_digest, only, run

PAGE = (
    "<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
)
WORDS = "The bridge over the river was closed to lorries on Tuesday, the mayor of Harborough said in a long statement."


def told(root: Path, *named: Path) -> list[tuple[str, int, int]]:
    """What an import tells of how far it is."""
    steps: list[tuple[str, int, int]] = []
    import_inputs(
        root,
        read(root),
        [Input(str(one)) for one in named],
        Where("", str(TODAY)),
        TODAY,
        progress=lambda step, done, total: steps.append((step, done, total)),
    )
    return steps


def test_a_folder_tells_how_many_of_its_files_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "A road was closed.", "b.txt": "", "c.html": PAGE.format("C", WORDS)})
    assert told(empty_digest(tmp_path / "d"), folder) == [(str(folder), n, 3) for n in (1, 2, 3)]


def test_a_site_tells_how_many_of_its_posts_are_read(tmp_path: Path) -> None:
    posts = {f"content/posts/{n}.md": f"---\ntitle: Post {n}\ndate: 2025-07-01\n---\nText {n}.\n" for n in range(3)}
    folder = write(tmp_path / "site", {"hugo.toml": "", **posts})
    assert [step[1:] for step in told(empty_digest(tmp_path / "d"), folder)] == [(1, 3), (2, 3), (3, 3)]


def test_a_text_of_many_stories_tells_how_many_are_filed(tmp_path: Path) -> None:
    text = "Bridge is closed\nThe bridge was closed.\nMuseum opens doors\nThe museum opened."
    file = write(tmp_path / "in", {"a.txt": text}) / "a.txt"
    assert [step[1:] for step in told(empty_digest(tmp_path / "d"), file)] == [(1, 2), (2, 2)]


def test_a_long_text_is_read_story_by_story_so_that_one_sees_how_far_it_is() -> None:
    text = "Bridge is closed\nThe bridge was closed.\nMuseum opens doors\nThe museum opened."
    parts = raw_parts("a.txt", text.encode(), Known(TODAY))
    first = next(parts)
    assert ([item.title for item in first.items], first.number, first.parts) == (["Bridge is closed"], 1, 2)
    assert [part.number for part in parts] == [2]


def test_files_beyond_the_most_are_said_and_the_others_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "MOST_FILES", 2)
    roads = {f"{n}.txt": f"Road {n} to the {n}th town was closed for repairs." for n in range(3)}
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "in", roads))
    assert [(p.code, "3 files" in p.message) for p in result.problems] == [("D952", True)]
    assert len(result.filed) == 2


def test_a_site_without_posts_is_a_problem(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {"hugo.toml": "", "content/notes.txt": "A road was closed."})
    assert [p.code for p in run(empty_digest(tmp_path / "d"), folder).problems] == ["D957", "D951"]


def test_pages_are_read_in_one_process_and_a_hostile_one_ends_only_its_own() -> None:
    good = PAGE.format("Bridge closed", WORDS).encode()
    bomb = b"<html><body>" + b"<p>the same words again and again</p>" * 100_000
    with Workers() as workers:
        first, _ = workers.read("page", "a", good)
        (one, _), *_ = workers.running.values()
        again, _ = workers.read("page", "b", good)
        assert [worker for worker, _ in workers.running.values()] == [one]
        _, problems = workers.read("page", "c", bomb, seconds=1)
        assert workers.running == {}
        last, _ = workers.read("page", "d", good)
    assert [p.code for p in problems] == ["D954"]
    assert first == again == last
    assert one.poll() is not None
    assert workers.running == {}


def test_a_line_for_a_date_that_does_not_exist_is_a_warning_with_its_place_and_no_part_of_a_story(
    tmp_path: Path,
) -> None:
    root = empty_digest(tmp_path)
    result = run(root, "\n  date 9999-99-99\nBridge closed\nThe bridge was closed, the council said.")
    assert [(str(p.severity), p.code, p.at) for p in result.problems] == [
        ("warning", "D205", Location("standard input", 2, 3))
    ]
    assert result.problems[0].hint
    assert [one.title for one in result.filed] == ["Bridge closed"]
    assert "9999" not in only(root)
