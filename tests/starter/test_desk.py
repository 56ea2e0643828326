"""Starting an article in a digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content import read
from digest.content.context import Context
from digest.content.read import read_context
from digest.starter import Choices, Request, drafted, filed, plant, seed

REQUEST = Request("Talks resume", "2025-07-01", "talks-resume")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new digest."""
    plant(tmp_path / "new", seed(Choices(timezone="Europe/Kyiv"))[0])
    return tmp_path / "new"


@pytest.fixture
def context(root: Path) -> Context:
    """What its articles are read against."""
    context, _ = read_context(root)
    assert context is not None
    return context


def test_an_article_stands_in_the_folder_of_its_day(root: Path, context: Context) -> None:
    path, text, problems = drafted(REQUEST, context)
    assert problems == []
    assert path == "content/2025/07/01/talks-resume.md"
    assert filed(root, path, text, REQUEST.id, context) is None
    reading = read(root)
    assert reading.problems == ()
    assert reading.digest is not None
    assert "talks-resume" in {article.id for article in reading.digest.articles}


def test_the_day_is_the_one_in_the_timezone_of_the_digest(context: Context) -> None:
    path, _, _ = drafted(Request("Talks", "2025-07-01T22:30Z", "talks"), context)
    assert path == "content/2025/07/02/talks.md"


@pytest.mark.parametrize(
    ("request_", "code", "hint"),
    [
        (Request("T", "2025-02-30", "t"), "D205", "2025-02-28"),
        (Request("T", "tomorrow", "t"), "D205", "2025-07-01"),
        (Request("T", "2025-07-01", "../up"), "D501", "write up"),
        (Request("T", "2025-07-01", "t", thread="A Thread"), "D501", "write a-thread"),
        (Request("T", "2025-07-01", "t", regions=("Ukrane",)), "D307", "Ukraine"),
        (Request("T", "2025-07-01", "t", topics=("armed conflct",)), "D308", "armed conflict"),
    ],
)
def test_a_request_that_the_reader_would_refuse_is_a_problem(
    context: Context, request_: Request, code: str, hint: str
) -> None:
    _, _, (problem,) = drafted(request_, context)
    assert problem.code == code
    assert hint in problem.hint


def test_regions_and_topics_of_the_digest_itself_are_known(context: Context) -> None:
    _, text, problems = drafted(Request("T", "2025-07-01", "t", ("harborough", "Korea, South"), ("war",)), context)
    assert not [problem for problem in problems if "harborough" in problem.message]
    assert "regions: [harborough, " in text


@pytest.mark.parametrize("existing", ["content/2025/07/01/talks-resume.md", "content/talks-resume.md", "content/a.md"])
def test_an_id_that_another_article_has_is_refused_with_its_file(root: Path, context: Context, existing: str) -> None:
    (root / existing).parent.mkdir(parents=True, exist_ok=True)
    (root / existing).write_bytes(b"---\ntitle: Mine\ndate: 2024-01-01\nid: talks-resume\n---\nMine.\n")
    before = (root / existing).read_bytes()
    path, text, _ = drafted(REQUEST, context)
    problem = filed(root, path, text, REQUEST.id, context)
    assert problem is not None
    assert (problem.code, problem.at.path) == ("D502", existing)
    assert (root / existing).read_bytes() == before


def test_an_article_in_a_folder_of_its_own_has_the_folders_name_for_its_id(root: Path, context: Context) -> None:
    (root / "content/talks-resume").mkdir()
    (root / "content/talks-resume/index.md").write_bytes(b"---\ntitle: Mine\ndate: 2024-01-01\n---\nMine.\n")
    path, text, _ = drafted(REQUEST, context)
    problem = filed(root, path, text, REQUEST.id, context)
    assert problem is not None
    assert problem.at.path == "content/talks-resume/index.md"


def test_an_article_that_only_mentions_the_id_is_no_obstacle(root: Path, context: Context) -> None:
    (root / "content/a.md").write_bytes(b"---\ntitle: A\ndate: 2024-01-01\n---\nOn talks-resume.\n")
    path, text, _ = drafted(REQUEST, context)
    assert filed(root, path, text, REQUEST.id, context) is None


def test_a_broken_file_in_the_place_of_the_article_is_not_overwritten(root: Path, context: Context) -> None:
    path, text, _ = drafted(REQUEST, context)
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(b"mine, and no article")
    problem = filed(root, path, text, REQUEST.id, context)
    assert problem is not None
    assert (root / path).read_bytes() == b"mine, and no article"


def test_a_link_that_leads_out_of_the_digest_is_not_followed(root: Path, context: Context, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "content/2025/07").symlink_to(outside)
    path, text, _ = drafted(REQUEST, context)
    problem = filed(root, path, text, REQUEST.id, context)
    assert problem is not None
    assert problem.code == "D704"
    assert list(outside.iterdir()) == []
