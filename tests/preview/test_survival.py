"""The preview outlives what editors do to a digest, and leaves no trace in what is built."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.digests import FRONT, SECOND, SOURCES
from tests.preview.running import running, settle

VILLAGE = "2025/07/01/village/"
BREAKS = (
    lambda rng, text: text[: rng.randrange(len(text))],
    lambda rng, text: text.replace(":", "", rng.randrange(1, 9)),
    lambda _, text: text.replace("id: village-retaken", "id: more-to-come", 1),
    lambda _, text: text.replace("by: kremlin", "by: nobody"),
    lambda _, text: text.replace("regions: [", "regions: [Atlantis, "),
    lambda _, text: text.replace("2025-07-0", "2025-17-0"),
    lambda _, __: "",
    lambda _, text: "\0" + text,
    lambda _, text: text.replace("---\n", "", 1),
    lambda _, text: text.replace("  ", "\t", 3),
    lambda rng, text: "".join(rng.sample(text.splitlines(keepends=True), text.count("\n"))),
)

pytestmark = pytest.mark.xdist_group("preview")


def test_two_hundred_broken_and_mended_saves_end_where_they_began(root: Path) -> None:
    rng = random.Random(7)  # noqa: S311 (test data)
    good = {"content/2025/07/01/village.md": FRONT, "content/2025/07/02/monitors.md": SECOND}
    good["content/sources.yaml"] = SOURCES
    with running(root) as preview:
        settle(preview, VILLAGE)
        before = preview.page(VILLAGE)
        for number in range(200):
            name = rng.choice(list(good))
            (root / name).write_text(rng.choice(BREAKS)(rng, good[name]), encoding="utf-8")
            time.sleep(rng.choice((0, 0.02, 0.1)))  # some breaks are mended before they are seen, most are seen
            if rng.random() < 0.5:
                preview.page(rng.choice([VILLAGE, "", "2025/07/02/monitors/", "sources/", "nowhere/"]))
            if rng.random() < 0.3:
                (root / "content/new.md").write_text(
                    f"---\ntitle: New {number}\ndate: 2025-07-01\n---\n", encoding="utf-8"
                )
            (root / name).write_text(good[name], encoding="utf-8")
        (root / "content/new.md").write_text("---\ntitle: The end\ndate: 2025-06-01\n---\n", encoding="utf-8")
        preview.wait_for("2025/06/01/new/", "The end")
        (root / "content/new.md").unlink()
        preview.wait_for("2025/06/01/new/", "This page is gone")
        assert preview.page(VILLAGE) == before
        assert preview.stop() == 0
    assert [line for line in preview.said if "Traceback" in line] == []


def built(root: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "digest", "build", "--root", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return hashes(root)


def hashes(root: Path) -> dict[str, str]:
    files = (path for path in sorted((root / "site").rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_site_is_as_before_after_fifty_edits_with_drafts_and_no_build_knows_of_the_preview(root: Path) -> None:
    before = built(root)
    with running(root) as preview:
        settle(preview, VILLAGE)
        for number in range(50):
            text = FRONT.replace("is back in its hands", f"is back in its hands, edit {number}")
            (root / "content/2025/07/01/village.md").write_text(text, encoding="utf-8")
            draft = f"---\ntitle: Draft {number}\ndate: 2025-07-01\nstatus: draft\n---\nText.\n"
            (root / f"content/draft-{number}.md").write_text(draft, encoding="utf-8")
        preview.wait_for("2025/07/01/draft-49/", "Draft 49")
        preview.wait_for(VILLAGE, "edit 49")
        assert hashes(root) == before
        after = built(root)
        address = preview.url.encode()
    changed = {name for name in after if after[name] != before.get(name)}
    assert "site/2025/07/01/village/index.html" in changed
    assert not any("draft" in name for name in after)
    pages = [path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()]
    traces = (address, address.rpartition(b"//")[2].partition(b"/")[0], b".preview", b"digest-preview", b"<script src")
    assert [trace for trace in traces for page in pages if trace in page] == []
