"""Redirects in the hosts' own forms, and compressed copies beside the pages."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from botocore.session import get_session

from digest.publish import beside
from digest.publish.host import Moves, host_files
from tests.digests import PLAIN, write
from tests.publish.desk import digest, edit, files_of, plan, publish, run
from tests.publish.servers import S3, nginx

GONE = PLAIN.replace("sources:", "gone: Withdrawn.\nsources:")
STOPPED = 130
CACHE = "public, max-age=31536000, immutable"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return digest(tmp_path)


def to(root: Path, settings: str) -> None:
    """A target by the name live."""
    text = (root / "digest.yaml").read_text().partition("publish:")[0]
    write(root, {"digest.yaml": f"{text}publish: {{live: {{{settings}}}}}\n"})


def test_netlify_gets_redirects_that_go_before_pages_and_headers(root: Path, tmp_path: Path) -> None:
    to(root, f"to: 'file://{tmp_path}/www', host: netlify")
    publish(root, "live")
    served = files_of(tmp_path / "www/current")
    assert served["_redirects"] == b"/a/old/monitors/ /a/2025/07/02/monitors/ 301!\n"
    stamped = sorted(name for name in served if name.startswith("assets/"))
    assert len(stamped) > 1
    assert served["_headers"].decode().splitlines() == [
        line for name in stamped for line in (f"/a/{name}", f"  Cache-Control: {CACHE}")
    ]
    assert "old/monitors/index.html" in served


def test_an_editors_own_rules_come_first(root: Path, tmp_path: Path) -> None:
    write(root, {"static/_redirects": "/x/* /y/:splat 302"})
    to(root, f"to: 'file://{tmp_path}/www', host: cloudflare")
    publish(root, "live")
    lines = (tmp_path / "www/current/_redirects").read_text().splitlines()
    assert lines == ["/x/* /y/:splat 302", "/a/old/monitors/ /a/2025/07/02/monitors/ 301"]
    assert (root / "site/_redirects").read_text() == "/x/* /y/:splat 302"


def test_signs_of_patterns_and_more_than_cloudflare_reads_stay_pages_only() -> None:
    many = {f"/{number:04}/": "/x/" for number in range(2500)}
    lines = host_files("cloudflare", Moves({**many, "/a*/": "/x/", "/:b/": "/x/"}), (), "")["_redirects"].splitlines()
    assert (len(lines), lines[0], lines[-1]) == (2000, b"/0500/ /x/ 301", b"/2499/ /x/ 301")


def mapped(folder: Path, served: Path) -> AbstractContextManager[str]:
    """nginx with the settings that the documentation gives, and below a folder besides; its address."""
    http = f"map_hash_bucket_size 256; map $uri $moved {{ volatile; include {served}/_moved.map; }}"
    server = "if ($moved = gone) { return 410; } if ($moved) { return 301 $moved; } error_page 410 @gone;"
    below = f"root {served}; rewrite ^/a(/.*)$ $1 break;"
    server += f" location @gone {{ {below} try_files $uri ${{uri}}index.html =410; }}"
    return nginx(folder, served, http, server)


def test_nginx_redirects_and_says_410_from_the_map(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    write(root, {"content/2025/07/02/bridge.md": GONE.replace("sources:", "aliases: [/älter/, /old.html]\nsources:")})
    to(root, f"to: 'file://{target}', host: nginx")
    publish(root, "live")
    with mapped(tmp_path / "nginx", target / "current") as base:
        assert answer(base, "old/monitors/")[:2] == (301, "/a/2025/07/02/monitors/")
        for address in ("2025/07/02/bridge/", "%C3%A4lter/", "old.html"):
            status, _, body = answer(base, address)
            assert status == 410
            assert b"Withdrawn." in body
        assert answer(base, "2025/07/02/monitors/")[0] == 200
        assert answer(base, "nowhere/")[0] == 404


def test_nginx_tells_addresses_apart_that_differ_in_case_and_takes_long_ones(root: Path, tmp_path: Path) -> None:
    target, long = tmp_path / "www", f"/{'x' * 90}/{'y' * 90}/{'z' * 90}/"
    aliases = f"aliases: [/2025/07/02/BRIDGE/, /Foo/B.r/, /foo/b.r/, {long}]\nsources:"
    aliases = aliases.replace("[", "[/papers/a.html, ")
    write(
        root, {"content/2025/07/02/bridge.md": PLAIN.replace("sources:", aliases), "static/Papers/A.html": "A paper."}
    )
    to(root, f"to: 'file://{target}', host: nginx")
    publish(root, "live")
    with mapped(tmp_path / "nginx", target / "current") as base:
        for address in ("2025/07/02/BRIDGE/", "Foo/B.r/", "foo/b.r/", long.lstrip("/")):
            assert answer(base, address)[:2] == (301, "/a/2025/07/02/bridge/")
        assert answer(base, "2025/07/02/bridge/")[0] == 200
        assert answer(base, "foo/bxr/")[0] == 404
        assert answer(base, "papers/a.html")[:2] == (301, "/a/2025/07/02/bridge/")
        assert answer(base, "Papers/A.html")[2] == b"A paper."


def answer(base: str, address: str, headers: Mapping[str, str] | None = None) -> tuple[int, str, bytes]:
    """Status, where it leads to, and body, without going there."""
    parts = urlsplit(base + address)
    connection = HTTPConnection(str(parts.hostname), parts.port)
    try:
        connection.request("GET", parts.path, headers=headers or {})
        found = connection.getresponse()
        return found.status, urlsplit(found.headers.get("Location", "")).path, found.read()
    finally:
        connection.close()


@pytest.mark.usefixtures("_credentials")
def test_a_bucket_keeps_with_a_page_where_it_leads(s3: S3, root: Path) -> None:
    bucket, endpoint = s3.bucket("website"), f"http://127.0.0.1:{s3.port}"
    to(root, f"to: 's3://website/a%20b', endpoint: '{endpoint}'")
    publish(root, "live")
    assert led_to(s3, "old/monitors/index.html") is None
    to(root, f"to: 's3://website/a%20b', endpoint: '{endpoint}', host: s3-website")
    assert plan(root, "live")["files"]["changed"] == ["old/monitors/index.html"]
    publish(root, "live")
    assert led_to(s3, "old/monitors/index.html") == "/a/2025/07/02/monitors/"
    assert led_to(s3, "index.html") is None
    assert files_of(bucket / "a b") == files_of(root / "site")
    assert plan(root, "live")["files"]["changed"] == []
    moved = (root / "content/2025/07/02/monitors.md").read_text().replace("date: 2025-07-02", "date: 2025-07-03", 1)
    write(root, {"content/2025/07/02/monitors.md": moved})
    publish(root, "live")
    assert led_to(s3, "old/monitors/index.html") == "/a/2025/07/03/monitors/"
    run("rollback", "live", "--yes", root=root)
    assert led_to(s3, "old/monitors/index.html") == "/a/2025/07/02/monitors/"


def led_to(s3: S3, name: str) -> str | None:
    """What the server keeps with a file of the bucket."""
    client = get_session().create_client("s3", endpoint_url=f"http://127.0.0.1:{s3.port}")
    found: str | None = client.get_object(Bucket="website", Key=f"a b/{name}").get("WebsiteRedirectLocation")
    return found


def test_only_a_bucket_can_be_its_own_website(root: Path) -> None:
    to(root, "to: 'gs://website', host: s3-website")
    assert "error D912: only a bucket at s3://" in run("publish", "live", "--check", root=root, ok=False).stderr


def test_compressed_copies_go_beside_and_follow_each_change(root: Path, tmp_path: Path) -> None:
    to(root, f"to: 'file://{tmp_path}/www', compress: [gz, br]")
    publish(root, "live")
    _compressed(tmp_path / "www/current")
    before = files_of(tmp_path / "www/current")
    assert publish(root, "live").stdout.startswith("nothing to send")
    edit(root)
    publish(root, "live")
    after = files_of(tmp_path / "www/current")
    _compressed(tmp_path / "www/current")
    assert "2025/07/02/bridge/index.html.gz" in before
    assert "2025/07/02/bridge/index.html.gz" not in after
    assert {name for name in after if not name.endswith((".gz", ".br"))} == set(files_of(root / "site"))


def _compressed(folder: Path) -> None:
    """Every text of some size has both copies, and they hold the same."""
    served = files_of(folder)
    texts = [
        n for n, data in served.items() if n.endswith((".html", ".css", ".xml", ".csv", ".jsonl")) and len(data) >= 512
    ]
    assert len(texts) > 20
    assert "data/claims.csv" in texts
    for name in texts:
        assert gzip.decompress(served[f"{name}.gz"]) == served[name]
        assert brotli.decompress(served[f"{name}.br"]) == served[name]


def retitled(root: Path, title: str) -> None:
    """The bridge's article has another title."""
    write(root, {"content/2025/07/02/bridge.md": PLAIN.replace("A bridge is closed", title)})


