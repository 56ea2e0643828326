"""What publishing would change: a pure function of the manifest at the target and that of the built site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from digest.publish.manifest import Manifest, Piece, Told

_LEAST = 50
_SHARE = 10


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A claim whose label differs: its text, and both labels' ids ("" where it was not there, or is not any more)."""

    claim: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Files:
    """Names of files that are new, that differ and that go, each sorted; `bytes` are those to send."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change for readers: articles with their ids, labels, corrections as (article, day, text), addresses
    that would stop working, each with its article's id or ""; then files. `over` is the release that is there, "" for
    none."""

    over: str
    over_at: str
    added: tuple[tuple[str, Piece], ...]
    altered: tuple[tuple[str, Piece], ...]
    removed: tuple[tuple[str, Piece], ...]
    labels: tuple[Relabelled, ...]
    corrections: tuple[tuple[Piece, str, str], ...]
    lost: Mapping[str, str]
    files: Files
    before: int
    """How many files are there, without the parts of the search index and compressed copies."""

    @property
    def going(self) -> int:
        """How many files would be removed, without the parts of the search index, of which each edit makes other ones,
        and without the compressed copies of others."""
        return _counted(self.files.removed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.files.new or self.files.changed or self.files.removed)


def make_plan(before: Manifest | None, after: Manifest) -> Plan:
    """The way from what is at the target (None: nothing) to the built site."""
    old = before or Manifest("", "", {})
    files = files_between(before, after)
    was, will = old.told, after.told
    return Plan(
        old.release,
        old.at,
        tuple((id_, p) for id_, p in will.articles.items() if id_ not in was.articles),
        tuple((id_, p) for id_, p in will.articles.items() if id_ in was.articles and was.articles[id_] != p),
        tuple((id_, p) for id_, p in was.articles.items() if id_ not in will.articles),
        tuple(_labels(was, will)),
        tuple(_corrections(was, will)),
        _lost(was, files),
        files,
        _counted(old.files),
    )


def _lost(was: Told, files: Files) -> Mapping[str, str]:
    owners = {f"/{piece.address}": id_ for id_, piece in was.articles.items()} if files.removed else {}
    return {address: owners.get(address, "") for address in map(address_of, filter(is_page, files.removed))}


def files_between(before: Manifest | None, after: Manifest) -> Files:
    """The files to send and to remove, on the way from what is at the target (None: nothing) to the built site."""
    old = before or Manifest("", "", {})
    new = sorted(after.files.keys() - old.files.keys())
    changed = sorted(n for n in after.files.keys() & old.files.keys() if after.files[n] != old.files[n])
    removed = sorted(old.files.keys() - after.files.keys())
    return Files(tuple(new), tuple(changed), tuple(removed), sum(after.files[n].size for n in (*new, *changed)))


def _labels(was: Told, will: Told) -> Iterable[Relabelled]:
    for claim, (text, after) in sorted(will.claims.items()):
        known = was.claims.get(claim)
        if known is not None and known[1] != after:
            yield Relabelled(claim, text, known[1], after)


def _corrections(was: Told, will: Told) -> Iterable[tuple[Piece, str, str]]:
    for id_, piece in will.articles.items():
        known = was.articles[id_].corrections if id_ in was.articles else ()
        yield from ((piece, day, text) for day, text in piece.corrections if (day, text) not in known)


def is_page(name: str) -> bool:
    """Whether readers have a file's address: a page, a feed or data, and no asset or part of the search index."""
    return name.endswith((".html", ".xml", ".json", ".csv", ".jsonl")) and not name.startswith(_OF_SEARCH)


_OF_SEARCH = ("search/index/", "search/pagefind/")


def _counted(names: Collection[str]) -> int:
    held = frozenset(names)
    return sum(not name.startswith(_OF_SEARCH) and not _is_copy(name, held) for name in held)


def _is_copy(name: str, held: Collection[str]) -> bool:
    return name.endswith((".gz", ".br")) and name[:-3] in held


def address_of(name: str) -> str:
    """The address of a file, below the digest's own."""
    return "/" + (name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name)


def most_deletions(before: int) -> int:
    """How many files a publish may remove without being told so: 50, or 10 % of a larger site; never more than half."""
    return min(max(_LEAST, before * _SHARE // 100), before // 2)


def as_data(plan: Plan) -> dict[str, object]:
    """The plan for programs."""
    return {
        "over": plan.over,
        "articles": {
            "added": [_article(id_, p) for id_, p in plan.added],
            "changed": [_article(id_, p) for id_, p in plan.altered],
            "removed": [_article(id_, p) for id_, p in plan.removed],
        },
        "labels": [{"claim": r.claim, "text": r.text, "from": r.before, "to": r.after} for r in plan.labels],
        "corrections": [{"address": f"/{p.address}", "date": day, "text": text} for p, day, text in plan.corrections],
        "addresses_lost": list(plan.lost),
        "files": {
            "new": list(plan.files.new),
            "changed": list(plan.files.changed),
            "removed": list(plan.files.removed),
            "bytes": plan.files.bytes,
        },
    }


def _article(id_: str, piece: Piece) -> dict[str, str]:
    return {"id": id_, "title": piece.title, "address": f"/{piece.address}"}
