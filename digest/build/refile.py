"""From the store's inputs to what is filed: articles that are out, their claims' labels, their groups."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from digest.build.packed import PACKER
from digest.build.parsing import state_of
from digest.build.records import ClaimState, Entry
from digest.index.stored import Base, StoredIndex
from digest.model import Registry, Source
from digest.pages.compose import Composer
from digest.pages.tongue import Tongue

_OUT = (
    "i.kind = 'article' AND i.entry IS NOT NULL AND NOT i.draft AND i.begins <= :now AND (i.ends = '' OR i.ends > :now)"
)
_GONE = f"""SELECT a.num, a.id, a.groups, a.claims, a.sort FROM articles a
LEFT JOIN inputs i ON i.num = a.num AND {_OUT} WHERE i.num IS NULL OR i.sha <> a.sha"""  # noqa: S608 (a constant)
_COME = f"""SELECT i.num, i.sha, i.entry FROM inputs i LEFT JOIN articles a ON a.num = i.num
WHERE {_OUT} AND (a.num IS NULL OR a.sha <> i.sha) ORDER BY i.num"""  # noqa: S608 (a constant)


class Filing:
    """One run of filing, inside a transaction. `touched` gathers the groups whose pages may differ; `make_base` tells
    what the index rests on, once the articles are in."""

    def __init__(self, db: sqlite3.Connection, make_base: Callable[[], Base], clock: datetime) -> None:
        self._db = db
        self._make_base = make_base
        self._now = {"now": clock.isoformat()}
        self.touched: set[str] = set()
        self._gids: dict[str, int] = {}

    def forget(self) -> None:
        """Begin anew: nothing is filed."""
        for table in ("articles", "groups", "members", "claims", "article_claims", "said", "notes"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (a constant)

    def run(self) -> Base:
        """Take out what is no longer as it was filed, file what is new, and label the claims of both; what the index
        rests on now."""
        described: dict[str, Iterable[Source]] = {}
        old = self._db.execute(_GONE, self._now).fetchall()
        claims: dict[str, ClaimState | None] = {}
        for num, id_, groups, named, sort in old:
            self._take_out(num, groups.split("\n"), sort)
            self.touched |= {f"article:{id_}", *groups.split("\n")}
            claims |= dict.fromkeys(named.split("\n")) if named else {}
        for num, sha, packed in self._db.execute(_COME, self._now).fetchall():
            entry: Entry = PACKER.unpack(packed)
            self._put_in(num, sha, entry)
            self.touched |= {f"article:{entry.id}", *entry.groups}
            claims |= dict.fromkeys(entry.mentions) | {c.id: c for c in entry.claims}
            described |= dict.fromkeys(entry.mentions, entry.one_offs) if entry.one_offs else {}
        self._notes()
        base = self._make_base()
        claims |= dict.fromkeys(self._described_further(base.registry, described))
        self._label(claims, base)
        return base

    def _take_out(self, num: int, groups: Iterable[str], sort: str) -> None:
        for group in groups:
            gid = self._gid(group)
            self._db.execute("DELETE FROM members WHERE gid = ? AND sort = ? AND num = ?", (gid, sort, num))
            self._db.execute("UPDATE groups SET members = members - 1 WHERE gid = ?", (gid,))
        for table in ("articles", "article_claims", "said"):
            self._db.execute(f"DELETE FROM {table} WHERE num = ?", (num,))  # noqa: S608 (a constant)

    def _put_in(self, num: int, sha: bytes, entry: Entry) -> None:
        row = (
            num,
            entry.id,
            entry.sort,
            entry.address,
            sha,
            "\n".join(entry.groups),
            "\n".join(entry.mentions),
            entry.card,
        )
        self._db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        gids = [self._gid(group) for group in entry.groups]
        self._db.executemany("INSERT INTO members VALUES (?, ?, ?)", [(gid, entry.sort, num) for gid in gids])
        self._db.executemany("UPDATE groups SET members = members + 1 WHERE gid = ?", [(gid,) for gid in gids])
        self._db.executemany("INSERT INTO article_claims VALUES (?, ?)", [(num, c) for c in entry.mentions])
        said = [(s.source, int(s.carried), s.recorded, s.claim, num, s.place, s.says) for s in entry.said]
        self._db.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", said)

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
        for num, packed, sha in self._db.execute("SELECT num, parsed, sha FROM inputs WHERE kind = 'note'"):
            now[PACKER.unpack(packed).note.day.isoformat()] = (num, sha.hex())
        before = {day: (num, seen) for day, num, seen in self._db.execute("SELECT day, num, seen FROM notes")}
        self.touched |= {f"day:{day}" for day in now.keys() | before.keys() if now.get(day) != before.get(day)}
        if now != before:
            self._db.execute("DELETE FROM notes")
            self._db.executemany("INSERT INTO notes VALUES (?, ?, ?)", [(day, *row) for day, row in now.items()])

    def _described_further(self, registry: Registry, described: Mapping[str, Iterable[Source]]) -> set[str]:
        """Claims whose articles alone do not tell who speaks: other articles say more of a source described in place,
        or other things than until now."""
        now = {id_: source for id_, source in registry.sources.items() if source.one_off}
        row = self._db.execute("SELECT value FROM meta WHERE name = 'one-offs'").fetchone()
        before: dict[str, Source] = PACKER.unpack(row[0]) if row else {}
        claims = {claim for claim, own in described.items() if any(now[source.id] != source for source in own)}
        if now == before:
            return claims
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('one-offs', ?)", (PACKER.pack(now),))
        changed = {id_ for id_ in now.keys() | before.keys() if now.get(id_) != before.get(id_)}
        while owned := {s.id for s in registry.sources.values() if s.owner in changed} - changed:
            changed |= owned
        query = "SELECT DISTINCT claim FROM said JOIN article_claims USING (num, claim) WHERE source = ?"
        spoken = {claim for source in changed for (claim,) in self._db.execute(query, (source,))}
        for claim in spoken:
            self.touched.add(f"claim:{claim}")
            self._touch_articles(claim)
        self.touched |= {f"source:{source}" for source in changed}
        return claims | spoken

    def _label(self, claims: dict[str, ClaimState | None], base: Base) -> None:
        """Label claims; where one's course changed, every article that names it is touched, and claims that depend on
        it follow."""
        index = StoredIndex(self._db, PACKER.unpack, base)
        todo, done = dict(claims), set[str]()
        others: set[str] = set()
        while todo:
            claim, alone = todo.popitem()
            done.add(claim)
            state = alone if alone is not None and self._stands_alone(claim, alone) else self._together(index, claim)
            if self._record(claim, state):
                resting = index.group(f"dependents:{claim}")
                todo |= dict.fromkeys(set(resting) - done)
                self.touched.add(f"dependents:{state.depends_on if state else ''}")
                for shown in (claim, *resting):  # what rests on a claim shows its words and its label
                    self.touched.add(f"claim:{shown}")
                    self._touch_articles(shown)
            if state is not alone:
                others |= self._articles(claim)
            self.touched |= {f"label:{state.label}"} if state else set()
        self._refresh_cards(StoredIndex(self._db, PACKER.unpack, base, cards=False), others)

    def _stands_alone(self, claim: str, state: ClaimState) -> bool:
        query = "SELECT count(*) FROM article_claims WHERE claim = ?"
        return not state.depends_on and self._db.execute(query, (claim,)).fetchone()[0] == 1

    @staticmethod
    def _together(index: StoredIndex, claim: str) -> ClaimState | None:
        found = index.course(claim)
        return state_of(found) if found is not None else None

    def _record(self, claim: str, state: ClaimState | None) -> bool:
        """Keep the state; whether it differs from the one before."""
        query = "SELECT label, since, course, depends_on, warning FROM claims WHERE id = ?"
        before = self._db.execute(query, (claim,)).fetchone()
        warning = PACKER.pack(state.warning) if state and state.warning else None
        now = (state.label, state.since, state.course, state.depends_on, warning) if state else None
        if before == now:
            return False
        if before:
            self.touched |= {f"label:{before[0]}", f"dependents:{before[3]}"}
        if (before and before[0]) != (state and state.label):
            self.touched.add("label:all")
        if now is None:
            self._db.execute("DELETE FROM claims WHERE id = ?", (claim,))
        else:
            self._db.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)", (claim, *now))
        return True

    def _touch_articles(self, claim: str) -> None:
        query = "SELECT id, groups FROM article_claims JOIN articles USING (num) WHERE claim = ?"
        for id_, groups in self._db.execute(query, (claim,)):
            self.touched |= {f"article:{id_}", *groups.split("\n")}

    def _articles(self, claim: str) -> set[str]:
        query = "SELECT id FROM article_claims JOIN articles USING (num) WHERE claim = ?"
        return {row[0] for row in self._db.execute(query, (claim,))}

    def _refresh_cards(self, index: StoredIndex, articles: set[str]) -> None:
        composer = Composer(index, Tongue(index.settings.language))
        for article in sorted(articles):
            card = PACKER.pack(composer.card(article))
            self._db.execute("UPDATE articles SET card = ? WHERE id = ?", (card, article))
