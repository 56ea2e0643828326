"""A folder of releases on another machine (`ssh://`): rsync brings the files, one renamed link serves them.

The layout is that of `file://`: `releases/ID/`, `manifests/ID`, and `current`, which the web server's root is.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.publish.bucket import Seen
from digest.publish.connection import Connection
from digest.publish.folder import CURRENT, MANIFESTS, OWN, RELEASES
from digest.publish.manifest import (
    Manifest,
    Release,
    UnreadableManifestError,
    as_release,
    is_release,
    pack,
    served_again,
    unpack,
)
from digest.publish.program import answer, environment, last_words, tried
from digest.publish.refused import RefusedError, refused
from digest.publish.targets import SETTINGS, Named, Progress, Sending
from digest.publish.unfinished import as_found

_LOCK = ".digest-lock"
_HELD = "held"
_NO_FOLDER = 9
_NO_CONNECTION = 255  # ssh's own status
_BATCH = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=20")


class SshTarget:
    """Releases in a folder behind ssh: `ssh://user@host:port/folder`. Keys come from ssh-agent and ssh's own settings;
    RSYNC_RSH, which rsync knows too, may name another command than ssh."""

    def __init__(self, named: Named, _root: Path) -> None:
        self.shown = named.to
        self._keep = max(1, named.keep)
        parts = urlsplit(named.to)
        self._folder = unquote(parts.path).rstrip("/")
        wrong = parts.hostname is None or parts.netloc.startswith("-") or (parts.hostname or "").startswith("-")
        if wrong or not self._folder or "\n" in self._folder:
            raise refused(
                "D912", f"“{named.to}” names no folder on another machine", SETTINGS, "ssh://user@host/srv/www"
            )
        host = f"{parts.username}@{parts.hostname}" if parts.username else str(parts.hostname)
        port = ["-p", str(parts.port)] if parts.port else []
        shell = [*shlex.split(os.environ.get("RSYNC_RSH", "ssh")), *_BATCH, *port]
        self._to = Connection(shell, host, self.shown)

    def _command(self, script: str, *words: str) -> list[str]:
        """A script for the other machine's shell, with words that it gets as $1, $2 … as they are."""
        return self._to.command("sh", "-c", f'cd -- "$0" || exit {_NO_FOLDER}\n{script}', self._folder, *words)

    def _run(self, script: str, *words: str, data: bytes = b"") -> bytes:
        return answer(self._command(script, *words), self.shown, data=data)

    def check(self) -> list[str]:
        """Whether the machine lets us in, has rsync, and the folder is ours, or free, and can be made or written to."""
        self.manifest()
        script = (
            'd=$1; while [ ! -e "$d" ]; do d=$(dirname -- "$d"); done; '
            '[ -d "$d" ] && [ -w "$d" ] || { echo "$d may not be written to" >&2; exit 1; }; '
            'command -v rsync >/dev/null || { echo "there is no rsync" >&2; exit 1; }; printf %s "$d"'
        )
        found = answer(self._to.command("sh", "-c", script, "sh", self._folder), self.shown)
        return [f"{self._to.host} lets us in and has rsync", f"{found.decode()} is there and may be written to"]

    def manifest(self) -> Manifest | None:
        """The manifest of the release that `current` leads to."""
        done = tried(
            self._command('ls -A; echo; readlink current && cat "manifests/$(basename "$(readlink current)")"')
        )
        if done.returncode == _NO_FOLDER:
            return None
        if done.returncode == _NO_CONNECTION:
            raise refused("D914", f"ssh failed: {last_words(done)}", self.shown, "try the same by hand")
        names, _, rest = done.stdout.partition(b"\n\n")
        link, _, data = rest.partition(b"\n")
        if done.returncode and link:
            raise refused("D915", f"the manifest of {link.decode()} cannot be read", self.shown, self._way_out())
        others = [name for name in names.decode(errors="replace").strip().split("\n") if name and name not in OWN]
        if not link and others:
            hint = "choose an empty folder, or a new one"
            raise refused("D914", f"the folder holds files of others, {others[0]} among them", self.shown, hint)
        return self._as_found(self._unpacked(data, link.decode())) if link else None

    def _as_found(self, served: Manifest) -> Manifest:
        """The manifest without what others removed from the release or changed in it."""
        find = 'find . -type f -exec stat -c "%s %Y %n" {} +'
        look = f'stat -c "%s %Y" "{MANIFESTS}/$1" && cd "{RELEASES}/$1" && {find}'
        own, *lines = self._run(look, served.release).decode(errors="surrogateescape").splitlines()
        found = (line.split(" ", 2) for line in lines if line.count(" ") >= 2)
        there = {name.removeprefix("./"): _seen(size, second) for size, second, name in found}
        return as_found(served, there, _seen(*own.split()).modified)

    def _unpacked(self, data: bytes, release: str) -> Manifest:
        try:
            return unpack(data)
        except UnreadableManifestError as error:
            what = f"the manifest of {release} cannot be read: {error}"
            raise refused("D915", what, self.shown, self._way_out()) from error

    def _way_out(self) -> str:
        return f"move {self._folder}/{CURRENT} away; the next publish sends the whole site"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The other machine holds the lock as long as the connection lasts."""
        self._make_folder()
        script = f"exec 9>{_LOCK}; flock -w 60 9 || {{ echo busy; exit 0; }}; echo {_HELD}; cat >/dev/null"
        with subprocess.Popen(  # noqa: S603 (no shell here)
            self._command(script),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as holder:
            assert holder.stdout is not None  # noqa: S101 (a pipe)
            word = holder.stdout.readline().decode().strip()
            try:
                if word != _HELD:
                    code, what = (
                        ("D916", "somebody else is publishing there") if word else ("D914", "no lock could be had")
                    )
                    raise refused(code, what, self.shown, "wait until it is done" if word else "is flock there?")
                yield
            finally:
                holder.communicate()

    def _make_folder(self) -> None:
        folders = (f"{self._folder}/{RELEASES}", f"{self._folder}/{MANIFESTS}")
        answer(self._to.command("mkdir", "-p", "--", *folders), self.shown)

    def send(self, sending: Sending, progress: Progress) -> None:
        """Bring the release beside the others, with links to what has not changed; then switch."""
        after, new = sending.after, f"{RELEASES}/{sending.after.release}.new"
        self._run(f"rm -rf -- {RELEASES}/*.new")
        for name in sending.plan.files.new + sending.plan.files.changed:
            sending.read(name)  # that it is still what the plan says
        before = [f"--link-dest=../{sending.before.release}"] if sending.before else []
        names: dict[Path, list[str]] = defaultdict(list)
        for name in sorted(after.files):
            names[sending.folder(name)].append(name)
        progress("files", 0, len(after.files))
        for folder, inside in names.items():
            self._bring(folder, inside, new, before)
        self._run(f'cat > "{MANIFESTS}/$1" && mv -- "{new}" "{RELEASES}/$1"', after.release, data=pack(after))
        self._lead_to(after.release)
        progress("files", len(after.files), len(after.files))
        self._prune()

    def _bring(self, folder: Path, names: list[str], new: str, before: list[str]) -> None:
        with tempfile.NamedTemporaryFile() as listed:
            # ./ because rsync takes a line that begins with # or ; for a comment
            listed.write("".join(f"./{name}\0" for name in names).encode())
            listed.flush()
            rsync = ["rsync", "--recursive", "--chmod=D755,F644", "--checksum", "--from0"]
            shell = ["--rsh", shlex.join(self._to.shell), f"--files-from={listed.name}", *before]
            # --protect-args: the folder's name goes to the other side as it is
            place = f"{self._to.host}:{self._folder}/{new}/"
            answer([*rsync, *shell, "--protect-args", f"{folder}/", place], self.shown)

    def _lead_to(self, release: str) -> None:
        script = f'ln -sfn -- "{RELEASES}/$1" {CURRENT}.new && mv -T -- {CURRENT}.new {CURRENT}'
        self._run(script, release)

    def _prune(self) -> None:
        self._remove(self.releases()[self._keep :])

    def forget(self) -> int:
        """Remove all releases but the one that is served."""
        return self._remove(self.releases())

    def _remove(self, releases: Sequence[Release]) -> int:
        old = [one.id for one in releases if not one.current]
        for id_ in old:
            self._run(f'rm -rf -- "{RELEASES}/$1" "{MANIFESTS}/$1"', id_)
        return len(old)

    def releases(self) -> list[Release]:
        """The releases that stand in the folder with a manifest that can be read, newest first."""
        listed = tried(self._command(f"readlink {CURRENT}; echo; ls {RELEASES}"))
        link, _, names = listed.stdout.decode(errors="replace").partition("\n\n")
        found = []
        for id_ in sorted((name for name in names.split("\n") if is_release(name)), reverse=True):
            with suppress(RefusedError):
                found.append(as_release(self.kept(id_), current=link.endswith(f"/{id_}")))
        return found

    def kept(self, release: str) -> Manifest:
        """The manifest of a release that stands in the folder."""
        return self._unpacked(self._run(f'cat "{MANIFESTS}/$1"', release), release)

    def switch(self, release: str, at: datetime, progress: Progress) -> str:
        """Have `current` lead to a release."""
        manifest = self.kept(release)
        keeping_time = f'cd {MANIFESTS} && cat > "$1.new" && touch -r "$1" -- "$1.new" && mv -- "$1.new" "$1"'
        self._run(keeping_time, release, data=pack(served_again(manifest, at)))  # by it, changed files are told
        self._lead_to(release)
        progress("files", 1, 1)
        return release


def _seen(size: str, second: str) -> Seen:
    return Seen(int(size), datetime.fromtimestamp(int(second), UTC))
