"""The text of a new article."""

from __future__ import annotations

from dataclasses import dataclass

from digest.content.document import CONTROL
from digest.starter.scalar import scalar

_SUMMARY = 'summary: "One sentence for lists, feeds and cards."'
PLACEHOLDER = "Write the article here."


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of an article before it is written. `date` is a date or moment as the reader takes it, and already
    known to be one; `regions` and `topics` are any words that name them, `sources` the ids of who reports it."""

    title: str
    date: str
    id: str
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    thread: str = ""
    draft: bool = True
    summary: str = ""
    sources: tuple[str, ...] = ()


def not_a_title(text: str) -> str:
    """Why a text cannot be a title; "" if it can."""
    if not text.strip():
        return "a title needs at least one character"
    wrong = CONTROL.search(headline(text))
    if wrong:
        return f"a title cannot hold the control character U+{ord(wrong.group()):04X}"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "the title is not UTF-8"
    return ""


def headline(text: str) -> str:
    """The text as a title: on one line, without blanks around it."""
    return " ".join(text.split()) if len(text.splitlines()) > 1 else text.strip()


def article_text(request: Request) -> str:
    """The file of a new article: front matter with the request's values and hints for the rest, a body to replace."""
    day = request.date[:10]
    lines = [
        "---",
        f"title: {scalar(request.title)}",
        f"date: {request.date}",
        f"id: {scalar(request.id)}",
        f"summary: {scalar(request.summary)}" if request.summary else f"# {_SUMMARY}",
        _listed("regions", request.regions, "[FR]                  # codes, names or slugs; the first is primary"),
        _listed("topics", request.topics, "[armed conflict]      # IPTC names, ids or slugs; likewise"),
        f"thread: {scalar(request.thread)}" if request.thread else "# thread: name-of-the-story      # joins articles",
        "status: draft                    # delete this line to publish" if request.draft else "status: published",
        "# authors: [Desk]",
        *_sources(request.sources),
        "# Or each claim is written out, with who says what about it (then leave sources out):",
        "# claims:",
        "#   - id: short-name-of-the-claim",
        "#     text: One sentence that can be true or false.",
        "#     kind: event     # or quantity control responsibility utterance act forecast opinion",
        "#     statements:",
        f'#       - {{by: reuters, recorded: {day}, url: "https://…"}}',
        f"#       - {{by: bbc, says: denies, recorded: {day}}}",
        "# In the text, [some words]{claim=short-name-of-the-claim} carry the claim's label.",
        "---",
        PLACEHOLDER,
    ]
    return "\n".join(lines) + "\n"


def _sources(ids: tuple[str, ...]) -> list[str]:
    if ids:
        return [_listed("sources", ids, ""), "#"]
    return [
        "#",
        "# A plain item names its sources, by the ids in content/sources.yaml:",
        "# sources: [reuters, bbc]",
        "#",
    ]


def _listed(key: str, words: tuple[str, ...], hint: str) -> str:
    if words:
        return f"{key}: [{', '.join(scalar(word, in_list=True) for word in words)}]"
    return f"# {key}: {hint}"