def test_compressed_copies_that_a_kill_left_are_not_taken_for_those_of_the_text_before(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(root, f"to: 'file://{tmp_path}/www', compress: [gz, br]")
    retitled(root, "Title B")
    publish(root, "live")
    retitled(root, "Title C")
    made: list[bytes] = []

    def cut_off(data: bytes) -> bytes:
        if made:
            raise KeyboardInterrupt
        made.append(data)
        return gzip.compress(data)

    with monkeypatch.context() as patch:
        patch.setitem(beside._COMPRESSED, "gz", lambda: cut_off)
        assert publish(root, "live", ok=False).exit_code == STOPPED
    assert b"Title C" in made[0]
    retitled(root, "Title B")
    assert publish(root, "live").stdout.startswith("nothing to send")
    shutil.rmtree(tmp_path / "www")
    publish(root, "live")
    _compressed(tmp_path / "www/current")


def test_rules_that_a_kill_left_do_not_stand_in_for_the_editors_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_made: object) -> bytes:
        raise KeyboardInterrupt

    write(root, {"static/_redirects": "/x/* /y/:splat 302"})
    to(root, f"to: 'file://{tmp_path}/www', host: netlify")
    with monkeypatch.context() as patch:
        patch.setattr(beside._MADE, "pack", cut_off)
        assert publish(root, "live", ok=False).exit_code == STOPPED
    to(root, f"to: 'file://{tmp_path}/www'")
    publish(root, "live")
    assert (tmp_path / "www/current/_redirects").read_text() == "/x/* /y/:splat 302"


def test_nginx_hands_out_the_compressed_copy(root: Path, tmp_path: Path) -> None:
    to(root, f"to: 'file://{tmp_path}/www', compress: gz")
    publish(root, "live")
    with nginx(tmp_path / "nginx", tmp_path / "www/current", "gzip_static on;") as base:
        assert (
            gzip.decompress(answer(base, "", {"Accept-Encoding": "gzip"})[2]) == files_of(root / "site")["index.html"]
        )
        assert answer(base, "")[2] == files_of(root / "site")["index.html"]


def test_what_a_setting_cannot_be_is_said(root: Path, tmp_path: Path) -> None:
    for wrong in ("host: apache", "compress: [zip]"):
        to(root, f"to: 'file://{tmp_path}/www', {wrong}")
        assert "error D912: the target “live”" in run("publish", "live", "--check", root=root, ok=False).stderr
