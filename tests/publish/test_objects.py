"""Publishing into object stores: a real S3 server, and obstore's own stores."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import json as packed
from obstore.store import LocalStore, MemoryStore

from digest.publish import inplace
from digest.publish.inplace import BucketTarget
from digest.publish.lock import LASTS, PRIVATE, Lock
from digest.publish.manifest import Entry, hash_of, make_manifest
from digest.publish.objects import ObjectBucket, object_store
from digest.publish.plan import make_plan
from digest.publish.refused import RefusedError
from digest.publish.send import Request, forget, look, look_back, publish, rollback
from digest.publish.targets import Named
from tests.digests import write
from tests.publish.conftest import Built
from tests.publish.desk import digest, edit, files_of, run
from tests.publish.desk import publish as by_command
from tests.publish.sender import send
from tests.publish.servers import S3, SECRET, counted

AT = datetime(2026, 1, 1, tzinfo=UTC)


def quiet(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


def sent(target: BucketTarget, built: Built) -> None:
    publish(target, Request(built.folder, built.manifest), lambda _plan: True, quiet)


@pytest.mark.usefixtures("_credentials")
def test_a_site_is_published_edited_and_taken_back_by_commands(s3: S3, tmp_path: Path) -> None:
    bucket, root = s3.bucket("commands"), digest(tmp_path)
    live = f'{{to: "s3://commands/news", endpoint: "http://127.0.0.1:{s3.port}"}}'
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f"publish: {{live: {live}}}\n"})
    assert "nothing has been published there yet" in run("publish", "live", "--check", root=root).stdout
    with counted(s3.port) as counter:
        write(root, {"digest.yaml": (root / "digest.yaml").read_text().replace(str(s3.port), str(counter.port))})
        run("publish", "--dry-run", root=root)
        run("publish", "--check", root=root)
        run("releases", root=root)
        assert counter.mutating == []
        assert counter.seen
        first = by_command(root, "live")
        assert len(counter.mutating) > 40
    write(root, {"digest.yaml": (root / "digest.yaml").read_text().replace(str(counter.port), str(s3.port))})
    before = files_of(bucket / "news")
    assert before == files_of(root / "site")
    assert "published to s3://commands/news. Files: " in first.stdout
    edit(root)
    by_command(root, "live")
    assert files_of(bucket / "news") == files_of(root / "site") != before
    done = json.loads(run("rollback", "live", "--yes", "--json", root=root).stdout)
    assert files_of(bucket / "news") == before
    found = json.loads(run("releases", "live", "--json", root=root).stdout)
    assert [done["to"], done["from"], done["release"]] == [r["id"] for r in found]
    assert [r["restores"] for r in found] == [found[2]["id"], "", ""]
    written = [p.read_bytes() for p in bucket.rglob("*") if p.is_file()]
    assert not any(SECRET.encode() in data for data in written)


@pytest.mark.usefixtures("_credentials")
def test_files_are_served_with_type_and_cache_control(s3: S3, builds: tuple[Built, Built]) -> None:
    s3.bucket("headers")
    endpoint = f"http://127.0.0.1:{s3.port}"
    send(builds[0].folder, builds[0].manifest, "s3://headers", endpoint)
    bucket = object_store(Named("s3://headers", endpoint=endpoint), Path())._bucket
    assert isinstance(bucket, ObjectBucket)
    style = next(name for name in builds[0].manifest.files if name.endswith(".css"))
    expected = {
        "index.html": ("text/html; charset=utf-8", "public, max-age=60, must-revalidate"),
        style: ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        "map.txt": ("text/plain; charset=utf-8", "public, max-age=60, must-revalidate"),
    }
    for name, (kind, cache) in expected.items():
        found = bucket._api.get(bucket._store, name).attributes
        assert (found["Content-Type"], found["Cache-Control"]) == (kind, cache)


@pytest.mark.usefixtures("_credentials")
def test_new_files_go_before_pages_that_link_to_them_and_deletions_last(s3: S3, builds: tuple[Built, Built]) -> None:
    s3.bucket("order")
    send(builds[0].folder, builds[0].manifest, "s3://order", f"http://127.0.0.1:{s3.port}")
    with counted(s3.port) as counter:
        send(builds[1].folder, builds[1].manifest, "s3://order", f"http://127.0.0.1:{counter.port}")
    site = [(method, path.removeprefix("/order/")) for method, path in counter.mutating if ".digest" not in path]
    sent_files = [path for method, path in site if method == "PUT"]
    new = sorted(builds[1].manifest.files.keys() - builds[0].manifest.files.keys())
    assert sorted(sent_files[: len(new)]) == new
    pages = [name for name in sent_files if name.endswith(".html")]
    assert pages[-1] == "index.html"
    changed_feeds = [name for name in sent_files if name.endswith("feed.xml") and name not in new]
    assert changed_feeds
    assert min(map(sent_files.index, changed_feeds)) > sent_files.index("index.html")
    assert [method for method, _ in site] == ["PUT"] * len(sent_files) + ["POST", "POST"]  # removed files, the lock


@pytest.mark.parametrize("kind", ["local", "memory"])
def test_other_stores_publish_and_roll_back_alike(kind: str, builds: tuple[Built, Built], tmp_path: Path) -> None:
    store = LocalStore(tmp_path) if kind == "local" else MemoryStore()
    bucket = ObjectBucket(store, kind)
    target = BucketTarget(bucket, Named(kind, keep=2))
    for built in builds:
        sent(target, built)
        names = {name for name in bucket.listed() if not name.startswith(".digest/")}
        assert names == built.manifest.files.keys()
    release, plan = look_back(target, "")
    assert (release.id, plan) == (builds[0].manifest.release, make_plan(builds[1].manifest, builds[0].manifest))
    rollback(target, "", AT, quiet)
    for name in builds[0].manifest.files:
        found = bucket.get(name)
        assert found is not None
        assert found[0] == (builds[0].folder / name).read_bytes()
    assert len(target.releases()) == 2
    assert forget(target) == 1
    assert len(target.releases()) == 1
    assert list(bucket.listed(".digest/kept/")) == []
    assert {name for name in bucket.listed() if not name.startswith(".digest/")} == builds[0].manifest.files.keys()
    sent(target, builds[1])
    assert {name for name in bucket.listed() if not name.startswith(".digest/")} == builds[1].manifest.files.keys()


def test_a_second_publisher_is_refused_while_the_first_may_be_at_work(builds: tuple[Built, Built]) -> None:
    bucket = ObjectBucket(MemoryStore(), "memory")
    target = BucketTarget(bucket, Named("memory"))
    elsewhere = Lock("other", "elsewhere", 1, datetime.now(UTC) + LASTS)
    bucket.put(".digest/lock", packed.encode(elsewhere), PRIVATE)
    with pytest.raises(RefusedError, match="somebody else is publishing"):
        sent(target, builds[0])
    assert set(bucket.listed()) == {".digest/lock"}
    ended = Lock("other", "elsewhere", 1, datetime.now(UTC) - timedelta(seconds=1))
    bucket.put(".digest/lock", packed.encode(ended), PRIVATE)
    sent(target, builds[0])
    assert ".digest/lock" not in bucket.listed()


@pytest.mark.parametrize("data", [b"", b"garb{age", b'{"format": 2, "holder": "x"}'], ids=["empty", "cut", "other"])
def test_a_lock_that_cannot_be_read_ends_like_any_other(
    data: bytes, builds: tuple[Built, Built], tmp_path: Path
) -> None:
    bucket, lock = ObjectBucket(LocalStore(tmp_path), "local"), tmp_path / ".digest/lock"
    target = BucketTarget(bucket, Named("local"))
    for built in builds:
        bucket.put(".digest/lock", data, PRIVATE)
        with pytest.raises(RefusedError, match="somebody else is publishing") as caught:
            sent(target, built)
        assert ".digest/lock there, ends at" in caught.value.problem.hint
        assert lock.read_bytes() == data
        ended = (datetime.now(UTC) - LASTS).timestamp()
        os.utime(lock, (ended, ended))
        sent(target, built)
        assert not lock.exists()
    assert files_of(tmp_path) == files_of(builds[1].folder)


def test_after_a_lock_that_cannot_be_read_each_file_of_a_large_site_is_looked_at(
    builds: tuple[Built, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inplace, "_COMPARED", 3)
    target = BucketTarget(ObjectBucket(LocalStore(tmp_path), "local"), Named("local"))
    sent(target, builds[0])
    (tmp_path / "map.txt").unlink()
    request = Request(builds[0].folder, builds[0].manifest)
    assert look(target, request).is_empty
    (tmp_path / ".digest/lock").write_bytes(b"")
    assert look(target, request).files.new == ("map.txt",)


def test_a_check_takes_files_of_a_first_publish_that_was_cut_off_for_our_own(builds: tuple[Built, Built]) -> None:
    bucket = ObjectBucket(MemoryStore(), "memory")
    cut_off = Lock("x", "elsewhere", 1, AT, releases=(builds[0].manifest.release,))
    bucket.put(".digest/lock", packed.encode(cut_off), PRIVATE)
    bucket.put("index.html", b"ours", PRIVATE)
    assert BucketTarget(bucket, Named("memory")).check()[-1] == "nothing has been published there yet"


def test_a_bucket_with_files_of_others_is_refused(builds: tuple[Built, Built]) -> None:
    bucket = ObjectBucket(MemoryStore(), "memory")
    bucket.put("index.html", b"mine", PRIVATE)
    target = BucketTarget(bucket, Named("memory"))
    with pytest.raises(RefusedError, match="files of others"):
        target.check()
    with pytest.raises(RefusedError, match="files of others"):
        sent(target, builds[0])


def made(to: str, **settings: str) -> BucketTarget:
    """The target of an address, with settings."""
    return object_store(Named(to, **settings), Path())  # type: ignore[arg-type] # each a text


@pytest.mark.parametrize(
    ("to", "settings", "words", "hint"),
    [
        ("gs:///folder", {}, "no address of a bucket", "gs://bucket/folder"),
        ("az:news", {}, "no address of a container", "az://container/folder"),
        ("s3://news//folder", {}, "no address of a bucket", "s3://bucket/folder"),
        ("gs://news", {"region": "eu"}, "`region` is a setting of s3://, not of gs://", "take the line `region:` out"),
        ("az://news", {}, "no account in the environment", "AZURE_STORAGE_ACCOUNT_NAME"),
    ],
)
def test_what_is_wrong_with_a_store_is_said_of_its_own_kind(
    to: str, settings: dict[str, str], words: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    with pytest.raises(RefusedError, match=words) as caught:
        made(to, **settings)
    assert caught.value.problem.code == "D912"
    assert hint in caught.value.problem.hint


def test_files_that_others_removed_or_cut_short_are_sent_again(builds: tuple[Built, Built]) -> None:
    bucket = ObjectBucket(MemoryStore(), "memory")
    sent(BucketTarget(bucket, Named("memory")), builds[0])
    bucket.delete(["map.txt"])
    bucket.put("index.html", b"short", PRIVATE)
    request = Request(builds[0].folder, builds[0].manifest)
    plan = publish(BucketTarget(bucket, Named("memory")), request, lambda _plan: True, quiet)
    assert plan is not None
    assert (plan.files.new, plan.files.changed) == (("map.txt",), ("index.html",))
    found = bucket.get("index.html")
    assert found is not None
    assert found[0] == (builds[0].folder / "index.html").read_bytes()


@pytest.mark.usefixtures("_credentials")
def test_one_edited_article_takes_few_requests(s3: S3, builds: tuple[Built, Built], tmp_path: Path) -> None:
    s3.bucket("few")
    page = "2025/07/02/monitors/index.html"
    folder = tmp_path / "site"
    shutil.copytree(builds[0].folder, folder)
    seen = 0
    for number in range(4):  # by the last one, old releases are pruned too
        data = (folder / page).read_bytes() + b"<!-- more -->"
        (folder / page).write_bytes(data)
        files = {**builds[0].manifest.files, page: Entry(hash_of(data), len(data))}
        manifest = make_manifest(files, builds[0].manifest.told, AT + timedelta(hours=number))
        with counted(s3.port) as counter:
            target = object_store(Named("s3://few", keep=2, endpoint=f"http://127.0.0.1:{counter.port}"), tmp_path)
            publish(target, Request(folder, manifest), lambda _plan: True, quiet)
        seen = len(counter.seen)
    assert len(target.releases()) == 2
    assert seen <= 25
