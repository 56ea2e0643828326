"""Drafts into the digest: each item once, and never over what a person has touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import FileIO
from pathlib import Path

from digest.content.articles import parse_article
from digest.content.context import Context
from digest.content.dates import Moment, read_date
from digest.content.files import CONTENT, Tree
from digest.importing.draft import Draft, Ground, draft, says_the_same
from digest.importing.items import Item
from digest.importing.known import Imported
from digest.importing.naming import date_of, free_id, slug_of
from digest.importing.record import RECORD, Entry, record_text, untouched, written_hash
from digest.importing.similar import sketch
from digest.importing.sources import Proposed, Sources
from digest.importing.versions import TEXT, current, new_in, older_version
from digest.model import Digest
from digest.problems import Location, Problem, Severity
from digest.replacing import create_bytes, replace_bytes
from digest.starter.plant import cannot_write


class Fate(StrEnum):
    """What became of an item."""

    WRITTEN = "written"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    """A person has changed the draft since: it is left alone."""
    GONE = "gone"
    """A person has deleted, moved or renamed the draft: it is not written again."""
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of an item: the path that it stands at (of the other one, for a duplicate), and what it proposes."""

    title: str
    path: str
    fate: Fate
    claims: int = 0
    proposed: tuple[Proposed, ...] = ()
    why: str = ""
    new: str = ""
    """The first sentence of a duplicate that the article there does not have."""
    notes: tuple[str, ...] = ()
    """What of the item had no place, as it tells its editor."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where and when drafts stand: the date that the user gave ("" for none), today, the folder ("" for by date); `dry`
    writes nothing."""

    date: str
    today: str
    folder: str = ""
    dry: bool = False


