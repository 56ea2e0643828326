"""From the store's inputs to what is filed: articles that are out, their claims' labels, their groups."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from digest.build.packed import ENTRY, ONE_OFFS, PROBLEM
from digest.build.parsing import state_of
from digest.build.records import ClaimState, Entry
from digest.index.stored import NOTE, Base, StoredIndex
from digest.model import Registry, Source
from digest.pages.compose import CARD, Composer
from digest.pages.tongue import Tongue

_OUT = "i.kind = 'article' AND (:drafts OR NOT i.draft AND i.begins <= :now) AND (i.ends = '' OR i.ends > :now)"
_ONLY = "{}.num IN (SELECT value FROM json_each(:only)) AND "
_GONE = f"""SELECT a.num, a.id, a.groups, a.claims, a.sort FROM articles a
LEFT JOIN inputs i ON i.num = a.num AND {_OUT} WHERE {{}}(i.num IS NULL OR i.sha <> a.sha)"""  # noqa: S608 (a constant)
_COME = f"""SELECT i.num, i.sha FROM inputs i LEFT JOIN articles a ON a.num = i.num
WHERE {{}}{_OUT} AND (a.num IS NULL OR a.sha <> i.sha) ORDER BY i.num"""  # noqa: S608 (a constant)

_SAME = f"""SELECT a.num, a.id, i.sha FROM articles a JOIN inputs i USING (num) JOIN contents c USING (num)
WHERE {{}}a.sha <> i.sha AND a.outside = c.outside AND {_OUT}"""  # noqa: S608 (a constant)

_CHUNK = 500
"""Articles filed at a time: memory does not grow with the archive."""


class Filing:
    """One run of filing, inside a transaction. `make_base` tells what the index rests on, once the articles are in;
    `anew` where nothing is filed yet and all pages may differ, else `touched` gathers the groups whose pages may.

    With `drafts` articles that are drafts, embargoed or to come count as out. `only` are the numbers of the files that
    changed, where that is known: then no other is looked at.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        make_base: Callable[[], Base],
        clock: datetime,
        *,
        anew: bool = False,
        drafts: bool = False,
        only: Iterable[int] | None = None,
    ) -> None:
        self._db = db
        self._make_base = make_base
        self._all = only is None
        self._given = {"now": clock.isoformat(), "drafts": drafts, "only": json.dumps(list(only or ()))}
        self._anew = anew
        self._gids: dict[str, int] = {}
        self._grown: Counter[str] = Counter()
        self.touched: set[str] = set()

    def run(self) -> Base:
        """Take out what is no longer as it was filed, file what is new, and label the claims of both; what the index
        rests on now."""
        if self._anew:
            self._forget()
        self._rewrite()
        described: dict[str, Iterable[Source]] = {}
        claims: dict[str, ClaimState | None] = {}
        for num, id_, groups, named, sort in self._changed(_GONE, "a"):
            self._take_out(num, groups.split("\n"), sort)
            self._touch((f"article:{id_}", *groups.split("\n")))
            claims |= dict.fromkeys(_lines(named))
        come = self._changed(_COME, "i")
        for at in range(0, len(come), _CHUNK):
            entries = [(num, sha, *self._entry(num)) for num, sha in come[at : at + _CHUNK]]
            self._put_in(entries)
            for _, _, entry, _ in entries:
                self._grown.update(() if self._anew else entry.groups)
                self._touch((f"article:{entry.id}", *entry.groups))
                claims |= dict.fromkeys(entry.mentions) | {c.id: c for c in entry.claims}
                described |= dict.fromkeys(entry.mentions, entry.one_offs) if entry.one_offs else {}
        self._touch(_years_of(group) for group, more in self._grown.items() if more and "-year:" in group)
        self._notes()
        base = self._make_base()
        claims |= dict.fromkeys(self._described_further(base.registry, described))
        self._label(claims, base)
        return base

    def _changed(self, query: str, table: str) -> list[tuple[Any, ...]]:
        return self._db.execute(query.format("" if self._all else _ONLY.format(table)), self._given).fetchall()

    def _forget(self) -> None:
        for table in ("articles", "groups", "members", "claims", "article_claims", "said", "notes"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (a constant)

    def _rewrite(self) -> None:
        """Articles that changed nowhere but on their own pages stay filed as they are."""
        for num, id_, sha in self._changed(_SAME, "a"):
            self._db.execute("UPDATE articles SET sha = ? WHERE num = ?", (sha, num))
            self._touch((f"article:{id_}",))

    def _touch(self, groups: Iterable[str]) -> None:
        if not self._anew:
            self.touched.update(groups)

    def _entry(self, num: int) -> tuple[Entry, bytes]:
        """How to file an article, and the fingerprint of what other pages show of it."""
        packed, outside = self._db.execute("SELECT entry, outside FROM contents WHERE num = ?", (num,)).fetchone()
        return ENTRY.unpack(packed), outside

    def _take_out(self, num: int, groups: Sequence[str], sort: str) -> None:
        self._grown.subtract(groups)
        for group in groups:
            gid = self._gid(group)
            self._db.execute("DELETE FROM members WHERE gid = ? AND sort = ? AND num = ?", (gid, sort, num))
            self._db.execute("UPDATE groups SET members = members - 1 WHERE gid = ?", (gid,))
        for table in ("articles", "article_claims", "said"):
            self._db.execute(f"DELETE FROM {table} WHERE num = ?", (num,))  # noqa: S608 (a constant)

    def _put_in(self, entries: Sequence[tuple[int, bytes, Entry, bytes]]) -> None:
        articles, members, claims, said = [], [], [], []
        grown: Counter[int] = Counter()
        for num, sha, entry, outside in entries:
            row = (entry.id, entry.sort, entry.address, sha, _joined(entry.groups), _joined(entry.mentions), outside)
            articles.append((num, *row))
            gids = [self._gid(group) for group in entry.groups]
            grown.update(gids)
            members += [(gid, entry.sort, num) for gid in gids]
            claims += [(num, c) for c in entry.mentions]
            said += [(s.source, int(s.carried), s.recorded, s.claim, num, s.place, s.says) for s in entry.said]
        insert = self._db.executemany
        insert("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, NULL)", articles)
        insert("INSERT INTO members VALUES (?, ?, ?)", sorted(members))
        insert("UPDATE groups SET members = members + ? WHERE gid = ?", [(more, gid) for gid, more in grown.items()])
        insert("INSERT INTO article_claims VALUES (?, ?)", claims)
        insert("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", said)

    def _gid(self, group: str) -> int:
        if group not in self._gids:
            kind, _, key = group.partition(":")
            self._db.execute("INSERT OR IGNORE INTO groups (kind, key, members) VALUES (?, ?, 0)", (kind, key))
            query = "SELECT gid FROM groups WHERE kind = ? AND key = ?"
            self._gids[group] = self._db.execute(query, (kind, key)).fetchone()[0]
        return self._gids[group]

    def _notes(self) -> None:
        """Editors' notes: their days are touched where a note came, went or changed."""
        now = {}
        query = "SELECT i.num, main, sha FROM inputs i JOIN contents USING (num) WHERE {}kind = 'note'"
        for num, packed, sha in self._changed(query, "i"):
            now[NOTE.unpack(packed).day.isoformat()] = (num, sha.hex())
        known = self._changed("SELECT day, num, seen FROM notes WHERE {}1", "notes")
        before = {day: (num, seen) for day, num, seen in known}
        self._touch(f"day:{day}" for day in now.keys() | before.keys() if now.get(day) != before.get(day))
        if now != before:
            self._db.executemany("DELETE FROM notes WHERE day = ?", [(day,) for day in before])
            self._db.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", [(day, *row) for day, row in now.items()]
            )

    def _described_further(self, registry: Registry, described: Mapping[str, Iterable[Source]]) -> set[str]:
        """Claims whose articles alone do not tell who speaks: other articles say more of a source described in place,
        or other things than until now."""
        now = {id_: source for id_, source in registry.sources.items() if source.one_off}
        row = self._db.execute("SELECT value FROM meta WHERE name = 'one-offs'").fetchone()
        before: dict[str, Source] = ONE_OFFS.unpack(row[0]) if row else {}
        claims = {claim for claim, own in described.items() if any(now[source.id] != source for source in own)}
        if now == before:
            return claims
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('one-offs', ?)", (ONE_OFFS.pack(now),))
        changed = {id_ for id_ in now.keys() | before.keys() if now.get(id_) != before.get(id_)}
        while owned := {s.id for s in registry.sources.values() if s.owner in changed} - changed:
            changed |= owned
        query = "SELECT DISTINCT claim FROM said JOIN article_claims USING (num, claim) WHERE source = ?"
        spoken = {claim for source in changed for (claim,) in self._db.execute(query, (source,))}
        self._touch_claims(spoken)
        self._touch(f"source:{source}" for source in changed)
        return claims | spoken

    def _label(self, claims: dict[str, ClaimState | None], base: Base) -> None:
        """Label claims; where one's course changed, every article that names it is touched, and claims that depend on
        it follow."""
        index = StoredIndex(self._db, base)
        shared = self._shared(claims)
        alone = {c: s for c, s in claims.items() if s is not None and not s.depends_on and c not in shared}
        if self._anew:
            self._db.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?)", (_row(s) for s in alone.values()))
        else:
            claims |= dict.fromkeys(d for c, state in alone.items() for d in self._follow(index, c, state))
        todo, done = {c for c in claims if c not in alone}, set(alone)
        others: set[str] = set()
        while todo:
            claim = todo.pop()
            done.add(claim)
            found = index.course(claim)
            todo |= set(self._follow(index, claim, state_of(found) if found is not None else None)) - done
            others |= self._articles(claim)
        self._stand_together(others, base)

    def _follow(self, index: StoredIndex, claim: str, state: ClaimState | None) -> tuple[str, ...]:
        """Record a claim's state; where it differs from the one before, touch what shows it. The claims that rest on it
        then."""
        self._touch([f"label:{state.label}"] if state else [])
        if not self._record(claim, state):
            return ()
        resting = index.group(f"dependents:{claim}")
        self._touch((f"dependents:{state.depends_on if state else ''}",))
        self._touch_claims((claim, *resting))  # what rests on a claim shows its words and its label
        return resting

    def _touch_claims(self, claims: Iterable[str]) -> None:
        query = "SELECT id, groups FROM article_claims JOIN articles USING (num) WHERE claim = ?"
        for claim in () if self._anew else claims:
            self._touch((f"claim:{claim}",))
            for id_, groups in self._db.execute(query, (claim,)):
                self._touch((f"article:{id_}", *groups.split("\n")))

    def _shared(self, claims: Iterable[str]) -> set[str]:
        """The claims among these that not exactly one article names."""
        if self._anew:
            return {
                c for (c,) in self._db.execute("SELECT claim FROM article_claims GROUP BY claim HAVING count(*) > 1")
            }
        query = "SELECT count(*) FROM article_claims WHERE claim = ?"
        return {claim for claim in claims if self._db.execute(query, (claim,)).fetchone()[0] != 1}

    def _record(self, claim: str, state: ClaimState | None) -> bool:
        """Keep the state; whether it differs from the one before."""
        before = self._db.execute("SELECT * FROM claims WHERE id = ?", (claim,)).fetchone()
        now = _row(state) if state else None
        if before == now:
            return False
        if before:
            self._touch((f"label:{before[1]}", f"dependents:{before[4]}"))
        if (before and before[1]) != (state and state.label):
            self._touch(("label:all",))
        if now is None:
            self._db.execute("DELETE FROM claims WHERE id = ?", (claim,))
        else:
            self._db.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)", now)
        return True

    def _articles(self, claim: str) -> set[str]:
        query = "SELECT id FROM article_claims JOIN articles USING (num) WHERE claim = ?"
        return {row[0] for row in self._db.execute(query, (claim,))}

    def _stand_together(self, articles: set[str], base: Base) -> None:
        """These articles do not stand alone: what was kept of them may not be true, and their cards are made here."""
        self._db.executemany("UPDATE articles SET alone = 0, card = NULL WHERE id = ?", [(a,) for a in articles])
        index = StoredIndex(self._db, base)
        composer = Composer(index, Tongue(index.settings.language))
        for article in sorted(articles):
            card = CARD.pack(composer.compose_card(index.article(article)))
            self._db.execute("UPDATE articles SET card = ? WHERE id = ?", (card, article))


def _years_of(group: str) -> str:
    """The group of the numbers by year of a taxon, from the group of one of its years: "region-year:UA:2025"."""
    kind, _, key = group.partition(":")
    return f"{kind}s:{key.rpartition(':')[0]}"


def _row(state: ClaimState) -> tuple[object, ...]:
    warning = PROBLEM.pack(state.warning) if state.warning else None
    return state.id, state.label, state.since, state.course, state.depends_on, warning


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
