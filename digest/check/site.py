"""A whole built site: pages and files for machines read, every reference followed, each fault told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from digest.check.feeds import read_json, read_xml
from digest.check.page import Facts, Fault, Target, read_page
from digest.problems import Location, Problem, Severity

_READ = frozenset({".html", ".xml", ".json", ".opml", ".webmanifest"})
_WARNINGS = frozenset({"D829", "D830"})
_PLACES = 4
"""Places that are named for one fault; the rest are counted."""


@dataclass(frozen=True, slots=True)
class SiteJob:
    """What reading a batch of files needs: the site's folder, its url ("" if it has none) and its base path."""

    folder: Path
    url: str
    base_path: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, and the addresses elsewhere with the places that lead there."""

    problems: tuple[Problem, ...]
    external: Mapping[str, tuple[Location, ...]]


@dataclass(frozen=True, slots=True)
class Origins:
    """Where pages come from: `files` leads from an article's address to its file below `root`; problems of other pages
    stand under the page itself, in `output`."""

    root: Path
    output: str
    files: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str, line: int, written: str = "") -> Location:
        """Where to look for what is wrong in a file of the site: in the article, on the line that holds what is written
        in the page, or in the page."""
        path = self.files.get(name.removesuffix("index.html"))
        if path is None:
            return Location(f"{self.output}/{name}", line, 1 if line else 0)
        row, column = _found(_lines(self.root / path), written) if written else (0, 0)
        return Location(path, row, column)


@lru_cache(maxsize=256)
def _lines(file: Path) -> tuple[str, ...]:
    try:
        return tuple(file.read_text(encoding="utf-8-sig", errors="replace").split("\n"))
    except OSError:
        return ()


def _found(lines: Sequence[str], written: str) -> tuple[int, int]:
    """Line and column of a reference in an article, which may write it from the digest's root."""
    bare = written.lstrip("./")
    for wanted in dict.fromkeys((written, f"/{bare}", bare, unquote(bare))):
        for number, line in enumerate(lines, 1):
            if wanted and wanted in line:
                return number, line.index(wanted) + 1
    return 0, 0


def read_files(job: SiteJob, names: Sequence[str]) -> list[Facts]:
    """The facts of some files of a site."""
    return [_read(job, name) for name in names]


def _read(job: SiteJob, name: str) -> Facts:
    data = (job.folder / name).read_bytes()
    if name.endswith(".html"):
        return read_page(name, data, job.url, job.base_path)
    reader = read_json if name.endswith((".json", ".webmanifest")) else read_xml
    found = list(reader(name, data, job.url))
    targets = tuple(f for f in found if isinstance(f, Target))
    return Facts(name, frozenset(), targets, (), tuple(f for f in found if isinstance(f, Fault)))


Map = Callable[[Callable[[SiteJob, Sequence[str]], list[Facts]], SiteJob, Sequence[str]], Iterator[list[Facts]]]


def check_site(job: SiteJob, map_batches: Map, origins: Origins) -> Findings:
    """Everything that is wrong with the site in a folder. `map_batches` does the reading, in this process or others."""
    every = {p.relative_to(job.folder).as_posix() for p in job.folder.rglob("*") if p.is_file()}
    wanted = sorted(name for name in every if Path(name).suffix in _READ and not name.startswith("search/"))
    wanted += ["search/index.html"] if "search/index.html" in every else []
    ids: dict[str, frozenset[str]] = {}
    pending: list[tuple[str, Target]] = []
    told: dict[tuple[str, str, str], list[Location]] = defaultdict(list)
    external: dict[str, list[Location]] = defaultdict(list)

    def tell(name: str, fault: Fault) -> None:
        told[fault.code, fault.message, fault.hint].append(origins.place(name, fault.line, fault.written))

    for facts in (f for batch in map_batches(read_files, job, wanted) for f in batch):
        ids[facts.name] = facts.ids
        for fault in facts.faults:
            tell(facts.name, fault)
        for target in facts.targets:
            if target.file not in every:
                tell(facts.name, _missing(target, every))
            elif target.fragment and target.file.endswith(".html"):
                pending.append((facts.name, target))
        for address, line in facts.external:
            external[address].append(origins.place(facts.name, line, address))
    for name, target in pending:
        if target.fragment not in ids.get(target.file, frozenset((target.fragment,))):
            where = "this page" if target.file == name else f"/{target.file.removesuffix('index.html')}"
            message = f"there is no “#{target.fragment}” on {where}"
            hint = "no element has this id; look at the addresses on that page"
            tell(name, Fault("D821", message, target.line, hint, target.written))
    return Findings(tuple(_problems(told)), {a: tuple(dict.fromkeys(p)) for a, p in external.items()})


def _missing(target: Target, every: set[str]) -> Fault:
    if target.shown:
        return Fault("D822", f"the page shows “{target.file}”, which is not there", target.line, "", target.written)
    hint = f"write /{target.file}/" if f"{target.file}/index.html" in every else "correct the link, or remove it"
    return Fault(
        "D820",
        f"the link to /{target.file.removesuffix('index.html')} leads nowhere",
        target.line,
        hint,
        target.written,
    )


def _problems(told: Mapping[tuple[str, str, str], Iterable[Location]]) -> Iterator[Problem]:
    """One problem for each fault, however many pages have it."""
    for (code, message, hint), found in told.items():
        places = sorted(set(found))
        more = len(places) - _PLACES
        whole = f"{message} (and in {more:,} further {'place' if more == 1 else 'places'})" if more > 0 else message
        severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
        yield Problem(code, whole, places[0], severity, hint, also=tuple(places[1:_PLACES]))
