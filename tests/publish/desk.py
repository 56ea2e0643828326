"""A small digest that is published, edited and looked at again, for tests."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from digest.cli import main
from tests.digests import FRONT, PLAIN, SECOND, small_digest, write

NOW = "2025-08-01"


def digest(folder: Path) -> Path:
    """A digest with an asset of its own."""
    root = small_digest(folder / "digest")
    return write(root, {"static/map.txt": "a map"})


def edit(root: Path) -> None:
    """An article changes, with a claim's label; one goes, one comes, one is corrected."""
    write(
        root,
        {
            "content/2025/07/01/village.md": FRONT.replace("reports a village", "says a village is")
            .replace("      - {by: monitor, says: supports, basis: own_investigation, recorded: 2025-07-02}\n", "")
            .replace("claims:", "corrections:\n  - {date: 2025-07-04, text: It is another village.}\nclaims:", 1),
            "content/2025/07/03/ferry.md": PLAIN.replace("A bridge is closed", "A ferry sails").replace(
                "07-02", "07-03"
            ),
        },
    )
    (root / "content/2025/07/02/bridge.md").unlink()


def small_edit(root: Path, number: int) -> None:
    """The text of one article changes."""
    write(root, {"content/2025/07/02/monitors.md": SECOND.replace("Text.", f"Text, version {number}.")})


def run(*arguments: str, root: Path, ok: bool = True) -> Result:
    """A command of digest in this process; it must end well unless `ok` is False."""
    command = [*arguments, "--root", str(root)]
    if arguments[0] == "publish":
        command += ["--now", NOW, "--allow", "*"]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (done.exit_code == 0) is ok, done.output
    return done


def publish(root: Path, target: str, *more: str, ok: bool = True) -> Result:
    """`digest publish` without a question."""
    return run("publish", target, "--yes", *more, root=root, ok=ok)


def plan(root: Path, target: str) -> dict[str, Any]:
    """What `digest publish --dry-run --json` says."""
    found: dict[str, Any] = json.loads(run("publish", target, "--dry-run", "--json", root=root).stdout)
    return found


def started(root: Path, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """A command of digest in a process of its own."""
    command = [sys.executable, "-m", "digest", *arguments, "--root", str(root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def files_of(folder: Path) -> dict[str, bytes]:
    """Each file below a folder that is part of a site."""
    kept = (".digest-site", ".digest/", ".git/")
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: data for name, data in found.items() if not name.startswith(kept)}


_LINK = re.compile(r'(?:href|src)="([^":#?]*)[#?"]')


def lost_links(fetch: Callable[[str], bytes | None], base: str = "/a/") -> list[tuple[str, str]]:
    """Links that lead nowhere, of all pages that a reader can reach from the home page; `fetch` gives the bytes of a
    file's name, None for none."""
    seen: set[str] = set()
    lost: list[tuple[str, str]] = []
    todo = [("", "index.html")]
    while todo:
        source, name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        data = fetch(name)
        if data is None:
            lost.append((source, name))
        elif name.endswith(".html"):
            todo += [(name, target) for href in _LINK.findall(data.decode()) for target in _targets(name, href, base)]
    return lost


def _targets(name: str, href: str, base: str) -> list[str]:
    if not href:
        return []
    path = posixpath.normpath(posixpath.join(base, posixpath.dirname(name), href))
    inside = (path + "/").removeprefix(base).rstrip("/")
    if posixpath.splitext(inside)[1]:
        return [inside]
    return [f"{inside}/index.html".removeprefix("/")]
