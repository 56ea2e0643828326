from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.content import read
from digest.content.catalogue import regions, topics
from digest.content.document import decode
from digest.content.registry import parse_registry
from digest.content.settings import parse_settings
from digest.content.taxa import parse_taxa
from digest.model import Settings
from tests.content.digests import Desk


def test_a_digest_is_read_with_its_articles_sorted_by_path(desk: Desk) -> None:
    desk.article("", path="content/b.md").article("", path="content/a/z.md").article("", path="content/a.md")
    reading = desk.read()
    assert reading.problems == ()
    assert reading.digest is not None
    assert [a.path for a in reading.digest.articles] == ["content/a.md", "content/a/z.md", "content/b.md"]
    assert reading.digest.settings.title == "Test"
    assert set(reading.digest.registry.parties) == {"ru", "ua"}


def test_an_article_with_errors_is_left_out_and_the_others_stay(desk: Desk) -> None:
    desk.article("date: never\n", path="content/a.md").article("", path="content/b.md")
    reading = desk.read()
    assert [p.code for p in reading.problems] == ["D205"]
    assert reading.digest is not None
    assert [a.id for a in reading.digest.articles] == ["b"]


def test_problems_of_all_files_come_at_once_in_order_and_with_their_lines(desk: Desk) -> None:
    desk.put("digest.yaml", "title: T\ntimezone: Mars\n")
    desk.put("content/sources.yaml", "parties:\n  a: {name: A, opposes: b}\n")
    desk.article("date: never\n", path="content/b.md").article("claims: {id: c}\n", path="content/a.md")
    reading = desk.read()
    assert [(p.code, str(p.at), p.text) for p in reading.problems] == [
        ("D402", "content/a.md:2:14", "claims: {id: c}"),
        ("D205", "content/b.md:2:7", "date: never"),
        ("D301", "content/sources.yaml:2:25", "  a: {name: A, opposes: b}"),
        ("D702", "digest.yaml:2:11", "timezone: Mars"),
    ]
    assert reading.digest is None


def test_an_unreadable_registry_makes_no_source_unknown(desk: Desk) -> None:
    desk.put("content/sources.yaml", "sources: [\n").article("sources: [anyone]\n")
    assert [code for code, _ in desk.problems()] == ["D101"]


def test_a_digest_needs_no_registry(desk: Desk) -> None:
    (desk.root / "content/sources.yaml").unlink()
    assert desk.article("").only().id == "item"


def test_a_folder_without_digest_yaml_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert [p.code for p in reading.problems] == ["D703", "D701"]
    assert reading.digest is None


def test_a_root_may_be_written_in_another_way(desk: Desk) -> None:
    desk.article("")
    assert read(desk.root) == read(Path(desk.root, "content", ".."))


YAML_LINES = [
    "parties:",
    "sources:",
    "regions:",
    "topics: {a: {parent: b}, b: {parent: a}}",
    "title: T",
    "  a: {name: A, kind: ngo}",
    "  b: {name: B, speaks_for: [a, {party: c, from: x}], opposes: [[a]]}",
    "  c: text",
    "  d:",
    "  UA: {parent: a, slug: '!'}",
    "publisher: [x]",
    "outputs: x",
    "timezone: ''",
    "- a",
]


@given(st.lists(st.sampled_from(YAML_LINES), max_size=8), st.binary(max_size=20))
def test_any_lines_in_the_other_files_are_read_or_are_problems(lines: list[str], rest: bytes) -> None:
    file, problems = decode("f.yaml", "\n".join(lines).encode() + rest)
    if file is None:
        assert problems
        return
    settings, problems = parse_settings(file)
    assert (settings is None) == bool(problems)
    registered, problems = parse_registry(file, Settings(title="T"))
    assert registered.complete or problems
    for section, make in (("regions", regions), ("topics", topics)):
        catalogue, problems = parse_taxa(file, section, "en", make)
        assert catalogue or problems


def test_a_name_that_no_file_can_have_is_no_picture(desk: Desk) -> None:
    desk.article('image: {src: "a\\0b", alt: A}\n')
    assert [code for code, _ in desk.problems()] == ["D107", "D209"]
