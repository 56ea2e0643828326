"""The files of a new digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content import read
from digest.model import RelationKind, SourceKind
from digest.starter import Choices, plant, seed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest as it is when it is new."""
    files, problems = seed(Choices())
    assert problems == []
    assert plant(tmp_path / "new", files) is None
    return tmp_path / "new"


def test_a_new_digest_reads_without_problems(root: Path) -> None:
    reading = read(root)
    assert reading.problems == ()
    assert reading.digest is not None
    assert [article.id for article in reading.digest.articles] == ["example-harbour-bridge", "example-tram-museum"]


@pytest.mark.parametrize("language", ["de", "uk", "zh-Hans", "xx"])
def test_it_reads_without_problems_in_any_language(tmp_path: Path, language: str) -> None:
    files, problems = seed(Choices(title="Tag", url="https://x.example/a", timezone="Asia/Tokyo", language=language))
    assert problems == []
    plant(tmp_path / "new", files)
    reading = read(tmp_path / "new")
    assert reading.problems == ()
    assert reading.digest is not None
    settings = reading.digest.settings
    assert (settings.title, settings.url, settings.timezone) == ("Tag", "https://x.example/a/", "Asia/Tokyo")
    assert settings.language == language


@pytest.mark.parametrize(
    ("choices", "code", "hint"),
    [
        (Choices(timezone="Europe/Londn"), "D702", "Europe/London"),
        (Choices(language="english please"), "D212", "en"),
        (Choices(url="example.org"), "D208", "https://example.org/"),
    ],
)
def test_a_choice_that_is_no_setting_is_a_problem(choices: Choices, code: str, hint: str) -> None:
    _, (problem,) = seed(choices)
    assert problem.code == code
    assert hint in problem.hint


def test_a_title_with_yaml_signs_is_quoted() -> None:
    files, problems = seed(Choices(title=r"News: \1 #now"))
    assert problems == []
    assert b"""title: 'News: \\1 #now'\n""" in files["digest.yaml"]


def test_everything_in_the_examples_says_that_it_is_invented(root: Path) -> None:
    digest = read(root).digest
    assert digest is not None
    for article in digest.articles:
        assert article.title.startswith("Example: ")
        assert article.summary.startswith("Example: ")
        assert "invented example" in article.body
        for statement in (s for claim in article.claims for s in claim.statements):
            assert digest.registry.sources[statement.by].name.endswith("(invented)")


def test_every_source_of_the_registry_has_an_address_but_the_invented_ones(root: Path) -> None:
    digest = read(root).digest
    assert digest is not None
    without = {source.name for source in digest.registry.sources.values() if not source.url}
    assert all(name.endswith("(invented)") for name in without)
    assert len(digest.registry.sources) > 50


def test_only_state_media_have_relations_and_each_gives_its_ground(root: Path) -> None:
    digest = read(root).digest
    assert digest is not None
    real = [source for source in digest.registry.sources.values() if not source.name.endswith("(invented)")]
    tied = [(source, relation) for source in real for relation in source.relations]
    assert {relation.kind for _, relation in tied} == {RelationKind.CONTROLLED_BY}
    assert {source.kind for source, _ in tied} <= {SourceKind.AGENCY, SourceKind.OUTLET}
    assert all(relation.evidence for _, relation in tied)
    assert "xinhua" in {source.id for source, _ in tied}


def test_the_fact_checking_desk_of_an_agency_counts_as_the_agency(root: Path) -> None:
    digest = read(root).digest
    assert digest is not None
    assert digest.registry.root_name("afp-fact-check") == "afp"


def test_git_leaves_out_what_is_built() -> None:
    files, _ = seed(Choices())
    assert files[".gitignore"] == b"/site/\n/.digest/\n"
    assert "gitignore" not in files


def test_editors_find_the_schemas_of_a_new_digest() -> None:
    files, _ = seed(Choices())
    assert files["content/sources.yaml"].startswith(b"# yaml-language-server: $schema=../schemas/sources.json\n")
    assert files["digest.yaml"].startswith(b"# yaml-language-server: $schema=schemas/digest.json\n")
    assert b"./schemas/topics.json" in files[".vscode/settings.json"]
    assert {"schemas/article.json", "schemas/sources.json", "schemas/digest.json"} <= files.keys()
