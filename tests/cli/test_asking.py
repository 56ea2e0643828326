"""`digest new` on a terminal asks for what no option gives; each question has an option."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from digest.cli import main
from digest.cli.asking import _Choices
from digest.content import read
from digest.writing.words import Word
from tests.digests import small_digest

PATIENCE = 120
"""Seconds after which a question that does not come will not come."""


class Talk:
    """A command on a terminal of its own, answered word by word."""

    def __init__(self, screen: int) -> None:
        self._screen = screen
        self._seen = b""

    def until(self, words: str) -> None:
        """Read until these words stand on the screen."""
        while words.encode() not in self._seen:
            ready, _, _ = select.select([self._screen], [], [], PATIENCE)
            assert ready, self._seen
            data = os.read(self._screen, 65536)
            if b"\x1b[6n" in data:  # where is the cursor?
                os.write(self._screen, b"\x1b[1;1R")
            self._seen += data
        self._seen = self._seen.partition(words.encode())[2]

    def answer(self, question: str, *answers: str) -> None:
        """Wait for a question, and type."""
        self.until(question)
        for answer in answers:
            os.write(self._screen, answer.encode())


@contextmanager
def on_a_terminal(*command: str) -> Iterator[tuple[Talk, subprocess.Popen[bytes]]]:
    """A command whose input and output are a terminal."""
    screen, end = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "digest", *command], stdin=end, stdout=end, stderr=end, env=environment,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(end)
        try:
            yield Talk(screen), process
        finally:
            process.kill()
            os.close(screen)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small digest."""
    return small_digest(tmp_path)


def test_all_is_asked_for_and_wrong_answers_are_told_at_once(root: Path) -> None:
    with on_a_terminal("new", "--root", str(root), "--now", "2025-07-03T12:00Z") as (talk, process):
        talk.answer("Title:", "Talks: day 2\r")
        talk.answer("Date:", "\r")
        talk.answer("Summary", "They talk.\r")
        talk.answer("Regions", "Nowhereland\r")
        talk.answer("no region is known as", "\x15UA, CH\r")
        talk.answer("Topics", "war\r")
        talk.answer("Thread", "front\r")
        talk.answer("Sources", "agency, paper\r")
        talk.until("content/2025/07/03/talks-day-2.md")
        assert process.wait(PATIENCE) == 0
    reading = read(root)
    assert reading.problems == ()
    assert reading.digest is not None
    article = next(a for a in reading.digest.articles if a.id == "talks-day-2")
    assert (article.title, article.summary, str(article.day)) == ("Talks: day 2", "They talk.", "2025-07-03")
    assert (article.regions, article.thread, article.draft) == (("UA", "CH"), "front", True)
    assert [s.by for claim in article.claims for s in claim.statements] == ["agency", "paper"]


def test_what_an_option_gives_is_not_asked_for(root: Path) -> None:
    given = ["--date", "2025-07-02", "--summary", "S.", "--region", "UA", "--topic", "war", "--thread", "front"]
    with on_a_terminal("new", "--root", str(root), *given, "--source", "paper") as (talk, process):
        talk.answer("Title:", "A title\r")
        talk.until("content/2025/07/02/a-title.md")
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_whoever_has_enough_leaves_nothing_behind(root: Path, key: str) -> None:
    before = sorted(root.rglob("*"))
    with on_a_terminal("new", "--root", str(root)) as (talk, process):
        talk.answer("Title:", key)
        talk.until("stopped")
        assert process.wait(PATIENCE) == 130
    assert sorted(root.rglob("*")) == before


def test_without_a_terminal_nothing_is_asked(root: Path) -> None:
    done = CliRunner().invoke(main, ["new", "--root", str(root)])
    assert done.exit_code == 2
    assert "TITLE" in done.stderr


@pytest.mark.parametrize(
    ("typed", "several", "offered"),
    [
        ("uk", False, ["uk-mod"]),
        ("minis", False, ["uk-mod"]),
        ("bbc, mi", True, ["uk-mod"]),
        ("bbc, mi", False, []),
        ("", True, ["uk-mod", "bbc"]),
        ("x", True, []),
    ],
)
def test_choices_go_by_the_word_and_by_its_meaning(typed: str, offered: list[str], *, several: bool) -> None:
    choices = _Choices([Word("uk-mod", "UK Ministry of Defence"), Word("bbc", "BBC")], several=several)
    found = choices.get_completions(Document(typed), CompleteEvent())
    assert [completion.text for completion in found] == offered