@dataclass(slots=True)
class Cabinet:
    """Files items into one digest, one after the other; remembers what it has filed, so that a run has no doubles."""

    root: Path
    digest: Digest
    context: Context
    sources: Sources
    where: Where
    known: Imported
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    taken_claims: set[str] = field(default_factory=set)
    own_claims: set[str] = field(default_factory=set)
    """Ids that the draft has which is being written anew: it keeps them, whatever others have come and gone."""
    taken_addresses: dict[str, str] = field(default_factory=dict)
    """Paths of articles by the addresses that lead to them, old ones included."""
    seen: dict[str, str] = field(default_factory=dict)
    """Paths by the keys of this run's items."""
    folders: set[Path] = field(default_factory=set)
    """Folders that are there, below the digest's content."""
    entries: FileIO | None = None
    """The record, once something is added to it. Entries go there one by one: whatever ends a run, the next one knows
    what this one has written."""

    def __post_init__(self) -> None:
        self.taken |= {article.id for article in self.digest.articles} | {
            entry.id for entry in self.known.entries.values()
        }
        for article in self.digest.articles:
            for address in (f"/{article.address}", *article.aliases):
                self.taken_addresses.setdefault(address.rstrip("/"), article.path)
        self.taken_claims |= {claim.id for article in self.digest.articles for claim in article.claims}

    def file(self, item: Item) -> Filed | None:
        """File an item; None where its draft cannot be written, which is then among the problems."""
        outline = sketch(f"{item.title}\n{item.text}")
        key = item.key or item.link or f"{TEXT}{written_hash(' '.join(f'{item.title} {item.text}'.split()))}"
        if key in self.seen:
            return Filed(item.title, self.seen[key], Fate.DUPLICATE, why="the same item")
        filed = self._file(item, key, outline)
        if filed:
            self.seen[key] = filed.path
        return filed

    def _file(self, item: Item, key: str, outline: tuple[str, ...]) -> Filed | None:
        old = self.known.entries.get(key)
        if old is None:
            return self._file_new(item, key, outline)
        same = untouched(self.root, old)
        if same is False and current(self.known, old.path, self.root):
            return Filed(item.title, old.path, Fate.DUPLICATE, why="the same text, but older,")
        if same is not True:
            return Filed(item.title, old.path, Fate.GONE if same is None else Fate.EDITED)
        return self._write(item, key, outline, old)

    def _file_new(self, item: Item, key: str, outline: tuple[str, ...]) -> Filed | None:
        """File an item that was not imported before: it may repeat another one, or be a newer version of a text."""
        double = self.known.double(item.link, outline)
        day, _ = self._date(item, None)
        path = double[0] if double else f"{self._folder(day)}/{slug_of(item)}.md"
        if key.startswith(TEXT) and path in self.known.at:
            done = set(self.seen.values())
            older = older_version(item, day, path, self.known, self.root, done)
            if older:
                return self._write(item, key, outline, older)
        if double:
            new = new_in(item, path, self.root) if double[1] != "the same link" else ""
            return Filed(item.title, path, Fate.DUPLICATE, why=double[1], new=new)
        return self._write(item, key, outline, None)

    def _write(self, item: Item, key: str, outline: tuple[str, ...], old: Entry | None) -> Filed | None:
        when, dated_by = self._date(item, old)
        id_ = old.id if old else free_id(slug_of(item), self.taken)
        beside = [a for a in self.digest.articles if a.path == old.path] if old else []
        self.own_claims = {claim.id for article in beside for claim in article.claims}
        self.taken_claims -= self.own_claims
        path = old.path if old else f"{self._folder(when)}/{id_}.md"
        item = self._with_free_addresses(item, id_, when, path)
        made = draft(item, id_, when, self._ground(), dated_by=dated_by)
        _, found = parse_article(path, made.text.encode(), self.context)
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        if errors:
            self.problems += errors
            return None
        entry = Entry(key, path, id_, when, item.link, written_hash(made.text), outline)
        if old and (entry.hash == old.hash or self._from_elsewhere(old, made.text)):
            return self._filed(item, made, path, Fate.UNCHANGED)
        problem = None if self.where.dry else self._save(path, made.text, entry, replacing=old is not None)
        if problem:
            self.problems.append(problem)
            return None
        self.taken.add(id_)
        self.known.add(entry)
        return self._filed(item, made, path, Fate.UPDATED if old else Fate.WRITTEN)

    def _from_elsewhere(self, old: Entry, text: str) -> bool:
        """Whether the draft stands there as it would be written, but for the file or the pipe that it came through."""
        data, _ = Tree(self.root).read(old.path)
        return data is not None and says_the_same(data.decode(), text)

    def _filed(self, item: Item, made: Draft, path: str, fate: Fate) -> Filed:
        return Filed(item.title, path, fate, made.claims, made.proposed, notes=item.notes)

    def _with_free_addresses(self, item: Item, id_: str, when: str, path: str) -> Item:
        """The item without old addresses that lead elsewhere already, or that are its new one."""
        moment = read_date(when, self.context.settings)
        own = f"/{moment.day:%Y/%m/%d}/{id_}" if isinstance(moment, Moment) else ""
        old = item.extras("aliases")
        lost = [a for a in old if self.taken_addresses.setdefault(a.rstrip("/"), path) != path]
        kept = tuple(a for a in old if a not in lost and a.rstrip("/") != own)
        notes = (f"Old addresses that lead to another article: {', '.join(lost)}",) if lost else ()
        extra = tuple((key, kept if key == "aliases" else values) for key, values in item.extra)
        return replace(item, extra=extra, notes=(*item.notes, *notes))

    def _date(self, item: Item, old: Entry | None) -> tuple[str, str]:
        return date_of(item, old, self.context.settings, given=self.where.date, today=self.where.today)

    def _folder(self, when: str) -> str:
        return self.where.folder or f"{CONTENT}/{when[:10].replace('-', '/')}"

    def _free_claim(self, wanted: str) -> str:
        kept = (own for own in sorted(self.own_claims, key=len) if re.fullmatch(rf"{wanted}(?:-\d+)?", own))
        id_ = next(kept, "") or free_id(wanted, self.taken_claims)
        self.own_claims.discard(id_)
        self.taken_claims.add(id_)
        return id_

    def _ground(self) -> Ground:
        regions, topics = self.context.regions, self.context.topics
        return Ground(
            sources=self.sources,
            region_name=lambda code: regions.catalogue.taxon(regions.find(code) or code).name if regions else code,
            free_claim=self._free_claim,
            topic_known=lambda label: topics is None or topics.find(label) is not None,
        )

    def _save(self, path: str, text: str, entry: Entry, *, replacing: bool) -> Problem | None:
        file = self.root / path
        known = not replacing and file.parent in self.folders
        if not known and not file.resolve().is_relative_to(self.root.resolve() / CONTENT):
            hint = "put a folder in the place of the link"
            return Problem("D704", "the symbolic link leads out of the digest", Location(path), hint=hint)
        try:
            if not known:
                file.parent.mkdir(parents=True, exist_ok=True)
                self.folders.add(file.parent)
            if replacing:
                replace_bytes(file, text.encode())
            else:
                create_bytes(file, text.encode())
            self.entries = self.entries or (self.root / RECORD).open("ab", buffering=0)
            self.entries.write(record_text([entry]).encode())
        except OSError as error:
            return cannot_write(error, path)
        return None

    def close(self) -> None:
        """Write the record anew, sorted and without entries that others have replaced."""
        if self.entries is None:
            return
        self.entries.close()
        try:
            replace_bytes(self.root / RECORD, record_text(self.known.entries.values()).encode())
        except OSError as error:
            self.problems.append(cannot_write(error, RECORD))


def counts(filed: Sequence[Filed]) -> dict[Fate, int]:
    """How many items had which fate, in the order of the fates."""
    return {fate: n for fate in Fate if (n := sum(one.fate is fate for one in filed))}
