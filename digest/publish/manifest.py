"""The manifest of a published site: every file with its hash, and what the site tells readers. It is kept at the
target, where anyone may read it: it holds nothing that the pages do not show."""

from __future__ import annotations

import gzip
import hashlib
import re
from datetime import UTC, datetime

from msgspec import MsgspecError, Struct, field, json
from msgspec.structs import replace

from digest.content.addresses import inside
from digest.frozen import Frozen

FORMAT = 1


class Entry(Frozen, frozen=True):
    """A file: a hash of its bytes, how many they are, and the address that it leads to where the host is told so."""

    hash: str
    size: int
    to: str = ""


class Piece(Frozen, frozen=True):
    """An article that is out: its address, title, a hash of its source, and its corrections as (day, text)."""

    address: str
    title: str
    source: str
    corrections: tuple[tuple[str, str], ...] = ()


class Told(Frozen, frozen=True):
    """What a site tells: its articles by id, and each claim's text and label by id."""

    articles: dict[str, Piece] = field(default_factory=dict)
    claims: dict[str, tuple[str, str]] = field(default_factory=dict)


class Manifest(Struct, frozen=True):
    """One release of a site. `at` is when it was published (ISO 8601 in UTC), `restores` the earlier release that it
    brought back, `clock` the moment by which its build, or whoever brought it back, decided which articles are out, if
    known."""

    release: str
    at: str
    files: dict[str, Entry]
    told: Told = Told()
    restores: str = ""
    format: int = FORMAT
    clock: str = ""


class Release(Struct, frozen=True):
    """A release that a target keeps; `current` is what readers see."""

    id: str
    at: str
    files: int
    current: bool = False
    restores: str = ""


class UnreadableManifestError(Exception):
    """What stands in the manifest's place is none, or one of another version of digest."""


def hash_of(data: bytes) -> str:
    """The hash that says whether two files have the same bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def make_manifest(files: dict[str, Entry], told: Told, at: datetime) -> Manifest:
    """The manifest of a release made now; its id is the moment and a hash of all files."""
    whole = hash_of(json.encode(sorted((name, e.hash) for name, e in files.items())))
    moment = f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z"  # ids sort by time, also within a second
    return Manifest(f"{moment}-{whole[:8]}", f"{at:%Y-%m-%dT%H:%M:%SZ}", files, told)


def is_release(name: str) -> bool:
    """Whether a name is the id of a release."""
    return _RELEASE.fullmatch(name) is not None


_RELEASE = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{8}")


def as_release(manifest: Manifest, *, current: bool = False) -> Release:
    """What a list of releases says of one."""
    return Release(manifest.release, manifest.at, len(manifest.files), current, manifest.restores)


def restored(manifest: Manifest, at: datetime) -> Manifest:
    """An earlier release as one that is made now."""
    return replace(make_manifest(manifest.files, manifest.told, at), restores=manifest.restores or manifest.release)


def served_again(manifest: Manifest, at: datetime) -> Manifest:
    """An earlier release that is served again under its own name: what came out before that is not due any more."""
    return replace(manifest, clock=at.astimezone(UTC).isoformat())


def pack(manifest: Manifest) -> bytes:
    """The manifest as compressed JSON, the same bytes for the same manifest."""
    return gzip.compress(plain(manifest), 4, mtime=0)


def plain(manifest: Manifest) -> bytes:
    """The manifest as JSON, sorted, one file or article a line, so that git keeps versions of it small."""
    text = json.encode(manifest, order="deterministic")
    return text.replace(b'],"', b'],\n"') + b"\n"  # never within a word: there the quotation mark is escaped


_DECODER = json.Decoder(Manifest)


def unpack(data: bytes) -> Manifest:
    """The manifest from its bytes, compressed or not. Raises UnreadableManifestError."""
    try:
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        manifest = _DECODER.decode(text)
    except (MsgspecError, OSError, EOFError, ValueError) as error:
        raise UnreadableManifestError(str(error)) from error
    if manifest.format != FORMAT:
        raise UnreadableManifestError(f"it is of format {manifest.format}, made by another version of digest")
    if not is_release(manifest.release):
        raise UnreadableManifestError(f"“{manifest.release}” is not the id of a release")
    wrong = [name for name in manifest.files if not inside(name)]
    if wrong:
        raise UnreadableManifestError(f"it names the file “{wrong[0]}”, which is outside the site")
    return manifest


KEPT = ".digest"
"""Folder at the target for manifests, earlier files and the lock."""
