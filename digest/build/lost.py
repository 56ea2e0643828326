"""Published addresses that nothing stands for any more: the problems that say so, and the ways out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import commonpath

from msgspec import Struct

from digest.problems import Location, Problem

PERMALINKS = "content/permalinks.jsonl"
PERIOD = re.compile(r"/\d{4}/(?:\d\d/){0,2}")
"""The address of a year, a month or a day."""
_NAMED = 3
_LISTED = 8
_PASTED = 40
"""So many lines can be pasted into digest.yaml: a pattern there would let go of what is published later, too."""


class Permalink(Struct, frozen=True, omit_defaults=True):
    """A published address with a leading slash; `id` is the article's, `given_up` where it was allowed to go. One that
    is published after it was given up is promised `again`, for the first time, the second and so on."""

    address: str
    id: str = ""
    given_up: bool = False
    again: int = 0


def lost_problems(lost: Iterable[Permalink]) -> Iterator[Problem]:
    """A problem for each article that is not there any more, with all its addresses, and one for the rest."""
    groups: dict[str, list[str]] = {}
    for one in lost:
        groups.setdefault(one.id, []).append(one.address)
    others = groups.pop("", [])
    for id_, addresses in groups.items():
        yield _problem(addresses, f"the article “{id_}” is not in the site any more")
    if others:
        yield _problem(others, f"{'it leads' if len(others) == 1 else 'they lead'} to nothing any more")


def _problem(addresses: Sequence[str], what: str) -> Problem:
    more = len(addresses) - _NAMED
    named = ", ".join(addresses[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    message = f"{named} {'was' if len(addresses) == 1 else 'were'} published, and {what}"
    return Problem("D506", message, Location(PERMALINKS), hint=_hint(addresses))


def _patterns(addresses: Sequence[str]) -> Sequence[str]:
    """The addresses, or, where they are many, what they begin with."""
    if len(addresses) <= _LISTED:
        return addresses
    tops: dict[str, list[str]] = {}
    for address in addresses:
        tops.setdefault(address.split("/")[1], []).append(address)
    return [_pattern(held) for held in tops.values()]


def _pattern(addresses: Sequence[str]) -> str:
    return addresses[0] if len(addresses) == 1 else f"{commonpath(addresses)}/*"


def _hint(addresses: Sequence[str]) -> str:
    gone = "".join(f"\n    {one}: REASON" for one in (addresses if len(addresses) <= _PASTED else _patterns(addresses)))
    allow = " ".join(f"--allow '{pattern}'" for pattern in _patterns(addresses))
    theirs = [one for one in addresses if not PERIOD.fullmatch(one)]  # a day's page would want its address again
    aliases = f"`aliases: [{', '.join(theirs) if 0 < len(theirs) <= _LISTED else 'ADDRESS'}]`"
    return (
        f"if the content stands elsewhere now: {aliases} in that article\n"
        "if it was taken down: `gone: REASON` in the article; or, where its file is gone, in digest.yaml\n"
        f"  gone:{gone}\n"
        f"if it may stop working, once, when publishing: {allow}\n"
        "and if it was a mistake: put the article back"
    )
