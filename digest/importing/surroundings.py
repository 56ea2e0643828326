"""Lines that programs set around an article, in feeds and pages: WordPress's last line, lists of places to share it."""

from __future__ import annotations

import re

from digest.importing.lexicon import Lexicon

_FROM_PROGRAMS = re.compile(
    r"The post .{1,300} (?:appeared first|first appeared) on .{1,200}"
    r"|Click to .{1,60} \(Opens in new window\)|Like this:|Loading ?(?:\.\.\.|…)",
    re.IGNORECASE,
)
"""What WordPress and its extensions write, in English whatever the article's language."""
_BULLET = re.compile(r"[-*•] ")


def without_surroundings(text: str, words: Lexicon) -> str:
    """The text without such lines. What is no news by a line's words alone, the split into stories leaves out; here
    these words count in the items of lists, too."""
    return "\n".join(line for line in text.split("\n") if not _is_around(line.strip(), words))


def _is_around(line: str, words: Lexicon) -> bool:
    if len(line) > 600:
        return False
    item = _BULLET.match(line)
    told = line[item.end() :].strip() if item else line
    return bool(_FROM_PROGRAMS.fullmatch(told) or (item and words.furniture.fullmatch(told)))
