"""From a save to the page: how long preview servers take until they serve what was saved, digest's beside Hugo's."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import BenchmarkError, memory_of
from benchmarks.report import Table
from benchmarks.sites import HUGO, Site, hugo
from tools.ports import free_port

EDITS = 10
_PAUSE = 0.002  # seconds between two questions
_REST = 0.5  # seconds between two edits
_PATIENCE = 600.0  # seconds until a server must have answered
BODY, TITLE = "one text edited", "one title edited"


@dataclass(frozen=True, slots=True)
class Latency:
    """One server's times in seconds: until its first page, and from each save until all pages that show it were
    served; `memory` in bytes after the edits, all its processes together."""

    case: str
    site: str
    pages: int
    edit: str
    first: float
    saves: tuple[float, ...]
    memory: int


def latencies(case: str, sites: Sequence[Site], tell: Callable[[str], None]) -> list[Latency]:
    """Measure the servers of some sites in turn, each first with edits of the newest article's text, then with edits
    of its title, which its edition, a region and the home page show as well. BenchmarkError where one fails."""
    found: list[Latency] = []
    for site in sites:
        site.clear()
        site.edit()
        if site.name != HUGO:
            with _served(site):  # the preview's index is warm afterwards
                pass
        with _served(site) as (server, url, first):
            for edit in (BODY, TITLE):
                pages = _shown(site) if edit == TITLE else _shown(site)[:1]
                saves = tuple(_save(site, edit, f"marker{number}", url, pages) for number in range(EDITS))
                found.append(Latency(case, site.name, len(pages), edit, first, saves, memory_of(server.pid)))
                tell(f"{case}, {edit}, {site.name}: {median(saves) * 1000:.0f} ms")
        site.edit()
    return found


def latency_table(found: Sequence[Latency]) -> Table:
    """What was measured, with ratios to Hugo's."""
    heads = ("corpus", "edit", "server", "pages", "first page s", "save → served ms", "min–max", "× Hugo", "memory MB")
    return Table("Previews: from a save to the page, medians", heads, tuple(_row(one, found) for one in found), 3)


def _row(one: Latency, found: Sequence[Latency]) -> tuple[str, ...]:
    peer = next((o for o in found if o.site == HUGO and (o.case, o.edit) == (one.case, one.edit)), None)
    ratio = f"{median(one.saves) / median(peer.saves):.2f}" if peer is not None and peer is not one else ""
    return (
        one.case,
        one.edit,
        one.site,
        str(one.pages),
        f"{one.first:.2f}",
        f"{median(one.saves) * 1000:.0f}",
        f"{min(one.saves) * 1000:.0f}–{max(one.saves) * 1000:.0f}",
        ratio,
        f"{one.memory / 1e6:,.0f}",
    )


def _shown(site: Site) -> list[str]:
    """Pages that show the newest article's title: its own, then home, its edition and one of its regions."""
    if site.newest is None:
        raise BenchmarkError(f"{site.name} has no article to edit")
    regions = [address for address in sorted(site.expected.listing) if address.startswith("regions/")]
    return [site.newest.address, *(a for a in sorted(site.expected.listing) if re.match(r"\d|$", a)), *regions[:1]]


def _save(site: Site, edit: str, marker: str, url: str, pages: Sequence[str]) -> float:
    time.sleep(_REST)
    began = time.perf_counter()
    site.edit(**{"title" if edit == TITLE else "body": marker})
    for page in pages:
        while marker not in _get(url + page):
            if time.perf_counter() - began > _PATIENCE:
                raise BenchmarkError(f"{site.name}: /{page} did not show “{marker}” in {_PATIENCE:.0f} s")
            time.sleep(_PAUSE)
    return time.perf_counter() - began


def _get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 (a server of ours)
            text: str = answer.read().decode("utf-8", "replace")
            return text
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


@contextmanager
def _served(site: Site) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """A site's server, its URL, and the seconds until it gave the newest article's page."""
    port = free_port()
    log = site.folder.with_name(site.folder.name + ".serve.log")
    began = time.perf_counter()
    with log.open("wb") as said:
        server = subprocess.Popen(_command(site, port), stdout=said, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}/"
            shown = site.newest.claim if site.newest else ""
            while shown not in _get(url + _shown(site)[0]):
                if server.poll() is not None or time.perf_counter() - began > _PATIENCE:
                    raise BenchmarkError(f"{site.name} does not serve:\n{log.read_text(errors='replace')[-2000:]}")
                time.sleep(_PAUSE)
            first = time.perf_counter() - began
            _until_quiet(server.pid)
            yield server, url, first
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _until_quiet(process: int) -> None:
    """Wait until a process has had nothing to do for a second."""
    calm = 0
    before = _cpu(process)
    while calm < 4:
        time.sleep(0.25)
        now = _cpu(process)
        calm = calm + 1 if now - before <= 1 else 0
        before = now


def _cpu(process: int) -> int:
    """Clock ticks that a process has used (proc(5): fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _command(site: Site, port: int) -> list[str]:
    if site.name == HUGO:
        local = ["--bind", "127.0.0.1", "--port", str(port)]
        return [str(hugo()), "server", "--source", str(site.folder), *local]
    return [sys.executable, "-m", "digest", "serve", "--root", str(site.folder), "--port", str(port)]
