"""Measure publishing a large digest to an S3 server (rclone's) on this machine: python -m benchmarks.publish [N].

First the whole site; then, each with its build, the text of an article from the middle of the archive edited, and the
text and the title of the newest, which feeds in full text and lists show besides; then the way back.
Requests are counted in rounds of their own, by a proxy that would cost time.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import Plan
from benchmarks.machine import load, machine
from benchmarks.measure import BenchmarkError, Cost, measure
from benchmarks.sites import DEFAULT, PLAIN, Site, digest_site
from tests.publish.servers import ENVIRONMENT, S3, counted, s3_server

_BUCKET = "commands"


@dataclass(frozen=True, slots=True)
class Row:
    """A step: what it cost, how many files it sent or brought back, and how many requests it took (0: not counted)."""

    step: str
    cost: Cost
    files: int
    requests: int = 0


def main() -> int:
    """Measure and print; the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.publish", description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000, help="articles (default: 10,000)")
    parser.add_argument("--theme", choices=(PLAIN, DEFAULT), default=DEFAULT, help="digest's theme (default: default)")
    given = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    before = load()
    try:
        with tempfile.TemporaryDirectory(prefix="digest-bench-") as scratch:
            _tell("writing the corpus")
            site = digest_site(Path(scratch) / "digest", given.theme, Plan(given.articles))
            (Path(scratch) / "s3").mkdir()
            with s3_server(Path(scratch) / "s3") as server:
                rows = list(_steps(site, server, Path(scratch) / "log"))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{machine()}\nload average {before} before, {load()} after; {given.articles:,} articles, {given.theme} theme"
    )
    _show(rows)
    return 0


def _steps(site: Site, server: S3, log: Path) -> Iterator[Row]:
    bucket = server.bucket(_BUCKET)
    with counted(server.port) as counter:
        _targets(site, {"live": server.port, "counted": counter.port})
        measure(site.command, log)
        yield Row("first publish", measure(_command(site, "publish", "live", "--no-build"), log), _files(bucket))
        for step in ("text", "newest text", "newest title"):
            before = len(counter.seen)
            _edit(site, step, "counted")
            measure(_command(site, "publish", "counted"), log)
            requests = len(counter.seen) - before
            _edit(site, step, "measured")
            began = time.time()
            cost = measure(_command(site, "publish", "live"), log)
            sent = _files(bucket, began)
            yield Row(f"one {step} edited", cost, sent, requests)
        yield Row("rollback", measure(_command(site, "rollback", "live"), log), sent)


def _edit(site: Site, step: str, words: str) -> None:
    if step == "text":
        articles = sorted((site.folder / "content").glob("*/*/*/*.md"))
        with articles[len(articles) // 2].open("a", encoding="utf-8") as article:
            article.write(f"\n{words}\n")
        return
    site.edit(title=words if step == "newest title" else "", body=words if step == "newest text" else "")


def _targets(site: Site, ports: Mapping[str, int]) -> None:
    """Name the server at several ports."""
    place = f"to: 's3://{_BUCKET}/site', endpoint: 'http://127.0.0.1"
    lines = [f"  {name}: {{{place}:{port}'}}\n" for name, port in ports.items()]
    with (site.folder / "digest.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"publish:\n{''.join(lines)}")


def _command(site: Site, command: str, target: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "digest", command, target, "--yes", *more, "--root", str(site.folder)]


def _files(bucket: Path, since: float = 0) -> int:
    """How many files of the site were written since a moment."""
    return sum(1 for path in bucket.rglob("*") if path.is_file() and _own(path) and path.stat().st_mtime >= since)


def _own(path: Path) -> bool:
    return ".digest" not in path.parts


def _show(rows: list[Row]) -> None:
    table = Table("step", "wall s", "CPU s", "files", "files/s", "requests")
    for row in rows:
        rate = f"{row.files / row.cost.wall:,.0f}" if row.step == "first publish" else ""
        requests = str(row.requests) if row.requests else ""
        table.add_row(row.step, f"{row.cost.wall:.2f}", f"{row.cost.cpu:.2f}", f"{row.files:,}", rate, requests)
    Console(width=100).print(table)


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
