"""Publishing into a bucket: files are replaced in place, in an order that keeps links whole, and earlier ones are kept.

Beside the site the bucket holds `.digest/`: `current` names the release that is served, `releases/ID` are manifests,
`kept/ID/NAME` is a file of release ID that a later one replaced, `lock` says who is at work and what was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from digest.publish.bucket import Bucket, Headers, Seen, Upload
from digest.publish.lock import Holder, read_lock
from digest.publish.manifest import (
    KEPT,
    Entry,
    Manifest,
    Release,
    UnreadableManifestError,
    as_release,
    is_release,
    pack,
    restored,
    unpack,
)
from digest.publish.order import content_type, in_waves, is_stamped
from digest.publish.plan import files_between
from digest.publish.refused import RefusedError, refused
from digest.publish.targets import Named, Progress, Sending
from digest.publish.unfinished import as_found, unfinished

CURRENT = f"{KEPT}/current"
RELEASES = f"{KEPT}/releases"
_PACKED = Headers("application/gzip", "no-store")
_PLAIN = Headers("text/plain", "no-store")
_COMPARED = 8_000
"""Files up to which each publish compares the manifest with the bucket's listing, at a request for a thousand."""


class BucketTarget:
    """A site in a bucket."""

    def __init__(self, bucket: Bucket, named: Named) -> None:
        self._bucket = bucket
        self.shown = bucket.shown
        self._named = named
        self._holder = Holder(bucket)
        self._known: dict[str, Manifest] = {}
        self._compared: dict[str, Manifest] = {}

    def check(self) -> list[str]:
        """What the account may do there, as far as reading tells, and whether the bucket is ours, or free."""
        found = list(self._bucket.rights())
        over, _ = self._current()
        if not over:
            self.manifest()
        return [*found, f"release {over} is served" if over else "nothing has been published there yet"]

    def manifest(self) -> Manifest | None:
        """What is served, file by file: of files that a publish left unfinished, or that others changed, as far as it
        can be told."""
        over, since = self._current()
        left = self._holder.left()
        served = self.kept(over) if over else None
        if left is not None and left[0].releases and left[0].releases[-1] != over:
            sent = [self.kept(id_) for id_ in left[0].releases if self._knows(id_)]
            return unfinished(served, sent, self._bucket.listed(), left[0].began or left[1])
        if served is None:
            self._refuse_strangers(self._bucket.listed(most=10))
            return None
        if len(served.files) > _COMPARED and not self._named.compare and left is None:
            return served
        if over not in self._compared:  # once for each look and the sending that follows it
            self._compared = {over: as_found(served, self._bucket.listed(), since)}
        return self._compared[over]

    def _current(self) -> tuple[str, datetime]:
        """The release that is served, and when that was said, by the bucket's clock."""
        data, at = self._bucket.get(CURRENT) or (b"", datetime.min.replace(tzinfo=UTC))
        name = data.decode("ascii", "replace").strip()
        if name and not is_release(name):
            hint = f"remove {KEPT}/ and the site there; the next publish begins anew"
            raise refused("D915", f"{CURRENT} names no release", self.shown, hint)
        return name, at

    def _knows(self, release: str) -> bool:
        try:
            self.kept(release)
        except RefusedError:
            return False
        return True

    def kept(self, release: str) -> Manifest:
        """The manifest of a release."""
        if release not in self._known:
            found = self._bucket.get(f"{RELEASES}/{release}")
            try:
                self._known[release] = unpack(found[0] if found else b"")
            except UnreadableManifestError as error:
                hint = f"remove {CURRENT} there, and the site’s files; the next publish then begins anew"
                raise refused("D915", f"the manifest of {release} cannot be read: {error}", self.shown, hint) from error
        return self._known[release]

    def _refuse_strangers(self, listed: dict[str, Seen]) -> None:
        others = sorted(name for name in listed if not name.startswith(f"{KEPT}/"))
        if others:
            hint = "choose another bucket, or a folder in it"
            raise refused("D914", f"the bucket holds files of others, {others[0]} among them", self.shown, hint)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another publisher is refused, until the lock is given back or ends two minutes after its last renewal."""
        with self._holder.held():
            yield

    def send(self, sending: Sending, progress: Progress) -> None:
        """Keep what will be replaced, then send, remove, and say that the release is served."""

        def upload(name: str) -> Upload:
            return Upload(name, partial(sending.read, name), self._headers(name, sending.after.files[name].to))

        self._replace(sending.before, sending.after, upload, progress)

    def _headers(self, name: str, to: str = "") -> Headers:
        return Headers(content_type(name), self._named.assets if is_stamped(name) else self._named.pages, to)

    def _replace(
        self,
        before: Manifest | None,
        after: Manifest,
        upload: Callable[[str], Upload],
        progress: Progress,
        kept: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Bring the bucket from what is there to a release; `kept` names files there that are copied as they are."""
        bucket, files = self._bucket, files_between(before, after)
        over = before.release if before else ""
        self._holder.begin(over, after.release)  # first, so that no manifest is left that nobody knows of
        bucket.put(f"{RELEASES}/{after.release}", pack(after), _PACKED)
        self._keep(over, (*files.changed, *files.removed), progress)
        waves = in_waves(files.new, files.changed)
        count = _Counter("files", sum(map(len, waves)), progress)
        for wave in waves:
            self._holder.still()
            copied = {name for name in wave if name in kept and not after.files[name].to}
            bucket.copy([(kept[name], name) for name in wave if name in copied], count)
            bucket.upload([upload(name) for name in wave if name not in copied], count)
        bucket.delete(files.removed)
        self._holder.confirm()
        bucket.put(CURRENT, after.release.encode(), _PLAIN)
        self._known[after.release] = after
        self._compared = {}
        self._prune()

    def _keep(self, over: str, names: tuple[str, ...], progress: Progress) -> None:
        """Copy what the release that is served will lose; only its own bytes, also when a publish is taken up again."""
        if not over:
            return
        served = self.kept(over)
        wanted = [name for name in names if name in served.files]
        if self._holder.cut_off:
            there = self._bucket.listed(f"{KEPT}/kept/{over}/")
            wanted = [name for name in wanted if f"{KEPT}/kept/{over}/{name}" not in there]
        count = _Counter("files kept", len(wanted), progress)
        self._bucket.copy([(name, f"{KEPT}/kept/{over}/{name}") for name in wanted], count)

    def _prune(self) -> None:
        """Forget releases that never came to be, and the oldest ones."""
        never = self._holder.cut_off
        if never:
            self._bucket.delete([f"{RELEASES}/{id_}" for id_ in never])
        found = [id_ for id_ in self._ids() if id_ not in never]
        for old in found[self._named.keep :]:
            if old != found[0]:
                names = self._bucket.listed(f"{KEPT}/kept/{old}/")
                self._bucket.delete([*names, f"{RELEASES}/{old}"])

    def forget(self) -> int:
        """Remove what is kept of earlier releases, and their manifests."""
        now, _ = self._current()
        old = [id_ for id_ in self._ids() if id_ != now and id_ not in self._holder.cut_off]
        self._bucket.delete([*self._bucket.listed(f"{KEPT}/kept/"), *(f"{RELEASES}/{id_}" for id_ in old)])
        return len(old)

    def _ids(self) -> list[str]:
        names = (name.rpartition("/")[2] for name in self._bucket.listed(f"{RELEASES}/"))
        return sorted((name for name in names if is_release(name)), reverse=True)

    def releases(self) -> list[Release]:
        """The releases of which everything is kept, newest first."""
        (now, _), left = self._current(), read_lock(self._bucket)
        never = {id_ for id_ in left[0].releases if id_ != now} if left else set()  # cut off before they were served
        ids = [id_ for id_ in self._ids() if id_ <= now and id_ not in never and self._knows(id_)]
        return [as_release(self.kept(id_), current=id_ == now) for id_ in ids]

    def switch(self, release: str, at: datetime, progress: Progress) -> str:
        """Publish an earlier release again, from the files that were kept."""
        before = self.manifest()
        after = restored(self.kept(release), at)
        kept = self._sources(after, release)
        files = files_between(before, after)
        lost = [name for name in (*files.new, *files.changed) if name not in kept]
        if lost:
            hint = "put the content back as it was, and publish"
            raise refused("D918", f"{len(lost):,} files of it are not kept, {lost[0]} among them", self.shown, hint)

        def again(name: str) -> Upload:  # a copy within the store would lose where it leads to
            return Upload(name, lambda: (self._bucket.get(kept[name]) or (b"",))[0], self._headers(name, to[name]))

        to = {name: entry.to for name, entry in after.files.items()}
        self._replace(before, after, again, progress, kept)
        return after.release

    def _sources(self, after: Manifest, release: str) -> dict[str, str]:
        """Where the bytes of each file stand that may have to come back."""
        there = self._bucket.listed(f"{KEPT}/kept/")
        found: dict[str, str] = {}
        for id_ in sorted(self._ids()):
            if id_ < release:
                continue
            files: dict[str, Entry] = self.kept(id_).files
            for name, entry in files.items():
                place = f"{KEPT}/kept/{id_}/{name}"
                if name not in found and after.files.get(name) == entry and place in there:
                    found[name] = place
        return found


class _Counter:
    """Counts what is done, and tells."""

    def __init__(self, step: str, total: int, progress: Progress) -> None:
        self._step, self._total, self._progress, self._done = step, total, progress, 0

    def __call__(self) -> None:
        self._done += 1
        self._progress(self._step, self._done, self._total)
