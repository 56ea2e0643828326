"""Writing a text as a YAML value that reads back as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import yaml
from yaml.resolver import Resolver

from digest.content.document import File
from digest.content.yaml_errors import quote
from digest.content.yaml_nodes import parse_yaml

_TEXT = "tag:yaml.org,2002:str"
_HIDDEN = re.compile("[\t\x80-\x9f\u2028\u2029\ufeff]")
"""Characters that YAML readers treat differently, or that nobody sees."""
_NEVER_PLAIN = re.compile(": |:$| #")
"""What ends a plain value: no need to try."""
_SAFE = re.compile(r"[A-Za-z](?:[\w .'’“”…()/%+=–—-]*[\w.)’”…])?")
"""Texts that are plain values in all places, unless they are words for something else (yes, null): no need to try."""
_resolver = cast("Any", Resolver())


def scalar(text: str, *, in_list: bool = False) -> str:
    """The text as a YAML value: plain where every YAML reader takes it for the same text, else in quotes.

    `in_list` is for a value between brackets. Raises ValueError for text that no article may hold (control characters).
    """
    for form in _forms(text):
        if _certain(form, text) or _reads_as(form, text, in_list=in_list):
            return form
    raise ValueError(f"{text!r} cannot stand in a file of the digest")


def _forms(text: str) -> Iterator[str]:
    """The ways to write a text, the plainest first."""
    if not _HIDDEN.search(text):
        if not _NEVER_PLAIN.search(text) and _resolver.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT:
            yield text
        yield quote(text)
    yield _escaped(text)


def _certain(form: str, text: str) -> bool:
    """Whether a form holds nothing that a reader could take otherwise: what most values are, without parsing them."""
    if form == text:
        return bool(_SAFE.fullmatch(text))
    return form[0] == '"' and form[1:-1] == text and text.isprintable() and "\\" not in text


def _reads_as(form: str, text: str, *, in_list: bool) -> bool:
    root, problems = parse_yaml(File("", f"key: [{form}]\n" if in_list else f"key: {form}\n"))
    return not problems and root == {"key": [text] if in_list else text}


def _escaped(text: str) -> str:
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    return f"\\U{ord(character):08X}"
