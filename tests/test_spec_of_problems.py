"""Every kind of bad input that users meet: its code, its place, its hint; and the last good site stays untouched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, build
from digest.problems import Problem, in_order
from tests.digests import FRONT, SECOND, small_digest, write

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
X = "content/x.md"


def article(*lines: str, body: str = "Text.") -> str:
    return "\n".join(["---", "title: X", "date: 2025-07-01", *lines, "---", body, ""])


def put(name: str, text: str | bytes) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def link_out(root: Path) -> None:
    (root.parent / "outside.md").write_text(article())
    (root / "content" / "out.md").symlink_to(root.parent / "outside.md")


def fill_output(root: Path) -> None:
    (root / "other").mkdir()
    (root / "other" / "mine.txt").write_text("mine")


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of input: what is done to a good digest, and the problem that it must give."""

    name: str
    do: Callable[[Path], None]
    code: str
    place: str
    hint: str
    output: str = "site"
    also: str = ""


# ruff: noqa: E501 - each row on as few lines as it needs
ROWS = (
    Row("YAML error", put(X, "---\ntitle: War: day 3\ndate: 2025-07-01\n---\n"), "D101", f"{X}:2:11", 'title: "War: day 3"'),
    Row("unknown key", put(X, article("regoins: [UA]")), "D201", f"{X}:4:1", "regions"),
    Row("unknown region", put(X, article("regions: [Ukrane]")), "D307", f"{X}:4:11", "Ukraine"),
    Row("unknown topic", put(X, article("topics: [diplomcy]")), "D308", f"{X}:4:10", "diplomacy"),
    Row("unknown source", put(X, article("sources: [agenci]")), "D302", f"{X}:4:11", "agency"),
    Row(
        "unknown label",
        put(X, article("claims:", "  - id: q", "    text: Q.", "    override: {label: confrmed, editor: E, "
                       "reason: A long enough reason., date: 2025-07-01}")),
        "D204", f"{X}:7:23", "confirmed",
    ),
    Row(
        "unknown stance",
        put(X, article("claims:", "  - id: q", "    text: Q.", "    statements: [{by: agency, says: denys}]")),
        "D204", f"{X}:7:37", "denies",
    ),
    Row("impossible date", put(X, "---\ntitle: X\ndate: 2025-02-30\n---\n"), "D205", f"{X}:3:7", "2025-02-28"),
    Row(
        "naive and aware times",
        put(X, "---\ntitle: X\ndate: 2025-07-01T09:30+01:00\nupdated: 2025-07-02T08:00\n---\n"),
        "D206", f"{X}:4:10", "2025-07-02T08:00",
    ),
    Row("updated before date", put(X, article("updated: 2025-06-01")), "D207", f"{X}:4:10", "2025-07-01"),
    Row("same id", put("content/z.md", article("id: village")), "D502", "content/z.md:4:5", "another id", also="village.md"),
    Row(
        "same address", put("content/z.md", article("aliases: [/old/monitors/]")), "D505", "content/z.md:4:11", "keep it",
        also="monitors.md",
    ),
    Row(
        "same claim", put("content/z.md", article("claims:", "  - {id: village-retaken, text: Again.}")), "D401",
        "content/z.md:5:10", "one article", also="village.md",
    ),
    Row("invalid UTF-8", put(X, b"---\ntitle: X\ndate: 2025-07-01\n---\nab\xff\n"), "D110", f"{X}:5:3", "UTF-8"),
    Row("NUL", put(X, b"---\ntitle: X\ndate: 2025-07-01\n---\nab\x00\n"), "D111", f"{X}:5:3", ""),
    Row("empty file", put(X, b""), "D112", X, ""),
    Row("no front matter", put(X, "Text.\n"), "D113", f"{X}:1:1", "---"),
    Row("unclosed front matter", put(X, "---\ntitle: X\n"), "D114", f"{X}:1:1", "---"),
    Row("front matter over 1 MiB", put(X, article("summary: " + "x" * 1_100_000)), "D115", f"{X}:2:1", ""),
    Row("nesting over 50", put(X, article("summary: " + "[" * 60)), "D104", f"{X}:4:59", ""),
    Row("article over 10 MiB", put(X, article(body="x" * (10 * 1024 * 1024 + 1))), "D116", X, ""),
    Row("javascript link", put(X, article(body="[x](javascript:alert(1))")), "D211", f"{X}:5:5", "https://"),
    Row("symlink that leaves the digest", link_out, "D704", "content/out.md", ""),
    Row("output that is not the tool's own", fill_output, "D804", "other", "another folder", output="other"),
    Row("output that is content", lambda _: None, "D802", "content", "site/", output="content"),
    Row(
        "template error",
        put("templates/claim.html", '{% extends "base.html" %}\n{% block main %}\n{{ view.nothing }}\n{% endblock %}\n'),
        "D603", "templates/claim.html:3:1", "while rendering /claims/",
    ),
)  # fmt: skip


def everything(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def first(problems: tuple[Problem, ...]) -> Problem:
    return in_order(problems)[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_input_is_answered_and_the_site_left_alone(tmp_path: Path, row: Row) -> None:
    root = small_digest(tmp_path / "digest")
    assert not build(root, Options(CLOCK, root / "site")).failed
    before = everything(root / "site")
    row.do(root)
    outcome = build(root, Options(CLOCK, root / row.output))
    assert outcome.failed
    problem = first(outcome.problems)
    assert row.code in problem.code
    assert str(problem.at) == row.place or (":" not in row.place and problem.at.path == row.place)
    assert row.hint in problem.hint
    assert row.also in " ".join(map(str, problem.also))
    assert everything(root / "site") == before
    assert not (root / "other" / "index.html").exists()


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")], ids=["BOM", "CRLF"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path, change: Callable[[str], str]) -> None:
    root = small_digest(tmp_path / "digest")
    (root / "content/2025/07/01/village.md").write_bytes(change(FRONT).encode())
    assert build(root, Options(CLOCK, root / "site")).problems == ()


def test_raw_html_is_shown_as_text(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    write(root, {X: article(body="<b>bold</b>")})
    assert not build(root, Options(CLOCK, root / "site")).failed
    assert "&lt;b&gt;bold" in (root / "site/2025/07/01/x/index.html").read_text()


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    write(root, {X: article("regoins: [UA]", "regions: [Ukrane]", "sources: [agenci]")})
    write(root, {"content/2025/07/02/monitors.md": SECOND.replace("topics: [war]", "topics: [wr]")})
    found = in_order(build(root, Options(CLOCK, root / "site")).problems)
    assert [p.code for p in found] == ["D308", "D201", "D307", "D302"]
