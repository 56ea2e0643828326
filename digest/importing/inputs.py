"""What can be imported: files, folders, standard input and addresses, and the form that each is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from digest.importing.items import Found
from digest.importing.passed_over import nothing_in, passed_over
from digest.importing.raw import Known
from digest.problems import Location, Problem

MOST = 100 * 1024 * 1024
"""Bytes of one input; exports of large sites have tens of megabytes."""
MOST_FILES = 10_000
_HEAD = 4096
_MAIL = re.compile(
    rb"(?:(?:From|Received|Return-Path|Delivered-To|Date|Subject|MIME-Version|Message-ID|X-[\w-]+|To): .*\r?\n)",
    re.IGNORECASE,
)
_READ = (".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".json", ".eml", ".opml", ".md")


class Form(StrEnum):
    """The form of an input."""

    TEXT = "text"
    PAGE = "html"
    FEED = "feed"
    MAIL = "eml"
    OUTLINE = "opml"
    HUGO = "hugo"
    JEKYLL = "jekyll"
    PELICAN = "pelican"
    WORDPRESS = "wordpress"


_FOLDERS = {Form.HUGO, Form.JEKYLL, Form.PELICAN}


@dataclass(frozen=True, slots=True)
class Input:
    """An input as the user names it: a path, an address, or "-" with the bytes of standard input; `form` where the user
    says it."""

    name: str
    data: bytes | None = None
    form: Form | None = None


def items_of(one: Input, known: Known) -> Iterator[Found]:
    """The items of an input, part by part, so that a long one need not be held as a whole."""
    if one.data is not None:
        yield from _read("standard input", one.data, one.form, known)
    elif re.match(r"https?://", one.name, re.IGNORECASE):
        yield from _fetched(one.name, one.form, known, one.name)
    else:
        path = Path(one.name)
        if path.is_dir():
            yield from _folder(path, one.form, known)
        else:
            yield from _file(path, one.form, known)


def _file(path: Path, form: Form | None, known: Known) -> Iterator[Found]:
    try:
        size = path.stat().st_size
        if size > MOST:
            message = f"the file has {size:,} bytes; the most that is read is {MOST:,}"
            yield Found(
                problems=(Problem("D952", message, Location(str(path)), hint="split it, and import the parts"),)
            )
            return
        if not path.is_file():
            yield Found(
                problems=(
                    Problem("D951", "this is no file", Location(str(path)), hint="name a file, a folder or an address"),
                )
            )
            return
        data = path.read_bytes()
    except OSError as error:
        yield Found(
            problems=(
                Problem("D951", f"this cannot be read: {error.strerror}", Location(str(path)), hint="look at its name"),
            )
        )
        return
    if form in _FOLDERS or (form is None and path.suffix.lower() == ".md" and data.startswith((b"---", b"+++"))):
        yield _loaded("generators.sites:post_found")(path, str(form or Form.HUGO), known)
    else:
        yield from _read(str(path), data, form or _by_name(path), known)


def _folder(path: Path, form: Form | None, known: Known) -> Iterator[Found]:
    guessed = _loaded("generators.folders:generator_of")(path) if form is None else ""
    generator = str(form) if form in _FOLDERS else guessed
    if generator:
        yield from _loaded("generators.sites:site_parts")(path, generator, known)
        return
    there = [p for p in sorted(path.rglob("*")) if not p.is_symlink() and p.is_file()]
    files = [p for p in there if p.suffix.lower() in _READ]
    if not files:
        yield nothing_in(path, f"it holds none of {', '.join(_READ)}; --from says which generator's content it is")
    if len(files) > MOST_FILES:
        message = f"the folder holds {len(files):,} files; the first {MOST_FILES:,} by name are read"
        yield Found(problems=(Problem("D952", message, Location(str(path)), hint="import the folders in it"),))
        files = files[:MOST_FILES]
    for number, file in enumerate(files, 1):
        for part in _file(file, form, known):
            yield replace(part, number=number, parts=len(files))
    others = [p.relative_to(path) for p in there if p.suffix.lower() not in _READ]
    yield Found(problems=passed_over(path, others))


def _fetched(address: str, form: Form | None, known: Known, given: str) -> Iterator[Found]:
    data, problems = _loaded("addresses:fetch")(address, given)
    if problems:
        yield Found(problems=tuple(problems))
        return
    if (form or form_of(data)) is Form.PAGE:
        yield _loaded(_READERS[Form.PAGE])(address, data, known, url=address)
    else:
        yield from _read(address, data, form, known, given)


def _read(origin: str, data: bytes, form: Form | None, known: Known, given: str = "") -> Iterator[Found]:
    """What is in some bytes; `given` is the address that the user gave, "" for a file."""
    form = form or form_of(data)
    if form is Form.OUTLINE:
        addresses, problems = _loaded("outlines:feeds_in")(origin, data)
        yield Found(problems=tuple(problems))
        for number, address in enumerate(addresses, 1):
            for part in _fetched(address, Form.FEED, known, given):
                yield replace(part, number=number, parts=len(addresses))
    elif form in _FOLDERS:
        hint = "name the folder of its content"
        yield Found(
            problems=(Problem("D951", f"content of {form} is a folder, and this is none", Location(origin), hint=hint),)
        )
    elif form is Form.TEXT:
        yield from _loaded("raw:raw_parts")(origin, data, known)
    else:
        yield _loaded(_READERS[form])(origin, data, known)


_READERS = {
    Form.PAGE: "pages:page_items",
    Form.FEED: "feeds:feed_items",
    Form.MAIL: "mails:mail_items",
    Form.WORDPRESS: "generators.sites:export_found",
}
"""The readers of what is read as a whole."""


def _loaded(place: str) -> Callable[..., Any]:
    """A reader, loaded when it is needed: all of them take as much time to load as a text takes to read."""
    reader: Callable[..., Any] = resolve_name(f"digest.importing.{place}")
    return reader


def _by_name(path: Path) -> Form | None:
    forms = {".eml": Form.MAIL, ".opml": Form.OUTLINE, ".json": Form.FEED, ".txt": Form.TEXT, ".text": Form.TEXT}
    return forms.get(path.suffix.lower())


def form_of(data: bytes) -> Form:
    """The form of some bytes by how they begin."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = data[:_HEAD].decode("utf-16", "ignore").encode()
    low = head.lower()
    if low.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<opml", b"<!doctype rss")):
        if b"wordpress.org/export" in low:
            return Form.WORDPRESS
        if b"<opml" in low:
            return Form.OUTLINE
        return Form.PAGE if b"<html" in low and b"<rss" not in low and b"<feed" not in low else Form.FEED
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<!--")):
        return Form.PAGE
    if low.startswith(b"{") and b"jsonfeed.org/version" in low:
        return Form.FEED
    return Form.MAIL if _MAIL.match(head) and len(_MAIL.findall(head)) >= 2 else Form.TEXT
