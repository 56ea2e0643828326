"""What pages may ask of the filed articles: groups, their members and their counts; nothing that grows with the archive
unless a page really shows it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from digest.labels.verdict import Course
from digest.model import Article, EditionNote, Label, Registry, Settings, Stance, Statement, Taxonomy
from digest.model.pictures import Sized


class Part(StrEnum):
    """What may be kept of an article that nothing in other files changes: its entry in lists, its own page without text
    and neighbours, its place in its edition, its claims as rows, its entry in feeds."""

    CARD = "card"
    LEAF = "leaf"
    STORY = "story"
    ENTRY = "entry"
    ROWS = "rows"


class Index(ABC):
    """Published articles, filed under groups.

    A group's key is its kind and what it is about: "newest:all", "day:2025-07-01", "month:2025-07", "year:2025",
    "region:UA", "region-year:UA:2025", "topic:20000056", "topic-year:…", "thread:…", "source:…", "claim:…",
    "corrections:all", "aliases:all". Its members are ids of articles, newest first; but "label:…" holds ids of claims,
    newest change first, and "dependents:…" ids of claims that depend on one, sorted.
    """

    settings: Settings
    registry: Registry
    regions: Taxonomy
    topics: Taxonomy

    @abstractmethod
    def article(self, id_: str) -> Article:
        """An article that is out; KeyError if there is none."""

    @abstractmethod
    def addresses(self) -> Iterable[tuple[str, str]]:
        """Id and address of every article, newest first."""

    @abstractmethod
    def claims(self) -> Iterable[str]:
        """The ids of all claims."""

    @abstractmethod
    def course(self, claim: str) -> Course | None:
        """A claim with its labels through time; None if no article that is out defines it."""

    @abstractmethod
    def label(self, claim: str) -> Label | None:
        """A claim's label now."""

    @abstractmethod
    def body(self, key: str) -> str:
        """The text of an article (by id) or an editor's note (by `note_body`), as `model.html` stores it."""

    @abstractmethod
    def note(self, day: date) -> EditionNote | None:
        """The editor's note of a day."""

    @abstractmethod
    def group(self, key: str, limit: int = 0) -> tuple[str, ...]:
        """The members of a group, at most `limit` of them if that is not 0."""

    @abstractmethod
    def count(self, key: str) -> int:
        """How many members a group has."""

    @abstractmethod
    def keys(self, kind: str) -> list[str]:
        """What the groups of a kind are about, sorted: `keys("day")` gives "2025-06-30", "2025-07-01" …"""

    @abstractmethod
    def days(self, key: str) -> dict[date, int]:
        """On which days a group's articles appeared, and how many on each."""

    @abstractmethod
    def label_counts(self, key: str) -> Counter[Label]:
        """How many claims of a group's articles carry which label now, each claim once."""

    @abstractmethod
    def said(self, source: str, *, carried: bool, limit: int) -> list[tuple[str, Statement]]:
        """The newest statements that a source makes itself or that it carries for others, each with its claim's id."""

    @abstractmethod
    def stances(self, source: str) -> Counter[Stance]:
        """How many statements of which stance a source makes itself."""

    @abstractmethod
    def carried(self, source: str) -> int:
        """How many statements a source carries for others."""

    @abstractmethod
    def outcomes(self, source: str) -> Counter[Label]:
        """The labels now of the claims that a source asserted or supported, each claim once."""

    @abstractmethod
    def changes(self, key: str) -> list[tuple[str, str]]:
        """Address and last change (RFC 3339, UTC) of each article of a group, oldest first."""

    @abstractmethod
    def claim_changes(self, key: str) -> list[tuple[str, str]]:
        """The claims that the articles of a group define, each with when something was last recorded on it or its
        article appeared (RFC 3339, UTC); sorted."""

    @abstractmethod
    def last_change(self, month: str) -> str:
        """The last change of an article of a month ("2025-07"); "" where there is none."""

    @abstractmethod
    def mentions(self, key: str) -> int:
        """How many claims the articles of a group name, each article's by themselves; of all articles for ""."""

    def members(self, key: str, limit: int = 0) -> tuple[Article, ...]:
        """The articles of a group, newest first."""
        return tuple(self.article(a) for a in self.group(key, limit))

    def kept(self, _article: str, _part: Part) -> bytes | None:
        """What was kept of an article, packed; None where it must be composed."""
        return None

    def pictures(self, _address: str) -> dict[str, Sized]:
        """The pictures beside the article at an address, by their names there, as far as they were measured."""
        return {}

    def kept_of_claim(self, _claim: str) -> bytes | None:
        """The leaf of the one article that makes a claim; None where there is none, or where more tells of it."""
        return None


def note_body(path: str) -> str:
    """The key under which an editor's note's HTML stands among the bodies."""
    return f"note:{path}"


def since(course: Course) -> datetime:
    """When the claim got the label that it has now."""
    return course.history[-1][0]
