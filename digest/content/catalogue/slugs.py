"""Slugs: how names are written in addresses, and how they are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from slugify import slugify

# The transliteration drops the schwa of Azerbaijani names, which ISO 3166-2 writes with either letter.
_LETTERS = (("ə", "e"), ("Ə", "E"), ("ǝ", "e"), ("Ǝ", "E"))


def slug_of(name: str) -> str:
    """A name in small Latin letters, digits and single hyphens; "" if nothing of it can be written so."""
    return slugify(name, replacements=_LETTERS)


def slugs_of(names: Iterable[str]) -> list[str]:
    """The slug of each name, in one pass over all of them: many times faster than one by one."""
    lines = [" ".join(name.split()) for name in names]
    if not lines:
        return []
    slugs = slugify("\n".join(lines), regex_pattern=r"[^-a-z0-9\n]+", replacements=_LETTERS)
    return [slug.strip("-") for slug in slugs.split("\n")]


def squeeze(slug: str) -> str:
    """A slug without its hyphens: equal for two spellings that differ in case, accents and punctuation only."""
    return slug.replace("-", "")


def distinct(wanted: Mapping[str, str], tails: Mapping[str, str], taken: Mapping[str, str]) -> dict[str, str]:
    """Slugs by id such that no two are equal and none is, squeezed, a key of `taken` held by another id.

    All that collide get their tail, so that it never matters which came first; where that is not enough, their ids.
    """
    slugs = dict(wanted)
    more = dict(tails)
    while True:
        count = Counter(slugs.values())
        clash = [id_ for id_, slug in slugs.items() if count[slug] > 1 or taken.get(squeeze(slug), id_) != id_]
        if not clash:
            return slugs
        for id_ in clash:
            slugs[id_] = f"{slugs[id_]}-{more.get(id_) or _own_tail(id_)}"
            more[id_] = _own_tail(id_)


def _own_tail(id_: str) -> str:
    return slug_of(id_) or id_
