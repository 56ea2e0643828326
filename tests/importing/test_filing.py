"""What was imported is not imported twice, and what a person has touched is never touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.importing.filing import Fate, Where
from digest.importing.record import RECORD
from tests.importing.digests import TODAY, empty_digest, fates, only, problems_of, run, texts

TEXT = (
    "Bridge closed to lorries\n"
    "The harbour bridge was closed to lorries on Tuesday morning, the council said after an inspection."
)
LONG = (
    TEXT + " Two bearings had been found to be cracked, and the union had warned of them since the spring of last year."
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item>
<title>Bridge closed</title><link>https://www.post.example/1</link><guid>tag:1</guid>
<pubDate>Tue, 01 Jul 2025 09:30:00 +0000</pubDate><description>{}</description></item></channel></rss>"""


def edit(root: Path, old: str, new: str) -> str:
    """Change the one article as a person would; its path."""
    (path,) = texts(root)
    text = only(root)
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_same_text_again_changes_nothing(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, TEXT)
    before = texts(root), (root / RECORD).read_bytes()
    assert fates(run(root, TEXT)) == [Fate.UNCHANGED]
    assert (texts(root), (root / RECORD).read_bytes()) == before


@pytest.mark.parametrize("name", ["story.txt", "a: b.txt"])
def test_the_same_text_through_a_file_changes_nothing_either(tmp_path: Path, name: str) -> None:
    root = empty_digest(tmp_path / "d")
    run(root, TEXT)
    before = texts(root), (root / RECORD).read_bytes()
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert fates(run(root, tmp_path / name)) == [Fate.UNCHANGED]
    assert (texts(root), (root / RECORD).read_bytes()) == before


