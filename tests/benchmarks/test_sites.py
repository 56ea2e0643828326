from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest

from benchmarks.addresses import OTHER
from benchmarks.corpus import Plan
from benchmarks.measure import BenchmarkError, look_at, main, measure
from benchmarks.sites import Site, digest_site, hugo


def built(site: Site, folder: Path) -> Site:
    measure(site.command, folder / "log")
    return site


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("sites")
    return built(digest_site(folder / "plain", "plain", Plan(200, taxa=10)), folder)


def test_the_plain_site_has_the_pages_that_were_worked_out_for_it(plain: Site) -> None:
    counts = plain.check(plain.newest)
    assert (counts["articles"], counts["days"], counts["regions"], counts["topics"]) == (200, 25, 60, 40)
    assert counts["years of busy regions and topics"] > 0


def test_the_default_site_has_those_pages_and_others(tmp_path: Path) -> None:
    site = built(digest_site(tmp_path / "default", "default", Plan(16)), tmp_path)
    counts = site.check(site.newest)
    assert counts["articles"] == 16
    assert counts[OTHER] > 16


def test_a_missing_page_is_no_result(plain: Site) -> None:
    families = {**plain.expected.families, "more": frozenset({"nowhere/"})}
    wanting = replace(plain, expected=replace(plain.expected, families=families))
    with pytest.raises(BenchmarkError, match="1 pages are missing, 0 were not expected, for example nowhere/"):
        wanting.check(plain.newest)


def test_an_edit_that_is_not_shown_is_no_result(plain: Site) -> None:
    assert plain.newest is not None
    with pytest.raises(BenchmarkError, match="does not show “The marker”"):
        plain.check(plain.newest, "The marker")
    with pytest.raises(BenchmarkError, match="does not show “Another title”"):
        plain.check(replace(plain.newest, title="Another title"))


def test_an_edited_article_is_shown_after_the_next_build(tmp_path: Path) -> None:
    site = built(digest_site(tmp_path / "plain", "plain", Plan(16)), tmp_path)
    for words in ({"body": "A marker."}, {"title": "a marker"}):
        shown = site.edit(**words)
        built(site, tmp_path)
        assert site.check(shown, *words.values())["articles"] == 16


def test_clearing_leaves_only_the_sources(tmp_path: Path) -> None:
    site = digest_site(tmp_path / "plain", "plain", Plan(1))
    before = sorted(site.folder.rglob("*"))
    built(site, tmp_path)
    assert sorted(site.folder.rglob("*")) != before
    site.clear()
    assert sorted(site.folder.rglob("*")) == before


def test_where_hugo_is_missing_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("benchmarks.sites.distribution", missing)
    with pytest.raises(BenchmarkError, match="`make bench` installs it"):
        hugo()


def test_a_program_that_fails_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="ended with status 3:\nwhat it said"):
        measure([sys.executable, "-c", "print('what it said'); raise SystemExit(3)"], tmp_path / "log")


def test_the_memory_of_all_processes_counts_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"

    def look(process: int) -> tuple[int, int]:
        memory, largest = look_at(process)
        if memory > 250_000_000:  # a kernel may put away some of what nobody looks at
            seen.touch()
        return memory, largest

    monkeypatch.setattr("benchmarks.measure.look_at", look)
    hold = "import sys; held = b'x' * 100_000_000; print(len(held), flush=True); sys.stdin.read()"
    start = (
        "import subprocess as s, sys, time, pathlib\n"
        f"held = [s.Popen([sys.executable, '-c', {hold!r}], stdin=s.PIPE, stdout=s.PIPE) for _ in range(3)]\n"
        "[p.stdout.readline() for p in held]; until = time.monotonic() + 60\n"
        # How often a busy machine is looked at is not known, so all stay until they were seen together.
        f"while not pathlib.Path({str(seen)!r}).exists() and time.monotonic() < until: time.sleep(0.02)\n"
        "[p.communicate() for p in held]\n"
    )
    cost = measure([sys.executable, "-c", start], tmp_path / "log")
    assert cost.largest < 250_000_000  # one of them, or what was there when it was started
    assert cost.peak > 250_000_000


def test_a_program_can_be_measured_by_hand(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["measure", sys.executable, "-c", "print('what it said')"])
    assert main() == 0
    assert re.fullmatch(
        r"what it said\nwall [\d.]+ s, CPU [\d.]+ s, memory of all processes [\d,]+ MB at most, of the largest one "
        r"[\d,]+ MB\n",
        capfd.readouterr().out,
    )
    monkeypatch.setattr("sys.argv", ["measure", "false"])
    assert main() == 1
    assert "ended with status 1" in capfd.readouterr().err
