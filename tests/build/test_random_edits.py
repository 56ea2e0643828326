"""Whatever is edited, and whatever goes wrong in between, site and problems are those of a clean build."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from digest.build import output, touch
from digest.build.build import Options, Outcome, build
from digest.build.output import WORK
from digest.pages import feed, home, label, sitemap, source, taxonomy
from digest.problems import in_order, show
from tests.build.newsroom import Newsroom
from tests.build.test_incremental import clean, tree

LIMITS = ((taxonomy, "NEWEST", 3), (touch, "NEWEST", 3), (source, "SHOWN", 4), (label, "SHOWN", 3))
"""How much pages list, made small so that small digests reach beyond it."""
MORE_LIMITS = ((feed, "NEWEST", 3), (home, "_LATEST_DAYS", 2), (sitemap, "MOST", 25))


def told(outcome: Outcome) -> list[str]:
    """The problems; hints aside, which may suggest other words that are near."""
    return [show(replace(problem, hint="")) for problem in in_order(outcome.problems)]


class Edits(RuleBasedStateMachine):
    """A newsroom at work, with a build after each step."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._patches = ExitStack()
        for module, name, limit in LIMITS + MORE_LIMITS:
            self._patches.enter_context(patch.object(module, name, limit))
        self.newsroom: Newsroom | None = None

    def teardown(self) -> None:
        self._patches.close()
        self._folder.cleanup()

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.newsroom = Newsroom(Path(self._folder.name) / "digest", seed)

    def _build(self) -> Outcome:
        newsroom = self.newsroom
        assert newsroom is not None
        options = Options(newsroom.clock, newsroom.root / "site", newsroom.as_of, jobs=1, eml=newsroom.eml)
        outcome = build(newsroom.root, options)
        assert outcome.note == ""
        return outcome

    @rule(kinds=st.lists(st.integers(0, 2**16), min_size=1, max_size=3))
    def edit(self, kinds: list[int]) -> None:
        assert self.newsroom is not None
        before = tree(self.newsroom.root)
        take_back = self.newsroom.remember()
        names = [self.newsroom.edit() for _ in kinds]
        if self._build().failed:  # a mistake: readers see nothing of it, and mostly it is taken back
            assert tree(self.newsroom.root) == before, names
            if self.newsroom.rng.random() < 0.7:
                take_back()

    @precondition(lambda self: self.newsroom is not None)
    @rule(what=st.sampled_from((WORK, "site")))
    def lose(self, what: str) -> None:
        assert self.newsroom is not None
        shutil.rmtree(self.newsroom.root / what, ignore_errors=True)

    @precondition(lambda self: self.newsroom is not None)
    @rule(moves=st.integers(0, 30))
    def break_off(self, moves: int) -> None:
        """A build that stops amid its commit."""
        assert self.newsroom is not None
        self.newsroom.edit()
        left = moves
        moved = output.Stage._move

        def stop(stage: output.Stage, name: str, known: set[str]) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            moved(stage, name, known)

        with patch.object(output.Stage, "_move", stop), suppress(KeyboardInterrupt):
            self._build()
        self.newsroom.edit()

    @invariant()
    def the_site_is_that_of_a_clean_build(self) -> None:
        if self.newsroom is None:
            return
        before = tree(self.newsroom.root)
        outcome = self._build()
        expected, site = clean(self.newsroom.root, self.newsroom.clock, self.newsroom.as_of, eml=self.newsroom.eml)
        found = tree(self.newsroom.root)
        assert told(outcome) == told(expected)
        assert outcome.failed == expected.failed
        if outcome.failed:
            assert found == before
            return
        assert found.keys() == site.keys()
        assert [name for name in site if found[name] != site[name]] == []
        again = self._build()
        assert again.rendered == ()
        assert again.written is not None
        assert (again.written.total, again.written.removed) == (0, 0)


few = settings(
    max_examples=6,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # to make a failure smaller takes longer than to read it
    print_blob=True,
)
TestEdits = Edits.TestCase
TestEdits.settings = few


@pytest.mark.slow
def test_hundreds_of_random_edits_never_part_from_a_clean_build() -> None:
    class Many(Edits):
        pass

    many = settings(few, max_examples=40, stateful_step_count=25)
    case = Many.TestCase
    case.settings = many
    case().runTest()


def test_a_newsroom_edits_everything_that_can_be_edited(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "digest", 0)
    kinds = {edit.__name__ for edit in newsroom.edits()}
    assert kinds >= {"add", "rewrite", "retitle", "redate", "move", "draft", "delete", "template", "settings"}
    assert kinds >= {"registry", "alias", "thread", "mention", "rest_on", "override", "note", "picture", "static"}
    assert kinds >= {"embargo", "time_passes", "look_back", "witness", "break_an_article"}
    for edit in newsroom.edits():
        edit()
