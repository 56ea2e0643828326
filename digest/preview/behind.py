"""What stands behind a page: the file that it is made from, whether it is out, its words, claims and problems."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.build.files import Shown, pictures
from digest.build.packed import PROBLEM
from digest.index.index import note_body
from digest.model import Article
from digest.pages.compose import Composer
from digest.pages.sheet import Planned
from digest.problems import Location, Problem

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_GROUPS = {"edition": "day", "month": "month", "year": "year", "source": "source", "thread": "thread", "home": "newest"}
MOST = 20
"""Articles that are not out and are named in the panel of a page that lists them."""


@dataclass(frozen=True, slots=True)
class State:
    """Why an article is in no build yet: "draft", "gone", "embargoed" or "future", until when, in words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim on the page, with its label and the place where it is defined."""

    text: str
    label: str
    why: str
    address: str
    at: Location


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An article that a page lists though no build has it yet."""

    title: str
    address: str
    state: State


@dataclass(frozen=True, slots=True)
class Behind:
    """All that the panel says of one page; `at` is the place of its source, None where it has no file of its own."""

    is_article: bool = False
    at: Location | None = None
    state: State | None = None
    words: int | None = None
    claims: tuple[ClaimLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    unpublished: tuple[Unpublished, ...] = ()


def behind(root: Path, db: sqlite3.Connection, composer: Composer, planned: Planned, clock: datetime) -> Behind:
    """What stands behind a page of the store."""
    if planned.family == "article":
        return _article(root, db, composer, planned.key, clock)
    if planned.family == "claim":
        found = composer.index.course(planned.key)
        claims = tuple(_claims(composer, [planned.key]))
        return Behind(at=found.claim.at if found else None, claims=claims, problems=_overridden(db, [planned.key]))
    unpublished = tuple(_unpublished(db, composer, _group(db, planned), clock))
    day = planned.key or _newest(db)
    if planned.family in ("edition", "home"):
        row = db.execute("SELECT path FROM notes JOIN inputs USING (num) WHERE day = ?", (day,)).fetchone()
        if row is not None:
            words = count_words(composer.index.body(note_body(row[0])))
            return Behind(at=Location(row[0], 1, 1), words=words, unpublished=unpublished)
    return Behind(unpublished=unpublished)


def _article(root: Path, db: sqlite3.Connection, composer: Composer, id_: str, clock: datetime) -> Behind:
    article = composer.index.article(id_)
    claims = list(dict.fromkeys(claim.id for claim in article.claims))
    wrong = list(_overridden(db, claims))
    query = "SELECT pictures FROM inputs WHERE path = ? AND pictures <> ''"
    for (names,) in db.execute(query, (article.path,)):
        list(pictures(root, [Shown(article.path, article.address, tuple(names.split("\n")))], wrong))
    return Behind(
        True,  # noqa: FBT003 (an article)
        Location(article.path, max(article.at.line, 1), max(article.at.column, 1)),
        state_of(article, composer, clock),
        count_words(composer.index.body(id_)),
        tuple(_claims(composer, claims)),
        tuple(wrong),
    )


def state_of(article: Article, composer: Composer, clock: datetime) -> State | None:
    """Why no build has the article yet; None if builds have it."""
    if article.draft:
        return State("draft", "Draft: no build has this article until its status is “published”.")
    if article.gone:
        return State("gone", f"Gone: no build has this article; its addresses say why: {article.gone}")
    for kind, moment, words in (
        ("embargoed", article.embargo, "Embargoed: no build has this article before"),
        ("future", article.date, "Dated in the future: no build has this article before"),
    ):
        if moment is not None and moment > clock:
            local = moment.astimezone(composer.index.settings.zone)
            return State(kind, f"{words} {composer.tongue.day_full(local.date())}, {local:%H:%M}.")
    return None


def count_words(body: str) -> int:
    """The words of a text in HTML."""
    return len(_WORD.findall(html.unescape(_TAG.sub(" ", body))))


def _claims(composer: Composer, claims: Iterable[str]) -> Iterator[ClaimLine]:
    for claim in claims:
        course = composer.index.course(claim)
        if course is not None:
            made = composer.claim(claim)
            yield ClaimLine(made.text, made.label.name, made.why, made.address, course.claim.at)


def _overridden(db: sqlite3.Connection, claims: Iterable[str]) -> tuple[Problem, ...]:
    query = "SELECT warning FROM claims WHERE id = ? AND warning IS NOT NULL"
    return tuple(PROBLEM.unpack(packed) for claim in claims for (packed,) in db.execute(query, (claim,)))


def _group(db: sqlite3.Connection, planned: Planned) -> tuple[str, str]:
    """Kind and key of the group whose articles a page lists."""
    if planned.family == "home":
        return "day", _newest(db)
    if planned.family in ("region", "topic"):
        key, _, year = planned.key.partition(":")
        return (f"{planned.family}-year", planned.key) if year else (planned.family, key)
    return _GROUPS.get(planned.family, ""), planned.key


def _newest(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT max(key) FROM groups WHERE kind = 'day' AND members > 0").fetchone()
    return row[0] or ""


def _unpublished(
    db: sqlite3.Connection, composer: Composer, group: tuple[str, str], clock: datetime
) -> Iterator[Unpublished]:
    query = """SELECT a.id FROM (SELECT num FROM inputs WHERE draft UNION SELECT num FROM inputs WHERE begins > ?) i
    CROSS JOIN articles a ON a.num = i.num CROSS JOIN members m ON m.sort = a.sort AND m.num = i.num
    WHERE m.gid = (SELECT gid FROM groups WHERE kind = ? AND key = ?) ORDER BY a.sort DESC LIMIT ?"""
    for (id_,) in db.execute(query, (clock.isoformat(), *group, MOST)):
        article = composer.index.article(id_)
        state = state_of(article, composer, clock)
        if state is not None:
            yield Unpublished(article.title, article.address, state)
