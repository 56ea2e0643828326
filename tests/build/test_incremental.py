"""An incremental build gives the same site as a clean one, whatever was edited in between."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from digest.build.build import Options, Outcome, build
from digest.build.output import MANIFEST, WORK
from tests.digests import FRONT, SETTINGS, SOURCES, small_digest, write

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)
DAYS = ("2025-06-30", "2025-07-01", "2025-07-02", "2026-01-05")
REGIONS = ("UA-59", "UA", "RU", "FR", "151")
TOPICS = ("war", "diplomacy", "weather")
THREADS = ("", "front", "talks")
SPEAKERS = ("general-staff", "kremlin", "monitor", "agency", "{name: A witness, kind: person}")
STANCES = ("asserts", "supports", "denies", "silent", "retracts")


def run(root: Path, clock: datetime = CLOCK) -> Outcome:
    outcome = build(root, Options(clock, root / "site", jobs=1))
    assert not outcome.failed, outcome.problems
    return outcome


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root / "site").as_posix(): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def clean_tree(root: Path, clock: datetime = CLOCK) -> dict[str, bytes]:
    """What a build from nothing gives for the same files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", WORK))
        run(copy, clock)
        return tree(copy)


def article(rng: random.Random, number: int) -> str:
    regions = ", ".join(rng.sample(REGIONS, rng.choice([0, 1, 2])))
    topics = ", ".join(rng.sample(TOPICS, rng.choice([0, 1])))
    lines = [
        "---",
        f"title: Title {rng.randrange(100)} of {number}",
        f"date: {rng.choice(DAYS)}",
        f"summary: Summary {rng.randrange(100)}",
        f"regions: [{regions}]",
        f"topics: [{topics}]",
    ]
    if thread := rng.choice(THREADS):
        lines.append(f"thread: {thread}")
    if rng.random() < 0.2:
        lines.append("status: draft")
    if rng.random() < 0.2:
        lines.append(f"aliases: [/old/{number}-{rng.randrange(3)}/]")
    if rng.random() < 0.2:
        lines.append(f"corrections: [{{date: 2025-07-03, text: Correction {rng.randrange(9)}}}]")
    lines += ["claims:", *claim(rng, f"claim-{number}", defines=True)]
    if number and rng.random() < 0.4:
        lines += claim(rng, "claim-0", defines=False)
    return "\n".join([*lines, "---", f"Text {rng.randrange(100)}.", ""])


def claim(rng: random.Random, id_: str, *, defines: bool) -> list[str]:
    lines = [f"  - id: {id_}"]
    if defines:
        lines.append(f"    text: Sentence {rng.randrange(9)} of {id_}.")
        if id_ != "claim-0" and rng.random() < 0.3:
            lines.append("    depends_on: claim-0")
    lines.append("    statements:")
    for _ in range(rng.randint(1, 3)):
        basis = rng.choice(("first_hand", "own_records", "unstated"))
        speaker, says, day = rng.choice(SPEAKERS), rng.choice(STANCES), rng.choice(DAYS)
        lines.append(f"      - {{by: {speaker}, says: {says}, basis: {basis}, recorded: {day}}}")
    return lines


