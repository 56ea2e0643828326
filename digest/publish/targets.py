"""Where sites are published to: addresses and names of targets, and what every target can do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from msgspec import Struct, ValidationError, convert

from digest.publish.host import Form, Host
from digest.publish.manifest import Manifest, Release
from digest.publish.plan import Plan
from digest.publish.refused import RefusedError, refused
from digest.publish.secret import SECRET, holds_secret, scrub
from digest.publish.site import read_file

SETTINGS = "digest.yaml"
Progress = Callable[[str, int, int], None]


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A target as digest.yaml gives it. `to` is its address, `keep` the number of releases to keep; `endpoint` and
    `region` are of object stores; `pages` and `assets` are Cache-Control of what may change and of what carries its
    version in its name; `host` is who gets redirects in its own form, `compress` which compressed copies go beside;
    `compare` has each file of a large site in a store looked at."""

    to: str
    keep: int = 5
    record: bool = True
    endpoint: str = ""
    region: str = ""
    pages: str = "public, max-age=60, must-revalidate"
    assets: str = "public, max-age=31536000, immutable"
    host: Host = ""
    compress: tuple[Form, ...] = ()
    compare: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What to bring to a target: the files of `site`, and of the folder `beside` it, as `after` lists them, in place of
    `before` (None: nothing)."""

    site: Path
    before: Manifest | None
    after: Manifest
    plan: Plan
    beside: Path | None = None

    def folder(self, name: str) -> Path:
        """Where a file of `after` stands: among what was made for the target, else in the site."""
        own = self.beside is not None and (self.beside / name).is_file()
        return self.beside if own and self.beside is not None else self.site

    def read(self, name: str) -> bytes:
        """A file's bytes, which are those that the plan was made of. Raises RefusedError where they have changed."""
        return read_file(self.folder(name), name, self.after.files[name])


class Target(Protocol):
    """A place that holds one site and some of its earlier releases. All methods raise RefusedError where the place
    cannot be reached or is not as it must be."""

    @property
    def shown(self) -> str:
        """The address, without anything secret."""

    def manifest(self) -> Manifest | None:
        """What readers are served; None where nothing was published. Changes nothing."""

    def check(self) -> list[str]:
        """What was found to work, a line each. Changes nothing."""

    def locked(self) -> AbstractContextManager[None]:
        """Inside, no other publisher changes the place."""

    def send(self, sending: Sending, progress: Progress) -> None:
        """Bring the files there. At every moment, also if it is cut off, readers find a site whose links resolve."""

    def releases(self) -> list[Release]:
        """What can be gone back to, newest first. Changes nothing."""

    def kept(self, release: str) -> Manifest:
        """The manifest of a release that can be gone back to. Changes nothing."""

    def forget(self) -> int:
        """Remove all that is kept of earlier releases, so that nobody finds there what was taken down; how many those
        were. Raises RefusedError where a place keeps its history."""

    def switch(self, release: str, at: datetime, progress: Progress) -> str:
        """Serve a release that is kept; as a new one made `at` this moment, where releases follow one another. The id
        of what is served now."""


_KINDS = {
    "file": "folder:FolderTarget",
    "s3": "objects:object_store",
    "gs": "objects:object_store",
    "az": "objects:object_store",
    "git": "git:GitTarget",
    "ssh": "ssh:SshTarget",
    "rclone": "rclone:rclone_target",
}


_BY_URL = ("file", "s3", "gs", "az", "ssh")
"""The kinds whose addresses are split as URLs are."""


def make_target(settings: Named, root: Path) -> Target:
    """The target itself. Raises RefusedError where the address is none."""
    scheme = settings.to.partition(":")[0]
    if scheme not in _KINDS:
        hint = f"expected one of {', '.join(f'{kind}:' for kind in _KINDS)}"
        raise refused("D912", f"“{scrub(settings.to)}” is no address of a target", SETTINGS, hint)
    for what, address in (("an address", settings.to), ("an endpoint", settings.endpoint)):
        if secret := holds_secret(address):
            raise _has_secret(f"{what} with {secret}")
    if scheme in _BY_URL and (sign := re.search(r"[#?]", settings.to)):
        hint = f"write %{ord(sign[0]):02X} where a folder's name has it"
        raise refused("D912", f"“{scrub(settings.to)}” has a {sign[0]}, which would end the address", SETTINGS, hint)
    if scheme in _BY_URL and not _is_escaped(settings.to):
        hint = "write %25 where a folder's name has it"
        raise refused("D912", f"“{scrub(settings.to)}” has a % that stands for no letter", SETTINGS, hint)
    module, _, name = _KINDS[scheme].partition(":")
    made: Target = getattr(import_module(f"digest.publish.{module}"), name)(settings, root)
    return made


def _is_escaped(address: str) -> bool:
    """Whether each % begins the code of a sign, in UTF-8."""
    try:
        unquote_to_bytes(address).decode()
    except UnicodeError:
        return False
    return re.search(r"%(?![0-9A-Fa-f]{2})", address) is None


def target_settings(given: str, named: Mapping[str, Any]) -> Named:
    """The settings of a target, given its address or its name in digest.yaml; "" means the only one there.

    Raises RefusedError for what is neither, and for settings that are wrong.
    """
    if not given:
        if len(named) != 1:
            hint = f"name one of {', '.join(sorted(named))}" if named else "give an address such as file:///srv/www"
            raise refused("D912", "which target is meant is not said", SETTINGS, hint)
        given = next(iter(named))
    if given in named:
        return _of_name(given, named[given])
    if ":" not in given:
        near = get_close_matches(given, list(named), 1)
        hint = f"did you mean {near[0]}?" if near else "name it under `publish:` in digest.yaml, or give its address"
        raise refused("D912", f"there is no target “{given}”", SETTINGS, hint)
    return Named(given)


def _of_name(name: str, value: object) -> Named:
    entry = {"to": value} if isinstance(value, str) else value
    if isinstance(entry, Mapping):
        for key in entry:
            if SECRET.search(str(key)):
                raise _has_secret(f"publish: {name}: {key}")
        if isinstance(entry.get("compress"), str):  # where a key takes a list, one word may stand
            entry = {**entry, "compress": [entry["compress"]]}
    try:
        return convert(entry, Named, strict=False)
    except ValidationError as error:
        hint = f"a target has {', '.join(Named.__struct_fields__)}"
        raise refused("D912", f"the target “{name}” is not as it must be: {error}", SETTINGS, hint) from error


def _has_secret(what: str) -> RefusedError:
    hint = "take it out of the file, and out of git; set it in the environment, see docs/publishing.md"
    return refused("D913", f"{what}: secrets do not belong into digest.yaml or onto the command line", SETTINGS, hint)
