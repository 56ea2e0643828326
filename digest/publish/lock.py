"""The lock on a bucket: a file that says who publishes, which release, over which, and until when that holds.

It is removed when all is done. One that is left tells the next publisher what was under way.
"""

from __future__ import annotations

import os
import secrets
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from socket import gethostname

from msgspec import MsgspecError, Struct, json
from msgspec.structs import replace

from digest.publish.bucket import Bucket, Headers
from digest.publish.manifest import KEPT, hash_of
from digest.publish.refused import RefusedError, refused

LOCK = f"{KEPT}/lock"
PRIVATE = Headers("application/json", "no-store")
LASTS = timedelta(minutes=2)
_RENEWED = 30.0
"""Seconds."""


class Lock(Struct, frozen=True):
    """Who publishes: a word of this run, a hash of the machine, the process; what: the releases that were being sent,
    the last one now, over the one that is served; `began` is when sending it began, by the bucket's clock, once that is
    known."""

    token: str
    machine: str
    process: int
    expires: datetime
    over: str = ""
    releases: tuple[str, ...] = ()
    began: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        """Whether its holder may still be at work: a process of this machine is looked for."""
        if self.expires <= now:
            return False
        return self.machine != machine() or _runs(self.process)


def machine() -> str:
    """A word for this machine that tells nobody its name."""
    return hash_of(f"{gethostname()} {uuid.getnode()}".encode())[:16]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read_lock(bucket: Bucket) -> tuple[Lock, datetime] | None:
    """The lock, and when it was written last; None for none. One that cannot be read, since it was cut short or is of
    another version of digest, holds as long as one that was written at that moment."""
    found = bucket.get(LOCK)
    if found is None:
        return None
    data, at = found
    try:
        return json.decode(data, type=Lock), at
    except MsgspecError:
        return Lock("", "", 0, at + LASTS), at


class Holder:
    """Holds the lock, and renews it while the work goes on."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._token = secrets.token_hex(8)
        self._lock: Lock | None = None
        self._found: tuple[Lock, datetime] | None = None
        self._lost = False
        self._turn = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """The lock is ours inside. Where the work is cut off by an error, it stays, but binds nobody any more."""
        self._take()
        ended = threading.Event()
        renewal = threading.Thread(target=self._renew_until, args=(ended,), daemon=True)
        renewal.start()
        try:
            yield
        except BaseException:
            ended.set()
            renewal.join()
            self._give_up()
            self._lock = None
            raise
        ended.set()
        renewal.join()
        self._bucket.delete([LOCK])
        self._lock = None

    def left(self) -> tuple[Lock, datetime] | None:
        """What a publish that was cut off has left: as found when the lock was taken, else as it is there now."""
        return self._found if self._lock is not None else read_lock(self._bucket)

    @property
    def cut_off(self) -> tuple[str, ...]:
        """Releases whose publishing was cut off before they were served."""
        return self._lock.releases[:-1] if self._lock else ()

    def begin(self, over: str, release: str) -> None:
        """Say what is sent from now on. Raises RefusedError where somebody else has taken the lock."""
        self.confirm()  # a store without conditions gives the lock to each who asks in the same moment
        assert self._lock is not None  # noqa: S101 (held)
        before = tuple(id_ for id_ in self._lock.releases if id_ != over)
        self._write(over, (*before, release), None)
        began = self.confirm()
        self._lock = replace(self._lock, began=began)

    def still(self) -> None:
        """Raises RefusedError where the lock was seen to be lost; asks nobody."""
        if self._lost:
            self.confirm()

    def confirm(self) -> datetime:
        """Make sure that the lock is still ours. Raises RefusedError where somebody else has taken it."""
        found = None if self._lost else read_lock(self._bucket)
        if found is None or found[0].token != self._token:
            self._lost = True
            raise refused("D916", "somebody else has begun to publish there", self._bucket.shown, "publish again later")
        return found[1]

    def _take(self) -> None:
        found = self._found = read_lock(self._bucket)
        now = datetime.now(UTC)
        if found is not None and found[0].is_held(now):
            ends = f"its lock, {LOCK} there, ends at {found[0].expires:%H:%M:%S} UTC"
            hint = f"wait until it is done; if it was cut off, {ends}"
            raise refused("D916", "somebody else is publishing there", self._bucket.shown, hint)
        self._lock = Lock(self._token, machine(), os.getpid(), now + LASTS)
        if found is not None:
            left, at = found
            self._lock = replace(self._lock, over=left.over, releases=left.releases, began=left.began or at)
        data = json.encode(self._lock)
        if found is not None:
            self._bucket.put(LOCK, data, PRIVATE)
        elif not self._bucket.create(LOCK, data, PRIVATE):
            raise refused("D916", "somebody else is publishing there", self._bucket.shown, "wait until it is done")

    def _write(self, over: str, releases: tuple[str, ...], began: datetime | None, lasts: timedelta = LASTS) -> None:
        with self._turn:
            self._lock = Lock(self._token, machine(), os.getpid(), datetime.now(UTC) + lasts, over, releases, began)
            self._bucket.put(LOCK, json.encode(self._lock), PRIVATE)

    def _renew_until(self, ended: threading.Event) -> None:
        while not ended.wait(_RENEWED):
            try:
                self.confirm()
                assert self._lock is not None  # noqa: S101 (held)
                self._write(self._lock.over, self._lock.releases, self._lock.began)
            except RefusedError:
                return

    def _give_up(self) -> None:
        """Leave word of what was under way, without keeping others out."""
        if self._lock is None or self._lost:
            return
        try:
            if self._lock.releases:
                self._write(self._lock.over, self._lock.releases, self._lock.began, timedelta())
            else:
                self._bucket.delete([LOCK])
        except RefusedError:
            return