def test_a_draft_is_written_anew_when_the_registry_knows_more(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    run(root, TEXT)
    sources = root / "content/sources.yaml"
    sources.write_text(sources.read_text() + "  council: {name: Council, kind: government}\n", encoding="utf-8")
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    assert fates(run(root, tmp_path / "story.txt")) == [Fate.UPDATED]
    assert "by: council" in only(root)


CITING = "Army leaves the port\n{}, citing a military source, said that the army had withdrawn from the port."


def test_the_same_texts_four_times_change_nothing_whatever_sources_drafts_have_in_place(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    every = (CITING.format("Baltic Tribune"), CITING.format("Harbour Bulletin").replace("port", "quay"))
    run(root, *every)
    before = texts(root), (root / RECORD).read_bytes()
    for _ in range(3):
        assert fates(run(root, *every)) == [Fate.UNCHANGED, Fate.UNCHANGED]
    assert (texts(root), (root / RECORD).read_bytes()) == before


def test_how_a_text_is_read_does_not_depend_on_what_other_drafts_call_an_outlet(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    sentence = "Workers fear for their jobs, the union said in an interview with Kjell Berg."
    run(root, f"Yard to close in spring\n{sentence}")
    before = texts(root)
    (root / "content/other.md").write_text(
        "---\ntitle: Ours\ndate: 2025-07-01\nstatus: draft\n"
        "sources: [{by: {name: Kjell Berg, kind: outlet}}]\n---\nText.\n",
        encoding="utf-8",
    )
    assert fates(run(root, f"Yard to close in spring\n{sentence}")) == [Fate.UNCHANGED]
    assert before.items() <= texts(root).items()


def test_claims_keep_their_ids_when_the_draft_is_gone_that_had_them_first(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    said = "The bridge is safe, the council said."
    run(root, f"Bridge opens to lorries\n{said}", f"Tolls rise at the harbour\nQueues were long on Friday. {said}")
    (root / "content/2025/07/10/bridge-opens-to-lorries.md").unlink()
    assert fates(run(root, f"Tolls rise at the harbour\nQueues were long on Friday. {said}")) == [Fate.UNCHANGED]


def test_a_draft_that_a_person_has_edited_is_left_alone(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, FEED.format("The bridge was closed, the council said."))
    edit(root, "status: draft", "status: published")
    before = only(root)
    assert fates(run(root, FEED.format("The bridge was closed, and opened again, the council said."))) == [Fate.EDITED]
    assert only(root) == before


def test_a_draft_that_a_person_has_deleted_is_not_written_again(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, TEXT)
    (path,) = texts(root)
    (root / path).unlink()
    assert fates(run(root, TEXT)) == [Fate.GONE]
    assert texts(root) == {}


def test_an_untouched_draft_follows_its_source_and_keeps_its_place_and_id(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, FEED.format("The bridge was closed, the council said."))
    (path,) = texts(root)
    assert fates(run(root, FEED.format("The bridge was opened, the council said."))) == [Fate.UPDATED]
    assert list(texts(root)) == [path]
    assert "The bridge was opened" in only(root)
    assert problems_of(root) == ()


@pytest.mark.parametrize("when", ["Fri, 01 Jan 9999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"])
def test_an_item_with_a_date_that_no_article_can_have_gets_the_day_of_the_import_and_a_note(
    tmp_path: Path, when: str
) -> None:
    root = empty_digest(tmp_path)
    feed = FEED.format("The bridge was closed.").replace("Tue, 01 Jul 2025 09:30:00 +0000", when)
    result = run(root, feed)
    assert (fates(result), result.problems) == ([Fate.WRITTEN], ())
    assert f"date: {TODAY}" in only(root)
    assert "which is no date that an article can have" in only(root)


@pytest.mark.parametrize("dry", [True, False])
def test_the_same_item_twice_in_one_run_is_a_duplicate(tmp_path: Path, *, dry: bool) -> None:
    root = empty_digest(tmp_path)
    result = run(root, TEXT, TEXT, where=Where("", str(TODAY), dry=dry))
    assert [(f.fate, f.why) for f in result.filed] == [(Fate.WRITTEN, ""), (Fate.DUPLICATE, "the same item")]


def test_nearly_the_same_text_is_a_duplicate_and_is_shown(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, LONG, LONG.replace("spring", "summer"))
    assert fates(result) == [Fate.WRITTEN, Fate.DUPLICATE]
    assert result.filed[1].path == result.filed[0].path
    assert result.filed[1].why == "nearly the same text"
    assert result.filed[1].new.startswith("Two bearings had been found")


GROWN = LONG.replace("Two", "Nine") + " The army sent three helicopters to the harbour in the evening."


def test_an_untouched_draft_follows_a_text_that_has_grown_and_older_versions_of_it_change_nothing(
    tmp_path: Path,
) -> None:
    root = empty_digest(tmp_path)
    run(root, LONG)
    (path,) = texts(root)
    assert fates(run(root, GROWN)) == [Fate.UPDATED]
    assert list(texts(root)) == [path]
    assert "three helicopters" in only(root)
    before = texts(root), (root / RECORD).read_bytes()
    assert fates(run(root, GROWN)) == [Fate.UNCHANGED]
    older = run(root, LONG).filed[0]
    assert (older.fate, older.why) == (Fate.DUPLICATE, "the same text, but older,")
    assert fates(run(root, GROWN, LONG)) == [Fate.UNCHANGED, Fate.DUPLICATE]
    assert fates(run(root, LONG, GROWN)) == [Fate.DUPLICATE, Fate.UNCHANGED]
    assert (texts(root), (root / RECORD).read_bytes()) == before
    longer = GROWN + " " + " ".join(f"House number {n} had to be left by all who live in it." for n in range(20))
    assert fates(run(root, longer)) == [Fate.UPDATED]
    assert list(texts(root)) == [path]


def test_a_draft_that_a_person_has_edited_does_not_follow_its_text_and_the_new_sentence_is_shown(
    tmp_path: Path,
) -> None:
    root = empty_digest(tmp_path)
    run(root, LONG)
    edit(root, "status: draft", "status: published")
    before = only(root)
    filed = run(root, LONG + " The army sent three helicopters.").filed[0]
    assert filed.fate is Fate.DUPLICATE
    assert (filed.why, filed.new) == ("nearly the same text", "The army sent three helicopters.")
    assert only(root) == before


@pytest.mark.parametrize(
    "other",
    [LONG.replace("Bridge closed to lorries", "Union warned of cracks last year"), f"date 2025-07-09\n{LONG}"],
)
def test_a_text_with_another_title_or_day_is_no_newer_version(tmp_path: Path, other: str) -> None:
    root = empty_digest(tmp_path)
    run(root, LONG)
    before = only(root)
    assert fates(run(root, other.replace("spring", "summer"))) == [Fate.DUPLICATE]
    assert only(root) == before


def test_another_report_on_the_same_event_is_no_duplicate(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    other = (
        "Lorries must take the tunnel\n"
        "Hauliers complained of long queues after the council shut the old harbour bridge for repairs on Tuesday."
    )
    assert fates(run(root, LONG, other)) == [Fate.WRITTEN, Fate.WRITTEN]


def test_an_item_whose_link_a_statement_has_is_a_duplicate(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    article = (
        '---\ntitle: Ours\ndate: 2025-07-01\nsources: [{by: reuters, url: "https://www.post.example/1"}]\n---\nText.\n'
    )
    (root / "content/ours.md").write_text(article, encoding="utf-8")
    result = run(root, FEED.format("Something else entirely."))
    assert [(f.fate, f.path, f.why) for f in result.filed] == [(Fate.DUPLICATE, "content/ours.md", "the same link")]


def test_a_file_that_stands_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    path = root / "content/2025/07/10/bridge-closed-to-lorries.md"
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    result = run(root, TEXT)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [p.code for p in result.problems] == ["D809"]


def test_an_id_that_an_article_has_is_not_given_again(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    (root / "content/bridge-closed-to-lorries.md").write_text(
        "---\ntitle: T\ndate: 2025-01-01\n---\nT.\n", encoding="utf-8"
    )
    assert run(root, TEXT).filed[0].path.endswith("bridge-closed-to-lorries-2.md")
    assert problems_of(root) == ()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert fates(run(root, TEXT, where=Where("", str(TODAY), dry=True))) == [Fate.WRITTEN]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_given_date_and_folder_decide(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, f"date 2020-01-01\n{TEXT}", where=Where("2024-02-03", str(TODAY), "content/inbox"))
    (path,) = texts(root)
    assert path == "content/inbox/bridge-closed-to-lorries.md"
    assert "date: 2024-02-03\n" in only(root)


def test_a_folder_that_leads_out_of_the_digest_is_refused(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "content/inbox").symlink_to(outside)
    result = run(root, TEXT, where=Where("", str(TODAY), "content/inbox"))
    assert [p.code for p in result.problems] == ["D704"]
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"key": 1}', "[" * 100_000])
def test_a_damaged_record_is_a_problem_and_nothing_is_written(tmp_path: Path, line: str) -> None:
    root = empty_digest(tmp_path)
    (root / RECORD).write_text(f"{line}\n", encoding="utf-8")
    result = run(root, TEXT)
    assert [(p.code, p.at.line) for p in result.problems] == [("D959", 1)]
    assert texts(root) == {}


def test_a_run_that_ended_before_its_record_was_sorted_is_remembered_all_the_same(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, TEXT)
    lines = (root / RECORD).read_text(encoding="utf-8")
    run(root, LONG.replace("lorries", "trucks").replace("Bridge", "Old bridge"))
    (root / RECORD).write_text(lines + lines, encoding="utf-8")
    assert fates(run(root, TEXT)) == [Fate.UNCHANGED]
