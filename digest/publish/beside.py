"""What is published beside the site's own files because the target's settings ask for it: redirects in the host's own
form, and compressed copies for servers that hand those out (`file.html.gz`, `file.html.br`)."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from digest.build.output import WORK
from digest.index.packing import Codec, DamagedError
from digest.publish.host import Form, Moves, host_files
from digest.publish.manifest import Entry, Manifest, hash_of
from digest.publish.order import is_stamped
from digest.publish.refused import refused
from digest.publish.site import read_file
from digest.publish.targets import Named

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".csv", ".jsonl", ".opml", ".webmanifest", ".wasm")
_LEAST = 512
"""Bytes: what is smaller fits into one packet anyway."""
_MADE = Codec(dict[str, tuple[str, str, int]])


@dataclass(frozen=True, slots=True)
class Dressed:
    """A release with what goes beside its files, which stands in `folder`."""

    manifest: Manifest
    folder: Path


def dress(root: Path, site: Path, manifest: Manifest, named: Named, moves: Moves) -> Dressed:
    """Make what the target's settings ask for. Raises RefusedError where it takes an extra that is not there."""
    name = hash_of(named.to.encode())[:16]
    folder, record = root / WORK / "beside" / name, root / WORK / "beside" / f"{name}.made"
    known = _known(record)
    made: dict[str, tuple[str, str, int]] = {}
    files = {name: replace(entry, to=_leads(name, named, moves)) for name, entry in manifest.files.items()}
    for name, source, data in _wanted(site, files, named, moves):
        before, path = known.get(name), folder / name
        if before is not None and before[0] == source and path.is_file():
            made[name] = before
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(done := data())
            made[name] = (source, hash_of(done), len(done))
    for name in known.keys() - made.keys():
        (folder / name).unlink(missing_ok=True)
    if made != known:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_bytes(_MADE.pack(made))
    more = {name: Entry(hash_, size) for name, (_, hash_, size) in made.items()}
    return Dressed(replace(manifest, files=dict(sorted({**files, **more}.items()))), folder)


def _known(record: Path) -> dict[str, tuple[str, str, int]]:
    try:
        return _MADE.unpack(record.read_bytes())
    except (OSError, DamagedError):
        return {}


def _leads(name: str, named: Named, moves: Moves) -> str:
    """Where a page's address leads, for hosts that keep that with the page."""
    if named.host != "s3-website" or not name.endswith("index.html"):
        return ""
    return moves.moved.get(moves.base + name.removesuffix("index.html"), "")


def _wanted(
    site: Path, files: Mapping[str, Entry], named: Named, moves: Moves
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Each file to make, with a hash of what it is made of, and the making."""
    stamped = [name for name in files if is_stamped(name)]
    for name, data in host_files(named.host, moves, stamped, named.assets).items():
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
