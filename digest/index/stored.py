"""An index that asks the store, and holds only what was asked for last."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache, partial

from digest.frozen import Frozen
from digest.index.filing import merge_claims
from digest.index.index import Index, Part
from digest.index.packing import Codec, opened
from digest.labels.verdict import Course, course
from digest.model import Article, Claim, EditionNote, Label, Registry, Settings, Stance, Statement, Taxonomy

_HELD = 4096

ARTICLE = Codec(Article)
NOTE = Codec(EditionNote)


class Base(Frozen, frozen=True):
    """What an index rests on beside its articles; `as_of` bounds what labels may know."""

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy
    as_of: datetime | None = None


def keys_in_use(db: sqlite3.Connection, kind: str) -> list[str]:
    """What the groups of a kind that have members are about, sorted."""
    rows = db.execute("SELECT key FROM groups WHERE kind = ? AND members > 0 ORDER BY key", (kind,))
    return [key for (key,) in rows]


class StoredIndex(Index):
    """The filed articles of a store."""

    def __init__(self, db: sqlite3.Connection, base: Base) -> None:
        self.settings = base.settings
        self.registry = base.registry
        self.regions = base.regions
        self.topics = base.topics
        self._as_of = base.as_of
        self._db = db
        self._articles = lru_cache(_HELD)(self._article)
        self._courses = lru_cache(_HELD)(self._course)
        self._known_keys = lru_cache(64)(partial(keys_in_use, db))
        self._merged = lru_cache(_HELD)(self._merge)

    def article(self, id_: str) -> Article:
        """An article that is out; KeyError if there is none."""
        return self._articles(id_)

    def _article(self, id_: str) -> Article:
        row = self._db.execute(
            "SELECT main FROM articles JOIN contents USING (num) WHERE articles.id = ?", (id_,)
        ).fetchone()
        if row is None:
            raise KeyError(id_)
        return ARTICLE.unpack(row[0])

    def addresses(self) -> Iterable[tuple[str, str]]:
        """Id and address of every article, newest first."""
        return self._db.execute("SELECT id, address FROM articles ORDER BY sort DESC")

    def claims(self) -> Iterable[str]:
        """The ids of all claims."""
        return (row[0] for row in self._db.execute("SELECT id FROM claims ORDER BY id"))

    def course(self, claim: str) -> Course | None:
        """A claim with its labels through time."""
        return self._courses(claim)

    def _course(self, claim: str) -> Course | None:
        merged = self._merged(claim)
        if merged is None:
            return None
        claims: dict[str, Claim] = {claim: merged}
        link = merged.depends_on
        while link and link not in claims and (found := self._merged(link)) is not None:
            claims[link] = found
            link = found.depends_on
        return course(merged, claims, self.registry, self._as_of)

    def _merge(self, claim: str) -> Claim | None:
        rows = self._db.execute(
            "SELECT main FROM article_claims JOIN contents USING (num) WHERE claim = ? ORDER BY num", (claim,)
        ).fetchall()
        return merge_claims(ARTICLE.unpack(row[0]) for row in rows).get(claim)

    def label(self, claim: str) -> Label | None:
        """A claim's label now."""
        row = self._db.execute("SELECT label FROM claims WHERE id = ?", (claim,)).fetchone()
        return Label(row[0]) if row else None

    def body(self, key: str) -> str:
        """The text of an article or an editor's note."""
        if key.startswith("note:"):
            query, value = "SELECT body FROM inputs JOIN contents USING (num) WHERE path = ?", key.removeprefix("note:")
        else:
            query, value = "SELECT body FROM articles JOIN contents USING (num) WHERE articles.id = ?", key
        row = self._db.execute(query, (value,)).fetchone()
        return opened(row[0]).decode() if row else ""

    def note(self, day: date) -> EditionNote | None:
        """The editor's note of a day."""
        row = self._db.execute(
            "SELECT main FROM notes JOIN contents USING (num) WHERE day = ?", (day.isoformat(),)
        ).fetchone()
        return NOTE.unpack(row[0]) if row else None

    def group(self, key: str, limit: int = 0) -> tuple[str, ...]:
        """The members of a group."""
        kind, _, about = key.partition(":")
        if kind == "label":
            query = "SELECT id FROM claims WHERE label = ? ORDER BY since DESC, id DESC LIMIT ?"
        elif kind == "dependents":
            query = "SELECT id FROM claims WHERE depends_on = ? AND depends_on <> '' ORDER BY id LIMIT ?"
        else:
            query = (
                "SELECT sort FROM members WHERE gid = (SELECT gid FROM groups WHERE kind = ? AND key = ?) "
                "ORDER BY sort DESC, num DESC LIMIT ?"
            )
            rows = self._db.execute(query, (kind, about, limit or -1))
            return tuple(sort[sort.rindex("|") + 1 :] for (sort,) in rows)  # the id is its last part
        return tuple(row[0] for row in self._db.execute(query, (about, limit or -1)))

    def count(self, key: str) -> int:
        """How many members a group has."""
        kind, _, about = key.partition(":")
        if kind == "label":
            return int(self._db.execute("SELECT count(*) FROM claims WHERE label = ?", (about,)).fetchone()[0])
        if kind == "dependents":
            return len(self.group(key))
        row = self._db.execute("SELECT members FROM groups WHERE kind = ? AND key = ?", (kind, about)).fetchone()
        return int(row[0]) if row else 0

    def keys(self, kind: str) -> list[str]:
        """What the groups of a kind are about, sorted."""
        return self._known_keys(kind)

    def days(self, key: str) -> dict[date, int]:
        """On which days a group's articles appeared, and how many on each."""
        kind, _, about = key.partition(":")
        rows = self._db.execute(
            "SELECT substr(sort, 1, 10) AS day, count(*) FROM members WHERE gid = "
            "(SELECT gid FROM groups WHERE kind = ? AND key = ?) GROUP BY day",
            (kind, about),
        )
        return {date.fromisoformat(day): count for day, count in rows}

    def label_counts(self, key: str) -> Counter[Label]:
        """How many claims of a group's articles carry which label now."""
        kind, _, about = key.partition(":")
        rows = self._db.execute(
            "SELECT label, count(*) FROM (SELECT DISTINCT claim FROM members JOIN article_claims USING (num) "
            "WHERE gid = (SELECT gid FROM groups WHERE kind = ? AND key = ?)) "
            "JOIN claims ON claims.id = claim GROUP BY label",
            (kind, about),
        )
        return Counter({Label(label): count for label, count in rows})

    def said(self, source: str, *, carried: bool, limit: int) -> list[tuple[str, Statement]]:
        """The newest statements that a source makes itself or carries for others."""
        rows = self._db.execute(
            "SELECT said.claim, articles.id, place FROM said JOIN articles USING (num) "
            "WHERE source = ? AND carried = ? AND EXISTS (SELECT 1 FROM claims WHERE claims.id = said.claim) "
            "ORDER BY recorded DESC, said.claim DESC, articles.id DESC, place LIMIT ?",
            (source, int(carried), limit),
        ).fetchall()
        return [(claim, self._statement(article, claim, place)) for claim, article, place in rows]

    def _statement(self, article: str, claim: str, place: int) -> Statement:
        return next(c for c in self.article(article).claims if c.id == claim).statements[place]

    def stances(self, source: str) -> Counter[Stance]:
        """How many statements of which stance a source makes itself."""
        rows = self._db.execute(
            "SELECT says, count(*) FROM said WHERE source = ? AND carried = 0 "
            "AND (? OR EXISTS (SELECT 1 FROM claims WHERE claims.id = said.claim)) GROUP BY says",
            (source, self._all_labelled),
        )
        return Counter({Stance(says): count for says, count in rows})

    def carried(self, source: str) -> int:
        """How many statements a source carries for others."""
        row = self._db.execute(
            "SELECT count(*) FROM said WHERE source = ? AND carried = 1 "
            "AND (? OR EXISTS (SELECT 1 FROM claims WHERE claims.id = said.claim))",
            (source, self._all_labelled),
        ).fetchone()
        return int(row[0])

    @cached_property
    def _all_labelled(self) -> bool:
        """Whether every claim that an article names has a label by now: to ask that of each of a hundred thousand
        statements takes long."""
        query = "SELECT 1 FROM article_claims WHERE claim NOT IN (SELECT id FROM claims) LIMIT 1"
        return self._db.execute(query).fetchone() is None

    def outcomes(self, source: str) -> Counter[Label]:
        """The labels now of the claims that a source asserted or supported."""
        rows = self._db.execute(
            "SELECT label, count(*) FROM (SELECT DISTINCT claim FROM said WHERE source = ? AND carried = 0 "
            "AND says IN ('asserts', 'supports')) JOIN claims ON claims.id = claim GROUP BY label",
            (source,),
        )
        return Counter({Label(label): count for label, count in rows})

    def kept(self, article: str, part: Part) -> bytes | None:
        """What was kept of an article, packed."""
        row = self._db.execute(_OF_ARTICLE[part], (article,)).fetchone()
        return row[0] if row else None

    def kept_of_claim(self, claim: str) -> bytes | None:
        """The leaf of the one article that makes a claim."""
        query = (
            "SELECT iif(alone, leaf, NULL) FROM article_claims JOIN articles USING (num) JOIN contents USING (num) "
            "WHERE claim = ? LIMIT 2"
        )
        rows = self._db.execute(query, (claim,)).fetchall()
        return rows[0][0] if len(rows) == 1 else None


_COLUMN = {
    Part.CARD: "iif(a.alone, c.card, a.card)",
    Part.LEAF: "iif(a.alone, c.leaf, NULL)",
    Part.STORY: "iif(a.alone, c.story, NULL)",
}
_OF_ARTICLE = {
    part: f"SELECT {column} FROM articles a JOIN contents c USING (num) WHERE a.id = ?"  # noqa: S608 (constants)
    for part, column in _COLUMN.items()
}
