"""A branch of a git repository (`git:`): each release is a commit, pushed in one step.

All work is done in a bare repository of digest's own, `.digest/publish.git`: no checkout and no index is ever touched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path

from filelock import FileLock

from digest.build.output import WORK
from digest.publish.manifest import (
    KEPT,
    Entry,
    Manifest,
    Release,
    UnreadableManifestError,
    as_release,
    plain,
    restored,
    unpack,
)
from digest.publish.program import answer, fed, last_words, tried
from digest.publish.refused import refused
from digest.publish.secret import scrub
from digest.publish.targets import SETTINGS, Named, Progress, Sending
from digest.publish.turn import turn
from digest.publish.unfinished import UNKNOWN, only

_MANIFEST = f"{KEPT}/manifest.json"
_BRANCH = "gh-pages"
_PATIENCE = 60
"""Seconds to wait for another publisher."""
_REF = "refs/heads/site"
_WELCOME = ("CNAME", ".nojekyll", "README", "README.md", "LICENSE", ".gitattributes", ".gitignore", ".github")
"""What may stand on a branch before digest's first commit, and stays."""
_PROTOCOLS = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}


class GitTarget:
    """A branch: `git:URL#branch`, or `git:origin#branch` for a remote of the digest's own repository."""

    def __init__(self, named: Named, root: Path) -> None:
        place, _, branch = named.to.removeprefix("git:").partition("#")
        self._branch = branch or _BRANCH
        self._url = self._remote(root, place or "origin")
        self.shown = scrub(f"git:{self._url}#{self._branch}")
        self._keep = max(1, named.keep)
        self._repository = root / WORK / "publish.git"
        self._root = root
        self._turn = FileLock(root / WORK / "publish.lock", timeout=_PATIENCE)
        self._tip = ""

    def _remote(self, root: Path, place: str) -> str:
        if place.startswith("-") or self._branch.startswith("-"):
            raise refused(
                "D912", f"“{place}” is no repository", SETTINGS, "write git:origin#gh-pages, or git:URL#branch"
            )
        if ":" in place or "/" in place:
            return place
        done = tried(["git", "-C", root, "remote", "get-url", place])
        if done.returncode:
            hint = "write git:URL#branch"
            raise refused("D912", f"the digest’s repository has no remote “{place}”", SETTINGS, hint)
        return done.stdout.decode().strip()

    def _command(self, *arguments: str) -> list[str | Path]:
        """Git in our own repository, where no hook of the user's has anything to look at."""
        return ["git", "-c", f"core.hooksPath={os.devnull}", "--git-dir", self._repository, *arguments]

    def _git(self, *arguments: str, data: bytes = b"") -> bytes:
        return answer(self._command(*arguments), self.shown, data=data, more=_PROTOCOLS)

    def check(self) -> list[str]:
        """Whether the repository can be read and, with a push that is only tried, written to; whether the branch is
        ours, or free."""
        self.manifest()
        tree = self._git("mktree", data=b"").decode().strip()
        commit = self._git(*self._identity(), "commit-tree", tree, "-m", "check").decode().strip()
        self._git("push", "--dry-run", "--quiet", self._url, f"{commit}:refs/heads/digest-check")
        return [
            f"{scrub(self._url)} can be read and pushed to",
            f"branch {self._branch} {'is there' if self._tip else 'will be made'}",
        ]

    def manifest(self) -> Manifest | None:
        """The manifest in the branch's newest commit."""
        self._fetch()
        if not self._tip:
            return None
        names = self._git("ls-tree", "-z", "--name-only", self._tip).decode().rstrip("\0").split("\0")
        if KEPT not in names:
            others = [name for name in names if name and name not in _WELCOME]
            if others:
                hint = "choose another branch, or remove this one"
                raise refused("D914", f"the branch holds files of others, {others[0]} among them", self.shown, hint)
            return None
        commit, served = next(self._kept())
        if commit == self._tip:
            return served
        others = self._git("diff", "--name-only", "--no-renames", "-z", commit, self._tip).decode().split("\0")
        there = self._git("ls-tree", "-r", "-z", "--name-only", self._tip).decode().split("\0")
        touched = dict.fromkeys({*others} & {*there}, Entry(UNKNOWN, 0))
        return only(served, {name: touched.get(name, served.files[name]) for name in served.files.keys() & {*there}})

    def _fetch(self) -> None:
        """Bring the branch's newest commits here."""
        with self._alone():
            self._bring()

    def _bring(self) -> None:
        if not (self._repository / "HEAD").exists():
            answer(["git", "init", "--quiet", "--bare", self._repository], self.shown)
        found = self._git("ls-remote", "--", self._url, f"refs/heads/{self._branch}").decode().split()
        self._tip = found[0] if found else ""
        if self._tip:
            depth = f"--depth={self._keep + 2}"
            self._git("fetch", "--quiet", "--no-tags", depth, "--", self._url, f"+refs/heads/{self._branch}:{_REF}")
            self._tip = self._git("rev-parse", _REF).decode().strip()

    def _manifest(self, commit: str) -> Manifest:
        try:
            return unpack(self._git("cat-file", "blob", f"{commit}:{_MANIFEST}"))
        except UnreadableManifestError as error:
            hint = f"remove {_MANIFEST} and the site’s files from the branch"
            raise refused("D915", f"{_MANIFEST} cannot be read: {error}", self.shown, hint) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Others on this machine wait for a minute; a push that one from elsewhere has overtaken is refused by git."""
        with self._alone():
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else uses digest's own repository."""
        self._repository.parent.mkdir(exist_ok=True)
        with turn(self._turn, "from here", self.shown):
            yield

    def send(self, sending: Sending, progress: Progress) -> None:
        """Make a commit of what differs, and push it."""
        files = sending.plan.files
        changed = (*files.new, *files.changed)

        def changes() -> Iterator[bytes]:
            for done, name in enumerate(changed, 1):
                yield _file(name, sending.read(name))
                progress("files", done, len(changed))
            for name in files.removed:
                yield b"D " + _quoted(name) + b"\n"
            yield _file(".nojekyll", b"")

        self._commit(sending.after, f"Publish {sending.after.release}", changes())

    def _commit(self, after: Manifest, message: str, changes: Iterable[bytes]) -> None:
        who = self._committer()
        head = [b"commit refs/heads/next\n", b"committer " + who + b"\n", _data(message.encode())]
        parent = [f"from {self._tip}\n".encode()] if self._tip else []
        tried(self._command("update-ref", "-d", "refs/heads/next"))
        stream = chain(head, parent, changes, [_file(_MANIFEST, plain(after)), b"\ndone\n"])
        fed(self._command("fast-import", "--quiet", "--done", "--force"), self.shown, stream, more=_PROTOCOLS)
        new = self._git("rev-parse", "refs/heads/next").decode().strip()
        push = self._command("push", "--quiet", "--porcelain", self._url, f"{new}:refs/heads/{self._branch}")
        done = tried(push, more=_PROTOCOLS)
        if done.returncode:
            raise self._not_pushed(done)
        self._tip = new

    def _not_pushed(self, done: subprocess.CompletedProcess[bytes]) -> Exception:
        said = (done.stdout + done.stderr).decode(errors="replace")
        if "fetch first" in said or "non-fast-forward" in said or "cannot lock ref" in said:
            return refused(
                "D916", "somebody else has pushed to the branch in the meantime", self.shown, "publish again"
            )
        return refused("D914", f"the push was refused: {last_words(done)}", self.shown, "try the same by hand")

    def _identity(self) -> list[str]:
        """Settings for commits: who commits to the digest's own repository, or digest where git knows nobody."""
        done = tried(["git", "-C", self._root, "var", "GIT_COMMITTER_IDENT"])
        name, _, rest = done.stdout.decode(errors="replace").partition(" <") if not done.returncode else ("", "", "")
        email = rest.partition(">")[0]
        return ["-c", f"user.name={name or 'digest'}", "-c", f"user.email={email or 'digest@localhost'}"]

    def _committer(self) -> bytes:
        return answer(["git", "-C", self._root, *self._identity(), "var", "GIT_COMMITTER_IDENT"], self.shown).strip()

    def releases(self) -> list[Release]:
        """The newest commits that are releases."""
        self._fetch()
        return [as_release(manifest, current=not number) for number, (_, manifest) in enumerate(self._kept())]

    def _kept(self) -> Iterator[tuple[str, Manifest]]:
        if not self._tip:
            return
        count = f"--max-count={self._keep + 1}"
        log = self._git("log", "--first-parent", count, "--format=%H", self._tip, "--", _MANIFEST).decode()
        for commit in log.split():
            yield commit, self._manifest(commit)

    def forget(self) -> int:
        """Raises RefusedError: a branch keeps its history."""
        hint = "rewrite the branch with git, and ask the host to forget what it has of it"
        raise refused("D918", "a branch keeps its history, which digest never rewrites", self.shown, hint)

    def kept(self, release: str) -> Manifest:
        """The manifest of a release among the newest commits."""
        return self._commit_of(release)[1]

    def _commit_of(self, release: str) -> tuple[str, Manifest]:
        return next((commit, manifest) for commit, manifest in self._kept() if manifest.release == release)

    def switch(self, release: str, at: datetime, progress: Progress) -> str:
        """Make a commit with the site's files of an earlier one, and push it; nothing is taken out of the history, and
        files of others stay."""
        commit, manifest = self._commit_of(release)
        _, served = next(self._kept())
        going = sorted(served.files.keys() - manifest.files.keys())
        tree = (line.partition("\t") for line in self._git("ls-tree", "-r", "-z", commit).decode().split("\0"))
        hashes = {name: kind.split()[2] for kind, _, name in tree if name in manifest.files}
        back = [f"M 100644 {hash_} ".encode() + _quoted(name) + b"\n" for name, hash_ in hashes.items()]
        gone = [b"D " + _quoted(name) + b"\n" for name in going]
        after = restored(manifest, at)
        self._commit(after, f"Bring back {release}", [*gone, *back])
        progress("files", 1, 1)
        return after.release


def _data(data: bytes) -> bytes:
    return b"data %d\n" % len(data) + data + b"\n"


def _file(name: str, data: bytes) -> bytes:
    return b"M 100644 inline " + _quoted(name) + b"\n" + _data(data)


def _quoted(name: str) -> bytes:
    """A path as git's stream has it: names of a site hold no control characters."""
    return b'"' + name.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'
