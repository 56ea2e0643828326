"""What is published beside the site's own files because the target's settings ask for it: redirects in the host's own
form, and compressed copies for servers that hand those out (`file.html.gz`, `file.html.br`)."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock
from msgspec.structs import replace

from digest.build.output import WORK
from digest.index.packing import Codec, DamagedError
from digest.index.store import remove
from digest.publish.host import Form, Moves, host_files
from digest.publish.manifest import Entry, Manifest, hash_of
from digest.publish.refused import refused
from digest.publish.site import read_file
from digest.publish.targets import Named
from digest.replacing import replace_bytes

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".csv", ".jsonl", ".opml", ".webmanifest", ".wasm")
_LEAST = 512
"""Bytes: what is smaller fits into one packet anyway."""
_Made: TypeAlias = dict[str, tuple[str, str, int]]
"""Each file that was made: a hash of what it was made of, its own, and its size."""
_MADE: Codec[_Made] = Codec(dict[str, tuple[str, str, int]])
_Wanted: TypeAlias = tuple[str, str, Callable[[], bytes]]
"""A file to make, a hash of what it is made of, and the making."""


@dataclass(frozen=True, slots=True)
class Dressed:
    """A release with what goes beside its files, which stands in `folder`."""

    manifest: Manifest
    folder: Path


def dress(root: Path, site: Path, manifest: Manifest, named: Named, moves: Moves) -> Dressed:
    """Make what the target's settings ask for. Raises RefusedError where it takes an extra that is not there."""
    name = hash_of(named.to.encode())[:16]
    folder, record = root / WORK / "beside" / name, root / WORK / "beside" / f"{name}.made"
    files = {name: replace(entry, to=_leads(name, named, moves)) for name, entry in manifest.files.items()}
    with FileLock(root / WORK / "lock"):  # no build changes what is read, and no other publisher what is made
        made = _make(folder, record, list(_wanted(site, files, named, moves)))
    more = {name: Entry(hash_, size) for name, (_, hash_, size) in made.items()}
    return Dressed(replace(manifest, files=dict(sorted({**files, **more}.items()))), folder)


def _make(folder: Path, record: Path, wanted: Sequence[_Wanted]) -> _Made:
    """Bring the folder to what is wanted. The record is there only while all that it says of the folder holds: after a
    kill or a full disk there is none, and all is made anew."""
    known = _known(record)
    if not known:
        remove(folder)
    made = {name: known[name] for name, source, _ in wanted if _is_made(folder / name, source, known.get(name))}
    if made.keys() == known.keys() and len(made) == len(wanted):
        return made
    record.unlink(missing_ok=True)
    for name in known.keys() - {name for name, _, _ in wanted}:
        (folder / name).unlink(missing_ok=True)
    for name, source, data in wanted:
        if name not in made:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(done := data())
            made[name] = (source, hash_of(done), len(done))
    if made:
        replace_bytes(record, _MADE.pack(made))
    return made


def _is_made(path: Path, source: str, before: tuple[str, str, int] | None) -> bool:
    """Whether a file is there that was made of this; of its bytes only the number is looked at."""
    if before is None or before[0] != source:
        return False
    try:
        return path.stat().st_size == before[2]
    except OSError:
        return False


def _known(record: Path) -> _Made:
    try:
        return _MADE.unpack(record.read_bytes())
    except (OSError, DamagedError):
        return {}


def _leads(name: str, named: Named, moves: Moves) -> str:
    """Where a page's address leads, for hosts that keep that with the page."""
    if named.host != "s3-website" or not name.endswith("index.html"):
        return ""
    return moves.moved.get(moves.base + name.removesuffix("index.html"), "")


def _wanted(site: Path, files: Mapping[str, Entry], named: Named, moves: Moves) -> Iterator[_Wanted]:
    """Each file that the settings ask for."""
    for name, data in host_files(named.host, moves, files, named.assets).items():
        whole = ((site / name).read_bytes() + b"\n" if name in files else b"") + data  # the editor's own rules first
        if whole:
            yield name, hash_of(whole), partial(bytes, whole)
    for form in named.compress:
        compress = _COMPRESSED[form]()
        for name, entry in files.items():
            if name.endswith(_TEXT) and entry.size >= _LEAST:
                yield f"{name}.{form}", entry.hash, partial(_compressed, compress, site, name, entry)


def _compressed(compress: Callable[[bytes], bytes], site: Path, name: str, entry: Entry) -> bytes:
    return compress(read_file(site, name, entry))


def _gz() -> Callable[[bytes], bytes]:
    return lambda data: gzip.compress(data, 9, mtime=0)


def _br() -> Callable[[bytes], bytes]:
    try:
        import brotli  # noqa: PLC0415 (an extra)
    except ImportError as error:
        hint = "pip install 'digest-news[brotli]'"
        raise refused("D912", "compressing with Brotli needs an extra", "compress: br", hint) from error
    compress: Callable[[bytes], bytes] = brotli.compress
    return compress


_COMPRESSED: Mapping[Form, Callable[[], Callable[[bytes], bytes]]] = {"gz": _gz, "br": _br}
