"""What is checked in an article's text: its links, and the claims that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.content.attributes import unknown_attributes
from digest.content.brackets import too_many_brackets
from digest.content.code import outside_code
from digest.content.document import File
from digest.content.suggest import meant
from digest.content.text import SCHEME
from digest.problems import Problem

_ATTRIBUTES = re.compile(r"\]\{([^{}\n]*)\}")
_CLAIM = re.compile(r"(?:^|\s)claim=(\"[^\"]*\"|'[^']*'|[^\s}]*)")
_SCHEME_IN_SIGHT = re.compile(r"(?:javascript|data|vbscript)(?:\\?:|&)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]")


def text_problems(file: File, begin: int, claims: Collection[str] | None = None) -> list[Problem]:
    """All that is wrong with the text from `begin`; `claims` are the ids of the article's, None for any. Where brackets
    would keep the Markdown parser busy for minutes, nothing else is looked at."""
    brackets = too_many_brackets(file, begin)
    if brackets:
        return [brackets]
    unknown = unknown_claims(file, begin, claims) if claims is not None else []
    return unsafe_links(file, begin) + unknown + unknown_attributes(file, begin)


def claim_words(file: File, begin: int) -> list[tuple[str, int]]:
    """The ids that `[words]{claim=ID}` names in the text from `begin`, outside code, with their places."""
    return outside_code(list(_claim_words(file, begin)), file.text, begin)


def _claim_words(file: File, begin: int) -> Iterator[tuple[str, int]]:
    if "claim=" not in file.text:
        return
    for attributes in _ATTRIBUTES.finditer(file.text, begin):
        for claim in _CLAIM.finditer(attributes.group(1)):
            word = claim.group(1)
            bare = word.strip("\"'")
            yield bare, attributes.start(1) + claim.start(1) + (word != bare)


def unknown_claims(file: File, begin: int, known: Collection[str]) -> list[Problem]:
    """A problem for each claim that the text names and the article does not carry."""
    unknown = [(id_, index) for id_, index in _claim_words(file, begin) if id_ not in known]
    hint_without = "add it to the article's claims; its id is enough if another article defines it"
    return [
        Problem(
            "D412",
            f"the text names the claim “{id_}”, which this article does not carry",
            file.at(index),
            hint=meant(id_, known) or hint_without,
        )
        for id_, index in outside_code(unknown, file.text, begin)
    ]


def unsafe_links(file: File, begin: int) -> list[Problem]:
    """A problem for each link or picture whose address runs or embeds something."""
    body = file.text[begin:]
    if not _may_hide_a_scheme(body):
        return []
    environment: dict[str, dict[str, dict[str, object]]] = {}
    blocks = _Lenient("commonmark").parse(body, environment)
    found = [(_line(block.map), address) for block in blocks for address in _addresses(block)]
    found += [(_line(link.get("map")), str(link.get("href"))) for link in environment.get("references", {}).values()]
    problems = []
    for line, address in found:
        scheme = SCHEME.match(_INVISIBLE.sub("", address))
        if scheme:
            at = file.at(begin + _index(body, line, address))
            message = f"links with {scheme.group().lower()} are refused"
            problems.append(Problem("D211", message, at, hint="link to a page with https://"))
    return list(dict.fromkeys(problems))


class _Lenient(MarkdownIt):
    """Markdown that keeps every address as it stands, also those that it would leave as text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the library's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url


def _may_hide_a_scheme(body: str) -> bool:
    """Whether one of the schemes may stand in the text, in plain sight or behind entities, escapes or tabs."""
    lower = body.lower()
    if "\t" in lower or ("&" in lower and any(sign in lower for sign in ("&#", "&tab;", "&newline;"))):
        return True
    return ("script" in lower or "data" in lower) and bool(_SCHEME_IN_SIGHT.search(lower))


def _addresses(block: Token) -> Iterator[str]:
    for token in block.children or ():
        if token.type in {"link_open", "image"}:
            yield str(token.attrs.get("href") or token.attrs.get("src") or "")
        yield from _addresses(token)


def _line(span: object) -> int:
    return int(span[0]) if isinstance(span, list) else 0


def _index(body: str, line: int, address: str) -> int:
    """Where the address stands in the block that begins at a line; the block's start if it is spelt otherwise there."""
    start = 0
    for _ in range(line):
        start = body.find("\n", start) + 1
    as_written = body.find(address, start)
    if as_written >= 0:
        return as_written
    in_sight = _SCHEME_IN_SIGHT.search(body, start)
    return in_sight.start() if in_sight else start
