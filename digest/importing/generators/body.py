"""Markdown of other generators as Markdown that digest reads: what cannot come along is taken out, and said."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCE = re.compile(r"(^|\n)(```|~~~).*?\n\2[^\n]*", re.DOTALL)
_HIGHLIGHT = re.compile(r"\{% ?highlight (\w*)[^%]{0,200}%\}\n?(.{0,20000}?)\{% ?endhighlight ?%\}", re.DOTALL)
_MOST_HIGHLIGHTS = 2000
"""More would keep the search for their ends busy for long."""
_FIGURE = re.compile(r"\{\{[<%] *figure [^{}]*?[>%]\}\}")
_SHORTCODE = re.compile(r"\{\{[<%] */? *([\w/-]+)[^{}]*[>%]\}\}")
_LIQUID = re.compile(r"\{%-? *(\w+)[^%]{0,500}%\}|\{\{[^{}]{0,500}\}\}")
_KRAMDOWN = re.compile(r"\{:[^{}\n]{0,200}\}")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,300})\]"
    r"(?:\(\s*<?(?P<address>[^)\s>]{1,500})>?(?:\s+[\"'][^)\n]*)?\)|\[(?P<name>[^\]\n]{0,100})\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,100})\]:[ \t]*<?([^\s>]{1,500})", re.MULTILINE)
_IMG = re.compile(r"<img\b[^<>\n]{0,300}?\bsrc=[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_REFUSED_LINK = re.compile(r"\[([^\]\n]{0,500})\]\(\s*<?(?:javascript|data|vbscript):[^)\n]*\)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\]\{")
_HTML = re.compile(r"<(?!https?:|mailto:)/?[a-zA-Z][^<>\n]{0,300}>")
_MORE = re.compile(r"<!-- *more *-->", re.IGNORECASE)
_HTML_WORDS = re.compile(r'(\w+)="([^"]*)"')


def portable(body: str) -> tuple[str, list[str]]:
    """The text as digest reads it, and notes on what was changed or will be seen as it stands."""
    notes: list[str] = []
    text = _MORE.sub("", body)
    if text.count("highlight") <= _MOST_HIGHLIGHTS:
        text = _HIGHLIGHT.sub(lambda m: f"```{m[1]}\n{m[2].rstrip()}\n```", text)
    pieces, at = [], 0
    for fence in _FENCE.finditer(text):
        pieces += [_prose(text[at : fence.start()], notes), fence.group()]
        at = fence.end()
    pieces.append(_prose(text[at:], notes))
    return "".join(pieces).strip(), list(dict.fromkeys(notes))


def _prose(text: str, notes: list[str]) -> str:
    text = _FIGURE.sub(_figure, text)
    text = _taken_out(_SHORTCODE, text, "Shortcodes taken out: {}", notes)
    text = _taken_out(_LIQUID, text, "Liquid tags taken out: {}", notes)
    text = _KRAMDOWN.sub("", text)
    text = _PICTURE.sub(_picture(notes, text), text)
    notes += [not_brought(address) for address in _IMG.findall(text)]
    text, refused = _REFUSED_LINK.subn(r"\1", text)
    if refused:
        notes.append("Links that run or embed something were taken out")
    if _HTML.search(text):
        notes.append("The text holds HTML, which is shown as text unless digest.yaml says html: sanitize")
    return _ATTRIBUTE.sub("] {", text)


def _taken_out(form: re.Pattern[str], text: str, words: str, notes: list[str]) -> str:
    names = [match[1] or "{{…}}" for match in form.finditer(text)]
    if names:
        notes.append(words.format(", ".join(dict.fromkeys(names))))
    return form.sub("", text)


def _figure(match: re.Match[str]) -> str:
    words = dict(_HTML_WORDS.findall(match.group()))
    return f"![{words.get('alt') or words.get('caption') or words.get('title', '')}]({words.get('src', '')})"


def _picture(notes: list[str], text: str) -> Callable[[re.Match[str]], str]:
    """For a picture whose address stands beside it, `![Map](map.png)`, or elsewhere in the text, `![Map][1]`."""
    addresses = {name.casefold(): address for name, address in _DEFINITION.findall(text)}

    def replaced(match: re.Match[str]) -> str:
        alt, here, name = match["alt"], match["address"], match["name"]
        address = here or addresses.get((name or alt).casefold())
        if address is None:
            return match.group()
        notes.append(not_brought(address))
        words = alt or "picture"
        return f"[{words}](<{address}>)" if address.startswith(("http://", "https://")) else f"({words})"

    return replaced


def not_brought(address: str) -> str:
    """The note on a picture that stays where it is."""
    return f"Picture not brought along: {address}"
