"""Object stores (`s3://`, `gs://`, `az://`) as buckets, through obstore; credentials come from the environment or
from the cloud's own machines."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.publish.answers import answer
from digest.publish.bucket import Headers, Seen, Upload
from digest.publish.inplace import BucketTarget
from digest.publish.refused import RefusedError, refused
from digest.publish.targets import SETTINGS, Named
from digest.publish.website import Website

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_AT_ONCE = 24


def object_store(named: Named, _root: Path) -> BucketTarget:
    """The target of a bucket. Raises RefusedError where the extra is missing, or the settings do not make one."""
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415 (an extra)
        from obstore.store import from_url  # noqa: PLC0415 (likewise)
    except ImportError as error:
        hint = "pip install 'digest-news[publish]'"
        raise refused("D912", "object stores need an extra", named.to, hint) from error
    scheme = named.to.partition(":")[0]
    if not _ADDRESS.fullmatch(named.to):
        hint = f"write {scheme}://{_HOLDER[scheme]}/folder"
        raise refused("D912", f"“{named.to}” is no address of a {_HOLDER[scheme]}", SETTINGS, hint)
    settings: dict[str, Any] = {
        "client_options": {"timeout": timedelta(seconds=60)} | _plain_http(scheme, named.endpoint),
        "retry_config": {"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
    }
    settings |= _where(scheme, named)
    try:
        website = Website(named) if named.host == "s3-website" else None
        return BucketTarget(ObjectBucket(from_url(named.to, **settings), named.to, website), named)
    except (BaseError, ValueError, TypeError, OSError) as error:
        message, hint = answer(str(error), scheme)
        raise refused("D912", f"the store cannot be used: {message}", named.to, hint) from error


_ADDRESS = re.compile(r"\w+://[^/\s\[\]]+(?:/[^/]+)*/?")
_HOLDER = {"s3": "bucket", "gs": "bucket", "az": "container"}
_ENDPOINT = {"s3": "endpoint", "gs": "base_url", "az": "endpoint"}
"""What the client calls the setting `endpoint`."""
_ENDPOINTS = {
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
    "gs": ("GOOGLE_BASE_URL",),
    "az": ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"),
}
"""Where the client finds it in the environment."""


def _where(scheme: str, named: Named) -> dict[str, str]:
    """The settings of where the store is. Raises RefusedError for a region where addresses have none."""
    if named.region and scheme != "s3":
        hint = "take the line `region:` out"
        raise refused("D912", f"`region` is a setting of s3://, not of {scheme}://", SETTINGS, hint)
    found = {_ENDPOINT[scheme]: named.endpoint.rstrip("/"), "region": named.region}
    return {key: value for key, value in found.items() if value}


def _plain_http(scheme: str, endpoint: str) -> dict[str, bool]:
    """An endpoint with http:// is meant, in the settings as in the environment."""
    given = (value for name in _ENDPOINTS[scheme] if (value := os.environ.get(name)))
    return {"allow_http": True} if (endpoint or next(given, "")).startswith("http://") else {}


class ObjectBucket:
    """A bucket, or a folder in one."""

    def __init__(self, store: ObjectStore, shown: str, website: Website | None = None) -> None:
        import obstore  # noqa: PLC0415 (an extra)

        self._api = obstore
        self._store = store
        self.shown = shown
        self._website = website

    @contextmanager
    def _calling(self) -> Iterator[None]:
        """What the store refuses is a problem, not a bug."""
        from obstore.exceptions import BaseError  # noqa: PLC0415 (an extra)

        try:
            yield
        except RefusedError:
            raise
        except (BaseError, OSError, ValueError) as error:
            message, hint = answer(str(error), self.shown.partition(":")[0])
            raise refused("D914", message, self.shown, hint) from error

    def get(self, name: str) -> tuple[bytes, datetime] | None:
        """A file's bytes, and when it was written."""
        with self._calling():
            try:
                found = self._api.get(self._store, name)
                return bytes(found.bytes()), found.meta["last_modified"]
            except FileNotFoundError:
                return None

    def put(self, name: str, data: bytes, headers: Headers) -> None:
        """Write a file in one step."""
        if headers.to and self._website:
            self._website.put(name, data, headers)
            return
        with self._calling():
            self._api.put(self._store, name, data, attributes=self._attributes(headers))

    def create(self, name: str, data: bytes, headers: Headers) -> bool:
        """Write a file if there is none, which the store decides; those that ignore the condition write it."""
        from obstore.exceptions import AlreadyExistsError, NotSupportedError  # noqa: PLC0415 (an extra)

        with self._calling():
            try:
                attributes = self._attributes(headers)
                self._api.put(self._store, name, data, attributes=attributes, mode="create", use_multipart=False)
            except (AlreadyExistsError, FileExistsError):
                return False
            except (NotImplementedError, NotSupportedError):
                self._api.put(self._store, name, data, attributes=self._attributes(headers))
            return True

    def _attributes(self, headers: Headers) -> dict[str, str] | None:
        if type(self._store).__name__ in ("LocalStore", "MemoryStore"):
            return None  # they keep none
        return {"Content-Type": headers.content_type, "Cache-Control": headers.cache}

    def upload(self, files: Collection[Upload], done: Callable[[], None]) -> None:
        """Write files, many at a time."""
        self._together([partial(self._send, file) for file in files], done)

    def _send(self, file: Upload) -> None:
        self.put(file.name, file.data(), file.headers)

    def copy(self, pairs: Collection[tuple[str, str]], done: Callable[[], None]) -> None:
        """Copy files within the store, many at a time."""
        self._together([partial(self._copy, source, target) for source, target in pairs], done)

    def _copy(self, source: str, target: str) -> None:
        with self._calling():
            self._api.copy(self._store, source, target)

    def _together(self, calls: Collection[Callable[[], None]], done: Callable[[], None]) -> None:
        """Make calls at the same time; after the first error no further one is begun."""
        with ThreadPoolExecutor(min(_AT_ONCE, len(calls) or 1)) as pool:
            waiting = [pool.submit(call) for call in calls]
            try:
                for future in waiting:
                    future.result()
                    done()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def delete(self, names: Collection[str]) -> None:
        """Remove files, a thousand with one request where the store can."""
        if not names:
            return
        with self._calling():
            try:
                self._api.delete(self._store, list(names))
            except FileNotFoundError:
                for name in names:
                    self._delete_one(name)

    def _delete_one(self, name: str) -> None:
        try:
            self._api.delete(self._store, name)
        except FileNotFoundError:
            return

    def listed(self, below: str = "", *, most: int = 0) -> dict[str, Seen]:
        """The files whose names begin with `below`."""
        found: dict[str, Seen] = {}
        with self._calling():
            for chunk in self._api.list(self._store, below.rstrip("/") or None, chunk_size=most or 1000):
                found |= {o["path"]: Seen(o["size"], o["last_modified"]) for o in chunk}
                if most and len(found) >= most:
                    break
        return found

    def rights(self) -> Iterator[str]:
        """What was found to work, without writing."""
        self.listed(most=1)
        yield f"{self.shown} can be reached and listed with these credentials"
