"""What is checked in an article's text: its links, and the claims that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from digest.content.attributes import unknown_attributes
from digest.content.brackets import too_many_brackets
from digest.content.code import outside_code
from digest.content.document import File
from digest.content.suggest import meant
from digest.content.text import SCHEME_IN_SIGHT
from digest.problems import Problem

_ATTRIBUTES = re.compile(r"\]\{([^{}\n]*)\}")
_NO_WORDS = re.compile(r"(?<![\\!])!\[\s*\](?=[(\[])")
_CLAIM = re.compile(r"(?:^|\s)claim=(\"[^\"]*\"|'[^']*'|[^\s}]*)")


def text_problems(file: File, begin: int, claims: Collection[str] | None = None) -> list[Problem]:
    """All that is wrong with the text from `begin`; `claims` are the ids of the article's, None for any. Where brackets
    would keep the Markdown parser busy for minutes, nothing else is looked at."""
    brackets = too_many_brackets(file, begin)
    if brackets:
        return [brackets]
    unknown = unknown_claims(file, begin, claims) if claims is not None else []
    return unsafe_links(file, begin) + unknown + unknown_attributes(file, begin) + pictures_without_words(file, begin)


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


def pictures_without_words(file: File, begin: int) -> list[Problem]:
    """A problem for each picture without a text for those who do not see it."""
    if "![" not in file.text:
        return []
    found = [(match.group(), match.start()) for match in _NO_WORDS.finditer(file.text, begin)]
    hint = "say what the picture shows: ![A map of the river](map.png)"
    return [
        Problem("D220", "the picture has no text for those who do not see it", file.at(index), hint=hint)
        for _, index in outside_code(found, file.text, begin)
    ]


def unsafe_links(file: File, begin: int) -> list[Problem]:
    """A problem for each link or picture whose address runs or embeds something."""
    if not _may_hide_a_scheme(file.text[begin:]):
        return []
    from digest.content.links import refused_links  # noqa: PLC0415 (few texts need the parser)

    return refused_links(file, begin)


def _may_hide_a_scheme(body: str) -> bool:
    """Whether one of the schemes may stand in the text, in plain sight or behind entities, escapes or tabs."""
    lower = body.lower()
    if "\t" in lower or ("&" in lower and any(sign in lower for sign in ("&#", "&tab;", "&newline;"))):
        return True
    return ("script" in lower or "data" in lower) and bool(SCHEME_IN_SIGHT.search(lower))
