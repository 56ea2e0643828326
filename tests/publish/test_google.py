"""Publishing to gs://, through the XML interface of Google's Cloud Storage.

That interface is S3's with other names for some headers (https://cloud.google.com/storage/docs/interoperability), so
that a real S3 server answers it, once those are put into S3's words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.publish.inplace import BucketTarget
from digest.publish.objects import object_store
from digest.publish.refused import RefusedError
from digest.publish.targets import Named
from tests.digests import write
from tests.publish.desk import digest, edit, files_of, plan, publish, run
from tests.publish.servers import S3, Counter, counted, s3_server

_WORDS = {
    b"\r\nx-goog-copy-source:": b"\r\nx-amz-copy-source:",
    b"\r\nx-goog-if-generation-match: 0\r\n": b"\r\nif-none-match: *\r\n",
}


def set_google(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """A service account of Google's whose requests carry no signature, for a store at an address."""
    key = {"gcs_base_url": base, "disable_oauth": True, "client_email": "", "private_key": "", "private_key_id": ""}
    monkeypatch.setenv("GOOGLE_SERVICE_ACCOUNT_KEY", json.dumps(key))
    monkeypatch.setenv("GOOGLE_SKIP_SIGNATURE", "true")


@pytest.fixture
def _google(monkeypatch: pytest.MonkeyPatch) -> None:
    set_google(monkeypatch, "")


def in_words_of_s3(request: bytes) -> bytes:
    """A request with the headers that S3 has."""
    head, end, body = request.partition(b"\r\n\r\n")
    head += b"\r\n"
    for theirs, ours in _WORDS.items():
        head = head.replace(theirs, ours)
    return head.removesuffix(b"\r\n") + end + body


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Counter]:
    """Cloud Storage, as far as its XML interface is S3's."""
    (tmp_path / "s3").mkdir()
    with s3_server(tmp_path / "s3", signed=False) as server, counted(server.port, server.folder, in_words_of_s3) as it:
        yield it


def made(endpoint: str = "") -> BucketTarget:
    return object_store(Named("gs://google", endpoint=endpoint), Path())


@pytest.mark.usefixtures("_google")
def test_a_site_is_published_edited_and_taken_back(cloud: Counter, tmp_path: Path) -> None:
    root, bucket = digest(tmp_path), tmp_path / "s3/google/news"
    live = f'{{to: "gs://google/news", endpoint: "http://127.0.0.1:{cloud.port}"}}'
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f"publish: {{live: {live}}}\n"})
    assert "nothing has been published there yet" in run("publish", "live", "--check", root=root).stdout
    publish(root, "live")
    before = files_of(bucket)
    assert before == files_of(root / "site")
    assert plan(root, "live")["files"]["changed"] == []
    edit(root)
    publish(root, "live")
    assert files_of(bucket) == files_of(root / "site") != before
    run("rollback", "live", "--yes", root=root)
    assert files_of(bucket) == before
    assert not (bucket / ".digest/lock").exists()


@pytest.mark.usefixtures("_google")
@pytest.mark.parametrize("named", ["settings", "environment"])
def test_an_endpoint_with_http_is_reached_where_it_is_named(
    named: str, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(s3.port) as counter:
        endpoint = f"http://127.0.0.1:{counter.port}"
        if named == "environment":
            monkeypatch.setenv("GOOGLE_BASE_URL", endpoint)
        target = made(endpoint if named == "settings" else "")
        with pytest.raises(RefusedError, match="the store refused with 400"):  # it wants S3's signature
            target.check()
        assert counter.seen


@pytest.mark.usefixtures("_google")
def test_http_is_not_allowed_by_the_endpoint_of_another_kind_of_store(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{s3.port}")
    with counted(s3.port) as counter:
        set_google(monkeypatch, f"http://127.0.0.1:{counter.port}")
        with pytest.raises(RefusedError, match="address cannot be used") as caught:
            made().check()
        assert "`endpoint`" in caught.value.problem.hint
        assert counter.seen == []
