from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import NEWEST_DAY, Article, Flavour, Plan, articles, path, text, write
from benchmarks.sites import HERE
from benchmarks.vocabulary import REGIONS, TOPICS
from digest.build.build import Options, Outcome, build
from digest.content.read import Reading, read

PLAN = Plan(40)


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def front_and_body(article: Article, flavour: Flavour) -> tuple[dict[str, Any], str]:
    _, front, body = text(article, flavour).split("---\n", 2)
    return yaml.safe_load(front), body


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a digest with the plain theme."""
    folder = tmp_path_factory.mktemp("bench") / "plain"
    shutil.copytree(HERE / "plain", folder)
    write(folder, PLAN, Flavour.DIGEST)
    return folder


@pytest.fixture(scope="module")
def reading(root: Path) -> Reading:
    return read(root)


@pytest.fixture(scope="module")
def built(root: Path) -> Outcome:
    return build(root, Options(datetime(2026, 1, 1, tzinfo=UTC), root / "site"))


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for flavour in Flavour:
        write(tmp_path / "a" / flavour, PLAN, flavour)
        write(tmp_path / "b" / flavour, PLAN, flavour)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert list(articles(Plan(1, seed=8))) != list(articles(Plan(1)))


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    assert list(islice(articles(Plan(1000)), 40)) == list(articles(PLAN))


@given(st.integers(0, 2**32), st.integers(0, 12))
def test_every_article_has_the_promised_shape(seed: int, taxa: int) -> None:
    (article,) = articles(Plan(1, taxa, seed))
    for names, known in ((article.regions, REGIONS), (article.topics, TOPICS)):
        assert len(names) == len(set(names)) == (taxa or len(names))
        assert set(names) <= set(known)
    assert taxa or max(len(article.regions), len(article.topics)) <= 2
    assert 3 <= len(article.statements) <= 5
    assert 200 <= len(article.body.split()) <= 400


def test_eight_articles_a_day_and_the_newest_last_on_its_day() -> None:
    found = list(articles(PLAN))
    assert [sum(a.when.date() == day for a in found) for day in {a.when.date() for a in found}] == [8] * 5
    assert max(found, key=lambda a: a.when) == found[PLAN.newest]
    assert found[PLAN.newest].when.date() == NEWEST_DAY


def test_both_flavours_hold_the_same_words() -> None:
    for article in articles(PLAN):
        digest, body = front_and_body(article, Flavour.DIGEST)
        hugo, same_body = front_and_body(article, Flavour.HUGO)
        assert body == same_body
        (claim,) = digest.pop("claims")
        assert claim["text"] == hugo.pop("claim")
        assert [(s["by"], s["via"], s["says"], s["url"]) for s in claim["statements"]] == [
            (s["speaker"], [s["via"]], s["stance"], s["url"]) for s in hugo.pop("statements")
        ]
        assert hugo.pop("days") == [f"{article.when:%Y-%m-%d}"]
        assert digest == hugo
        assert path(article, Flavour.HUGO) == path(article, Flavour.DIGEST).replace("content/", "content/posts/")


def test_the_digest_flavour_is_read_without_problems(reading: Reading) -> None:
    assert reading.problems == ()
    assert reading.digest is not None
    assert len(reading.digest.articles) == PLAN.articles
    assert {len(a.claims) for a in reading.digest.articles} == {1}


def test_the_plain_theme_makes_exactly_the_expected_addresses(root: Path, reading: Reading, built: Outcome) -> None:
    assert built.problems == ()
    assert reading.digest is not None
    found = list(articles(PLAN))
    followed = {"", *(f"{a.when:%Y/%m/%d}/" for a in found)}
    for section, taxonomy in (("regions", reading.digest.regions), ("topics", reading.digest.topics)):
        followed |= {f"{section}/{taxon.slug}/" for taxon in taxonomy.taxa.values()}
    pages = {*followed, *(a.address for a in found), "regions/", "topics/"}
    expected = {f"{page}index.html" for page in pages} | {f"{page}feed.xml" for page in followed}
    written = {name for name in files(root / "site") if not name.startswith(("assets/", "."))}
    assert written == expected
    assert built.pages == len(expected)


def test_a_plain_article_shows_all_that_the_corpus_says(root: Path, built: Outcome) -> None:
    assert not built.failed
    for article in articles(PLAN):
        page = (root / "site" / article.address / "index.html").read_text(encoding="utf-8")
        assert {s.url for s in article.statements} <= set(re.findall(r'href="([^"]+)"', page))
        shown = " ".join(re.sub("<[^>]+>", " ", page).split())
        body = " ".join(re.sub(r"\]\([^)]*\)|^[>#-]+ |[*\[]+", " ", article.body, flags=re.MULTILINE).split())
        for words in (article.title, article.claim, body):
            assert words in shown
