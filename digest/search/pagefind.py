"""Pagefind: entries in, the files of an index out; the same files for the same entries.

Pagefind gives the values of a filter, and the filters themselves, in an order that differs from run to run, and names
files by their content. So its filter files and its table of contents are put in order here and named anew.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import cbor2

from digest.search.entries import Entry

_MAGIC = b"pagefind_dcd"
_TABLE = ".pf_meta"
ENGINE = ("pagefind.js", "pagefind-worker.js")

Files = dict[str, bytes]


class SearchError(Exception):
    """Pagefind could not be run, or did something else than expected."""


_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
"""What brings Pagefind's program: the extended one, which also parts Chinese and Japanese words, where it is there."""


def program() -> tuple[str, str]:
    """The path of Pagefind's program, and its name with the version: another one may make other files. Raises
    SearchError."""
    for package in _PACKAGES:
        try:
            return str(import_module(package).get_executable()), f"{package} {version(package)}"
        except (ImportError, FileNotFoundError):
            continue
    raise SearchError("its program is not installed")


def index_of(entries: Iterable[Entry], language: str) -> Files:
    """The files of an index of some entries, by name. Raises SearchError."""
    made = _run([_record(entry, language) for entry in entries], language)
    if not any(name.endswith(_TABLE) for name in made):  # no entry has a word in it
        return _empty(_stub(language))
    return _in_order(made)


def engine(language: str) -> Files:
    """What a browser needs to search: the program, and an index without entries to begin with. Raises SearchError."""
    made = _stub(language)
    return {n: d for n, d in made.items() if n in ENGINE or n.startswith("wasm.")} | _empty(made)


def _stub(language: str) -> Files:
    """The index of one word: Pagefind makes none of nothing."""
    return _run([_record(Entry("", "-", "word", "", "", "", {}), language)], language)


def _empty(made: Files) -> Files:
    """An index without its entries."""
    table = next(name for name in made if name.endswith(_TABLE))
    head, _pages, _chunks, _filters, _sorts, *more = _open(made[table])
    return _tabled(made["pagefind-entry.json"], _packed([head, [], [], [], [], *more]))


def _record(entry: Entry, language: str) -> dict[str, object]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": entry.address,
        "content": entry.text or entry.title,
        "language": language,
        "meta": {"title": entry.title, "day": entry.day, "label": entry.label},
        "filters": {name: list(values) for name, values in entry.filters.items() if values},
        "sort": {"date": entry.order} if entry.order else {},
    }


def _run(records: Sequence[dict[str, object]], language: str) -> Files:
    """What Pagefind makes of the records."""
    begin: dict[str, object] = {"type": "NewIndex", "config": {"force_language": language}}
    end: dict[str, object] = {"type": "GetFiles", "index_id": 0}
    path, _ = program()
    answers: list[dict[str, Any]] = []
    try:
        with subprocess.Popen(  # noqa: S603 (the program that its package brings)
            [path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                answers += _answers(process, [begin, *records, end])
            finally:
                process.kill()
    except BrokenPipeError as error:
        raise SearchError("it ended early") from error
    except OSError as error:
        raise SearchError(error.strerror or str(error)) from error
    files = answers[-1].get("files", []) if answers else []
    if len(answers) != len(records) + 2 or not files:
        raise SearchError(next((a["message"] for a in answers if "message" in a), "it ended early"))
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def _answers(process: subprocess.Popen[bytes], requests: Sequence[dict[str, object]]) -> Iterator[dict[str, Any]]:
    """Pagefind's answers, in the order of the requests; they are sent from another thread, so that neither side waits
    for the other."""
    assert process.stdin is not None  # noqa: S101 (asked for)
    assert process.stdout is not None  # noqa: S101 (likewise)
    stdin, stdout = process.stdin, process.stdout

    def send() -> None:
        try:
            for number, request in enumerate(requests[:-1]):
                stdin.write(_message(number, request))
            stdin.flush()
        except OSError:  # it is gone, which the reading side notices
            pass

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    rest = b""
    received = 0
    while chunk := stdout.read1(1 << 20):  # type: ignore[attr-defined] # a buffered reader
        *whole, rest = (rest + chunk).split(b",")
        for part in whole:
            yield json.loads(base64.b64decode(part))["payload"]
            received += 1
        if received == len(requests) - 1 and whole:
            sender.join()
            stdin.write(_message(received, requests[-1]))
            stdin.flush()
        elif received == len(requests):
            return


def _message(number: int, payload: dict[str, object]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _in_order(made: Files) -> Files:
    """The same index with all that has no order of its own sorted, and named by what it then holds."""
    table = next(name for name in made if name.endswith(_TABLE))
    files = {n: d for n, d in made.items() if n.startswith(("fragment/", "index/"))}
    head, pages, chunks, filters, *more = _open(made[table])
    renamed = []
    for name, old in sorted(filters):
        what, values = _open(made[f"filter/{old}.pf_filter"])
        data = _packed([what, sorted(values)])
        new = f"{old.partition('_')[0]}_{_named(data)}"
        files[f"filter/{new}.pf_filter"] = data
        renamed.append([name, new])
    return files | _tabled(made["pagefind-entry.json"], _packed([head, pages, chunks, renamed, *more]))


def _tabled(entry: bytes, table: bytes) -> Files:
    """The table of contents under a name that tells what it holds, and the file that leads to it."""
    known = json.loads(entry)
    (language,) = known["languages"]
    name = f"{language}_{_named(table)}"
    known["languages"][language]["hash"] = name
    return {f"pagefind.{name}{_TABLE}": table, "pagefind-entry.json": json.dumps(known, sort_keys=True).encode()}


def _named(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=5).hexdigest()


def _open(data: bytes) -> list[Any]:
    """What a file of Pagefind's holds. Raises SearchError where that is not as expected."""
    plain = gzip.decompress(data)
    if not plain.startswith(_MAGIC):
        raise SearchError("its files are not as expected")
    opened: list[Any] = cbor2.loads(plain[len(_MAGIC) :])
    return opened


def _packed(content: list[Any]) -> bytes:
    return gzip.compress(_MAGIC + cbor2.dumps(content), 9, mtime=0)