class Edits(RuleBasedStateMachine):
    """Random edits to a small digest, each followed by an incremental build."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.root = Path(self._folder.name) / "digest"
        self.clock = CLOCK
        self.rng = random.Random(0)  # noqa: S311 (test data)
        self.number = 1

    def teardown(self) -> None:
        self._folder.cleanup()

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 (test data)
        small_digest(self.root)
        self._put(0)

    def _put(self, number: int) -> None:
        text = article(self.rng, number)
        if number == 0:
            text = text.replace("status: draft\n", "").replace("date: 2026-01-05\n", "date: 2025-07-01\n")
        write(self.root, {f"content/a{number}.md": text})

    def _some(self) -> list[Path]:
        return [p for p in sorted((self.root / "content").glob("a*.md")) if p.name != "a0.md"]

    @rule()
    def add(self) -> None:
        self._put(self.number)
        self.number += 1

    @rule()
    def rewrite_the_claim_that_others_name(self) -> None:
        self._put(0)

    @rule(pick=st.integers(0, 99))
    def rewrite(self, pick: int) -> None:
        if found := self._some():
            self._put(int(found[pick % len(found)].stem.removeprefix("a")))

    @rule(pick=st.integers(0, 99))
    def delete(self, pick: int) -> None:
        if found := self._some():
            found[pick % len(found)].unlink()

    @rule(pick=st.integers(0, 99))
    def move(self, pick: int) -> None:
        if found := self._some():
            path = found[pick % len(found)]
            target = self.root / "content" / "moved" / path.name
            target.parent.mkdir(exist_ok=True)
            target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
            path.unlink()

    @rule()
    def move_back(self) -> None:
        for path in sorted((self.root / "content" / "moved").glob("*.md")):
            path.replace(self.root / "content" / path.name)

    @rule(text=st.sampled_from(["{{ view.corrections | length }}", "<p>{{ page.title }}</p>", None]))
    def change_a_template(self, text: str | None) -> None:
        path = self.root / "templates" / "corrections.html"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write(self.root, {"templates/corrections.html": text})

    @rule(name=st.sampled_from(["General Staff", "The staff"]))
    def rename_a_source(self, name: str) -> None:
        write(self.root, {"content/sources.yaml": SOURCES.replace("name: General Staff", f"name: {name}")})

    @rule(title=st.sampled_from(["Test digest", "Another name"]))
    def change_the_settings(self, title: str) -> None:
        write(self.root, {"digest.yaml": SETTINGS.replace("Test digest", title)})

    @rule(text=st.sampled_from(["A note.", "Another note.", None]))
    def change_a_note(self, text: str | None) -> None:
        path = self.root / "content" / "2025" / "07" / "02" / "_edition.md"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write(self.root, {"content/2025/07/02/_edition.md": f"---\ntitle: Note\n---\n{text}\n"})

    @rule(days=st.sampled_from([0, 200]))
    def let_time_pass(self, days: int) -> None:
        self.clock = CLOCK + timedelta(days=days)

    @rule(text=st.sampled_from(["one", "two", None]))
    def change_a_static_file(self, text: str | None) -> None:
        path = self.root / "static" / "file.txt"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write(self.root, {"static/file.txt": text})

    @invariant()
    def the_site_equals_a_clean_build(self) -> None:
        if not (self.root / "digest.yaml").exists():
            return
        run(self.root, self.clock)
        found, expected = tree(self.root), clean_tree(self.root, self.clock)
        assert found.keys() == expected.keys()
        assert [name for name in expected if found[name] != expected[name]] == []
        again = run(self.root, self.clock)
        assert again.rendered == ()
        assert again.written is not None
        assert (again.written.total, again.written.removed) == (0, 0)


few = settings(
    max_examples=10,
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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_digest(tmp_path / "digest")


def edited(root: Path, change: Callable[[], object]) -> list[str]:
    """The addresses that a build renders after a change."""
    run(root)
    change()
    return sorted(address for address, _why in run(root).rendered)


def test_an_edit_of_the_text_alone_renders_that_article_alone(root: Path) -> None:
    changed = FRONT.replace("Kyiv said", "Officials in Kyiv said")
    found = edited(root, lambda: write(root, {"content/2025/07/01/village.md": changed}))
    assert found == ["2025/07/01/village/"]


def test_a_file_that_is_only_touched_renders_nothing(root: Path) -> None:
    assert edited(root, (root / "content/2025/07/01/village.md").touch) == []


def test_a_changed_template_renders_its_pages_alone(root: Path) -> None:
    assert edited(root, lambda: write(root, {"templates/corrections.html": "Mine"})) == ["corrections/"]


def test_a_label_that_changes_reaches_every_page_that_shows_it(root: Path) -> None:
    second = root / "content/2025/07/02/monitors.md"
    denial = "      - {by: agency, says: denies, basis: first_hand}\n"
    text = second.read_text().replace("  - id: more-to-come", f"{denial}  - id: more-to-come")
    found = edited(root, lambda: second.write_text(text))
    assert {
        "2025/07/01/",
        "2025/07/01/village/",
        "claims/village-retaken/",
        "labels/disputed/",
        "threads/front/",
    } <= set(found)


def test_an_error_in_between_leaves_the_record_true(root: Path) -> None:
    run(root)
    before = tree(root)
    path = root / "content/2025/07/01/village.md"
    path.write_text(FRONT.replace("title: Kyiv reports", "title: Kyiv: reports"))
    assert build(root, Options(CLOCK, root / "site")).failed
    assert tree(root) == before
    path.write_text(FRONT.replace("reports a village", "reports two villages"))
    run(root)
    assert tree(root) == clean_tree(root)


def test_a_damaged_index_is_made_anew(root: Path) -> None:
    run(root)
    (root / WORK / "index.sqlite").write_bytes(b"not a database, but long enough to look like one" * 50)
    outcome = run(root)
    assert "made anew" in outcome.note
    assert outcome.written is not None
    assert outcome.written.total == 0
    assert tree(root) == clean_tree(root)


def test_an_index_that_is_gone_costs_time_and_nothing_else(root: Path) -> None:
    run(root)
    shutil.rmtree(root / WORK)
    outcome = run(root)
    assert outcome.note == ""
    assert outcome.written is not None
    assert (outcome.written.total, outcome.written.removed) == (0, 0)


def test_an_output_that_is_gone_is_written_again(root: Path) -> None:
    run(root)
    before = tree(root)
    shutil.rmtree(root / "site")
    run(root)
    assert tree(root) == before


def test_pages_that_are_no_longer_part_of_the_site_go_even_if_the_index_was_lost(root: Path) -> None:
    run(root)
    shutil.rmtree(root / WORK)
    (root / "content/2025/07/02/bridge.md").unlink()
    run(root)
    assert "2025/07/02/bridge/index.html" not in tree(root)
    assert tree(root).keys() - {MANIFEST} == clean_tree(root).keys() - {MANIFEST}
