"""Texts from outside hold what their readers see, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content.read import read
from digest.importing.markdown import visible
from tests.digests import write
from tests.importing.digests import empty_digest, only, run, texts

TURNED = "Bridge \u202egnp.exe\u202c \u2066clo\u00adsed\u2069 to \ufefflor\u200bries"
PLAIN = "Bridge gnp.exe closed to lorries"


@pytest.mark.parametrize(
    "data",
    [
        f"{TURNED}\nThe council said that {TURNED}.",
        (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><title>{TURNED}</title>'
            f"<description>The council said that {TURNED}.</description></item></channel></rss>"
        ),
        (
            f"From: a@b.example\nSubject: {TURNED}\nContent-Type: text/plain; charset=utf-8\n\n"
            f"The council said that {TURNED}."
        ),
        (
            f"<!doctype html><html><head><title>{TURNED}</title></head><body><article><h1>{TURNED}</h1>"
            f"<p>{f'The council said that {TURNED}. ' * 5}</p></article></body></html>"
        ),
    ],
)
def test_what_turns_or_splits_words_unseen_is_left_out(tmp_path: Path, data: str) -> None:
    root = empty_digest(tmp_path)
    run(root, data)
    text = only(root)
    assert f"title: {PLAIN}\n" in text
    assert "/bridge-gnp-exe-closed-to-lorries.md" in next(iter(texts(root)))
    assert not set("\u202e\u202c\u2066\u2069\u00ad\ufeff\u200b") & set(text)


def test_titles_of_other_generators_lose_what_nobody_sees(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    post = f"---\ntitle: {TURNED}\nsummary: {TURNED}\ndate: 2025-07-01\n---\nText.\n"
    run(root, write(tmp_path / "site", {"hugo.toml": "", "content/a.md": post}))
    article = read(root).digest.articles[0]  # type: ignore[union-attr] # it has just been written
    assert (article.title, article.summary) == (PLAIN, PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "\u0915\u094d\u200d\u0937",  # an Indic conjunct
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # a Persian verb
        "\U0001f468\u200d\U0001f467",  # a family
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's flag
        "\u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22",  # two Thai words
        "\u200f\u05d0\u200e",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert visible(text) == text
