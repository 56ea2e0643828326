"""Files of a folder that nobody reads: they are named, so that no article is lost without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from digest.importing.items import Found
from digest.problems import Location, Problem, Severity

_NAMED = 12
_FURNITURE = re.compile(
    r".+\.(?:avif|bmp|gif|heic|ico|jpe?g|png|svg|tiff?|webp"  # pictures
    r"|aac|avi|flac|m4[av]|mkv|mov|mp[34]|og[gv]|opus|srt|vtt|wav|webm"  # sound and film
    r"|css|eot|less|map|m?js|otf|s[ac]ss|ts|ttf|woff2?)",  # styles, scripts, fonts
    re.IGNORECASE,
)
"""How the names of files end that belong to a page and are none: drafts name those that they show."""


def passed_over(folder: Path, files: Sequence[PurePath]) -> tuple[Problem, ...]:
    """The warning that counts and names the files of a folder that are not read; `files` are their places in it."""
    names = [file.as_posix() for file in files if not is_furniture(file)]
    if not names:
        return ()
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    what = "1 file of another kind was" if len(names) == 1 else f"{len(names):,} files of other kinds were"
    message = f"{what} not read: {', '.join(names[:_NAMED])}{more}"
    hint = "where they hold articles, save them as Markdown or HTML, and import those"
    return (Problem("D951", message, Location(str(folder)), Severity.WARNING, hint),)


def nothing_in(folder: Path, hint: str) -> Found:
    """The problem of a folder that holds nothing to import."""
    message = "there is nothing to import in this folder"
    return Found(problems=(Problem("D957", message, Location(str(folder)), hint=hint),))


def is_furniture(file: PurePath) -> bool:
    """Whether a file is a picture, a style or the like, or one that systems hide (.DS_Store)."""
    return bool(_FURNITURE.fullmatch(file.name)) or any(part.startswith(".") for part in file.parts)
