"""What the server gives out, and what it never does."""

from __future__ import annotations

import http.client
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.preview.serve import bind
from tests.digests import FRONT, write
from tests.preview.running import PATIENCE, Running, running, settle, until

VILLAGE = "2025/07/01/village/"

pytestmark = pytest.mark.xdist_group("preview")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A digest with files around it that are nobody's business."""
    outside = tmp_path_factory.mktemp("around")
    write(outside, {"secret.txt": "do not read"})
    root = write(
        outside / "digest",
        {
            "digest.yaml": "title: T\nurl: https://example.org/a/b/\nhtml: sanitize\n",
            "content/2025/07/01/village.md": FRONT.partition("claims:")[0]
            .replace("[UA-59, RU]", "[UA]")
            .replace("topics: [war, diplomacy]\nthread: front\n", "")
            + "---\nText with ![a map](map.svg).\n",
            "content/2025/07/01/map.svg": "<svg/>",
            "content/2025/07/01/other.svg": "<svg/>",
            "content/private.txt": "do not read",
            "static/fine.txt": "fine",
        },
    )
    write(root, {"static/.gitkeep": "do not read"})
    (root / "static/up").symlink_to(root)
    (root / "static/away").symlink_to(outside)
    (root / "static/away.txt").symlink_to(outside / "secret.txt")
    (root / "content/2025/07/01/leak.svg").symlink_to(outside / "secret.txt")
    with running(root) as started:
        settle(started, VILLAGE)
        yield started


def raw(preview: Running, path: str, host: str = "") -> tuple[int, str]:
    """An answer to a request line that no client would tidy."""
    place = urlsplit(preview.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or place.netloc)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize(
    "path",
    [
        "/a/b/../digest.yaml",
        "/a/b/%2e%2e/digest.yaml",
        "/a/b/..%2f..%2fsecret.txt",
        "/a/b/static/../../secret.txt",
        "/a/b/away/secret.txt",
        "/a/b/away.txt",
        "/a/b/up/content/private.txt",
        "/a/b/.gitkeep",
        "/a/b/2025/07/01/village/leak.svg",
        "/a/b/2025/07/01/village/other.svg",
        "/a/b/2025/07/01/village/..%5c..%5cprivate.txt",
        "/a/b/content/private.txt",
        "/a/b/digest.yaml",
        "/a/b/.digest/preview.sqlite",
        "/a/b/%00",
        "//etc/passwd",
        "/etc/passwd",
    ],
)
def test_nothing_but_the_site_is_given_out(preview: Running, path: str) -> None:
    status, text = raw(preview, path)
    assert status == 404
    assert "do not read" not in text
    assert "url:" not in text


def test_pages_static_files_pictures_and_the_themes_assets_are_given_out(preview: Running) -> None:
    assert preview.ask("fine.txt") == (200, "fine")
    assert preview.ask(f"{VILLAGE}map.svg") == (200, "<svg/>")
    status, page = preview.ask(VILLAGE)
    assert status == 200
    sheet = page.partition('rel="stylesheet" href="../../../../')[2].partition('"')[0]
    assert "--paper" in preview.page(sheet)


def test_other_hosts_are_refused(preview: Running) -> None:
    port = urlsplit(preview.url).port
    status, text = raw(preview, "/a/b/", f"evil.example:{port}")
    assert status == 421
    assert "title" not in text
    assert raw(preview, "/.preview/events?page=&seen=", f"evil.example:{port}")[0] == 421
    assert raw(preview, "/a/b/", f"localhost:{port}")[0] == 200


def test_the_root_leads_to_the_base_path_and_folders_to_their_slash(preview: Running) -> None:
    assert raw(preview, "/")[0] == 307
    assert raw(preview, "/a/b/2025/07/01/village")[0] == 307
    assert raw(preview, "/a/b/2025/07/01/village/index.html")[0] == 307


def test_a_missing_page_is_the_digests_own(preview: Running) -> None:
    status, text = preview.ask("nowhere/")
    assert status == 404
    assert "Page not found" in text


def test_the_next_free_port_is_taken() -> None:
    first, one = bind("127.0.0.1", 0)
    with first:
        second, other = bind("127.0.0.1", one.port)
        with second:
            assert other.port > one.port


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    root = write(
        tmp_path / "digest", {"digest.yaml": "title: T\n", "content/a.md": "---\ntitle: A\ndate: 2025-07-01\n---\n"}
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(root, port=port) as preview:
            assert f"port {port} is taken" in "".join(preview.said)
            assert preview.ask()[0] == 200


def test_without_drafts_the_preview_shows_what_a_build_would(tmp_path: Path) -> None:
    draft = "---\ntitle: {0}\ndate: {1}\nstatus: {2}\n---\nText.\n"
    root = write(
        tmp_path / "digest",
        {
            "digest.yaml": "title: T\n",
            "content/out.md": draft.format("Out", "2025-07-01", "published"),
            "content/not.md": draft.format("Not", "2025-07-01", "draft"),
            "content/later.md": draft.format("Later", "2925-07-01", "published"),
        },
    )
    with running(root) as preview:
        assert "Dated in the future" in preview.wait_for("2925/07/01/later/", "Later")
        assert preview.ask("2025/07/01/not/")[0] == 200
        assert preview.stop() == 0
    with running(root, "--no-drafts") as preview:
        preview.wait_for("2025/07/01/out/", "Out")
        settle(preview, "")
        assert preview.ask("2025/07/01/not/")[0] == 404
        assert preview.ask("2925/07/01/later/")[0] == 404


def test_labels_of_a_moment_are_shown(root: Path) -> None:
    with running(root, "--as-of", "2025-07-01") as preview:
        assert "One independent source says so: Monitor Group" not in preview.wait_for(
            VILLAGE, "The village has been retaken."
        )
    with running(root) as preview:
        preview.wait_for(VILLAGE, "One independent source says so: Monitor Group")


def test_two_previews_of_one_digest_do_not_meet(root: Path) -> None:
    with running(root) as one, running(root) as other:
        settle(one, VILLAGE)
        assert "Kyiv" in other.wait_for(VILLAGE, "Kyiv")


def test_an_index_of_which_one_text_is_damaged_is_removed_once_that_is_looked_at(root: Path) -> None:
    with running(root) as preview:
        settle(preview, VILLAGE)
        assert preview.stop() == 0
    with closing(sqlite3.connect(root / ".digest/preview.sqlite")) as db, db:
        assert db.execute("UPDATE contents SET body = zeroblob(40)").rowcount > 0
    with running(root) as preview:
        status, text = preview.ask(VILLAGE)
        assert (status, "Start the preview again" in text) == (500, True)
        assert preview.process.wait(PATIENCE) == 1
        until(lambda: any("start the preview again" in line for line in preview.said) or None, "the last line")
    with running(root) as preview:
        assert "Kyiv" in preview.wait_for(VILLAGE, "Kyiv")


def test_a_damaged_index_is_removed_and_said(root: Path) -> None:
    with running(root) as preview:
        settle(preview, VILLAGE)
        assert preview.stop() == 0
    store = root / ".digest/preview.sqlite"
    with closing(sqlite3.connect(store)) as db:
        ((size,),) = db.execute("PRAGMA page_size")
        pages = [number for (number,) in db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'inputs'")]
    with store.open("r+b") as file:
        for number in pages:
            file.seek((number - 1) * size)
            file.write((b"damage " * size)[:size])
    command = [sys.executable, "-m", "digest", "serve", "--root", str(root), "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 1
    assert "start the preview again" in ended.stderr
    with running(root) as preview:
        assert "Kyiv" in preview.wait_for(VILLAGE, "Kyiv")
