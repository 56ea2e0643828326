"""Keeping up what an index rests on while articles change, at the cost of the change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from msgspec.structs import replace

from digest.build.packed import PARSED
from digest.content.articles import Parsed
from digest.content.context import Context, Lookup
from digest.content.crosscheck import with_one_offs
from digest.index.stored import Base, StoredIndex, keys_in_use
from digest.model import Registry, Taxonomy

_DESCRIBE = "SELECT rest FROM names JOIN contents USING (num) WHERE name = ?"


class KeptIndex(StoredIndex):
    """An index that leaves what it found out about keys of groups in a dictionary: most edits change none of them, and
    they are many where the archive is large."""

    def __init__(self, db: sqlite3.Connection, base: Base, known: dict[str, list[str]]) -> None:
        super().__init__(db, base)
        self._kept = known

    def keys(self, kind: str) -> list[str]:
        """What the groups of a kind are about, sorted."""
        if kind not in self._kept:
            self._kept[kind] = super().keys(kind)
        return self._kept[kind]


class Ground:
    """The base of a digest's index, and the keys of its groups as far as they are known; `context` is what its articles
    are read against."""

    def __init__(self, context: Context, base: Base) -> None:
        self.context = context
        self.base = base
        self.keys: dict[str, list[str]] = {}
        self._used: dict[str, list[str]] = {}

    def follow(self, db: sqlite3.Connection, one_offs: Iterable[str]) -> Base:
        """The base after a change: `one_offs` are the sources that changed files described in place or do so now."""
        base = self.base
        sources = sorted(set(one_offs))
        if sources:
            base = replace(base, registry=_described(db, self.context.registered.registry, base.registry, sources))
        regions = self._taxa(db, "region", self.context.regions, base.regions)
        topics = self._taxa(db, "topic", self.context.topics, base.topics)
        if regions is not base.regions or topics is not base.topics:
            base = replace(base, regions=regions, topics=topics)
        return base

    def _taxa(self, db: sqlite3.Connection, kind: str, lookup: Lookup | None, before: Taxonomy) -> Taxonomy:
        used = keys_in_use(db, kind)
        known = self._used.get(kind)
        self._used[kind] = used
        return before if used == known or lookup is None else lookup.catalogue.taxonomy(used)


def _described(db: sqlite3.Connection, own: Registry, before: Registry, sources: Iterable[str]) -> Registry:
    """The registry with some sources as the registry and all articles describe them now."""
    now = dict(before.sources)
    for source in sources:
        now.pop(source, None)
        if source in own.sources:
            now[source] = own.sources[source]
        articles: list[Parsed] = [PARSED.unpack(rest) for (rest,) in db.execute(_DESCRIBE, (f"source {source}",))]
        if articles:
            told = with_one_offs(own, sorted(articles, key=lambda p: p.path))
            now[source] = told.sources[source]
    return Registry(before.parties, now)
