"""What a draft is called: its date, its id, and what the date rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slugify import slugify

from digest.content.dates import Moment, read_date
from digest.importing.items import Item
from digest.importing.record import Entry
from digest.model import Settings

_LONGEST_ID = 60
_LONGEST_DATE = 60
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def date_of(item: Item, old: Entry | None, settings: Settings, *, given: str, today: str) -> tuple[str, str]:
    """The date of an article, and what it rests on; `old` is the entry of the draft that it has already, `given` the
    date that the user gave ("" for none)."""
    if given:
        return given, "given with --date"
    if item.when and isinstance(read_date(item.when, settings), Moment):
        return item.when, "given by the source"
    dated = item.proposal.dated if item.proposal else None
    if dated:
        doubt = "" if dated.sure else "; the year is a guess"
        return str(dated.day), f"from the words “{dated.evidence.text[:60]}”{doubt}"
    none = f"“{item.when[:_LONGEST_DATE]}”, which is no date that an article can have" if item.when else "none"
    return (old.date if old else today), f"the day of the import, since the source gives {none}"


def slug_of(item: Item) -> str:
    """The id that an item asks for: its own slug, else one of its title."""
    return short_slug(next(iter(item.extras("slug")), "") or item.title, _LONGEST_ID) or "imported"


def short_slug(text: str, most: int) -> str:
    """A slug of whole words, where an apostrophe parts none: "Iran's" is "irans"."""
    slug: str = slugify(_APOSTROPHE.sub("", text), max_length=most, word_boundary=True, save_order=True)
    return slug


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The id that is wanted, with a number behind it where it is taken."""
    id_, number = wanted, 2
    while id_ in taken:
        id_, number = f"{wanted}-{number}", number + 1
    return id_
