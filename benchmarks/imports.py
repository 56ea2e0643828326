"""Measuring the proposals of `digest import` against passages that people have annotated: `make bench-import`.

The passages in tests/corpus/ are our own words about invented events. About a third are held out: rules and word lists
were not changed after looking at how they fare on those. A measure counts exact agreement; nothing is half right.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from digest.importing.carriers import bare
from digest.importing.proposals import Proposals, proposals
from digest.importing.said import Said

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
MEASURES = ("stories", "speakers", "carriers", "stances", "claim kinds", "regions", "boilerplate", "news kept")
TODAY = date(2025, 12, 31)


@dataclass(slots=True)
class Score:
    """Counts of one measure: agreed, proposed but not annotated, annotated but not proposed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was proposed that is right; 1 where nothing was."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of what was annotated that was proposed; 1 where nothing was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, gold: Counter[Any], found: Counter[Any]) -> None:
        """Count two bags of things that can be compared."""
        both = (gold & found).total()
        self.right += both
        self.extra += found.total() - both
        self.missed += gold.total() - both


@dataclass(slots=True)
class Board:
    """The scores of all measures, and what disagreed."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in MEASURES})
    passages: int = 0
    faults: list[str] = field(default_factory=list)


def passages(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """All annotated passages, by file and place."""
    return [
        passage
        for path in sorted(folder.glob("*.yaml"))
        for passage in yaml.safe_load(path.read_text(encoding="utf-8"))["passages"]
    ]


def measured(every: list[dict[str, Any]]) -> Board:
    """The scores of some passages."""
    board = Board(passages=len(every))
    for passage in every:
        _measure(passage, proposals(passage["text"], TODAY, {}), board)
    return board


def _measure(passage: dict[str, Any], found: Proposals, board: Board) -> None:
    text: str = passage["text"]
    scores = board.scores
    titles = Counter(story.headline.text if story.headline else "" for story in found.stories)
    _compare("stories", Counter(passage["stories"]), titles, passage, board)
    dropped = Counter(piece.text for piece in found.dropped)
    _compare("boilerplate", Counter(passage.get("drop", [])), dropped, passage, board)
    lines = Counter(line for line in text.splitlines() if line.strip() and line not in passage.get("drop", []))
    scores["news kept"].add(lines, lines - dropped)
    for i, gold in enumerate(passage["regions"]):
        proposed = [shown.value for shown in found.stories[i].regions] if i < len(found.stories) else []
        _compare("regions", _countries(gold), _countries(proposed), passage, board)
    said = [one for story in found.stories for one in story.said if one.speaker.name or one.says.value != "asserts"]
    outlets = Counter((0, bare(story.outlet)) for story in found.stories if story.outlet)
    _measure_said(passage, said, outlets, board)


def _measure_said(passage: dict[str, Any], said: list[Said], outlets: Counter[tuple[int, str]], board: Board) -> None:
    text: str = passage["text"]
    gold = [(_sentence_of(text, row["in"], said), row) for row in passage["statements"]]
    speakers = Counter({(at, bare(row["by"])): 1 for at, row in gold if row["by"]})
    found = Counter({(one.sentence.begin, bare(one.speaker.name)): 1 for one in said if one.speaker.name})
    _compare("speakers", speakers, found, passage, board)
    carriers = Counter({(at, bare(name)): 1 for at, row in gold for name in row.get("via", [])})
    carriers += Counter({(0, bare(passage["outlet"])): 1} if "outlet" in passage else {})
    proposed = Counter({(one.sentence.begin, bare(name)): 1 for one in said for name in one.via}) + outlets
    _compare("carriers", carriers, proposed, passage, board)
    for at, row in gold:
        matching = [o for o in said if o.sentence.begin == at and bare(o.speaker.name) == bare(row["by"])]
        if not matching:
            continue
        where = text.index(row["in"])
        nearest = min(
            matching, key=lambda o: (not o.content.begin <= where <= o.content.end, abs(o.content.begin - where))
        )
        stance, kind = row.get("says", "asserts"), row.get("kind", "event")
        _compare("stances", Counter([stance]), Counter([str(nearest.says)]), passage, board, row["in"])
        if stance in {"asserts", "supports"}:  # the others are about a claim that stands elsewhere
            _compare("claim kinds", Counter([kind]), Counter([str(nearest.kind)]), passage, board, row["in"])


def _sentence_of(text: str, words: str, said: list[Said]) -> int:
    """Where the proposed sentence begins that holds the words; the place of the words where none does."""
    where = text.index(words)
    return next((o.sentence.begin for o in said if o.sentence.begin <= where < o.sentence.end), -where)


def _countries(codes: list[str]) -> Counter[str]:
    """Regions compare as countries: whether a city's own province is named is a matter of taste."""
    return Counter({code[:2]: 1 for code in codes})


def _compare(
    measure: str, gold: Counter[Any], found: Counter[Any], passage: dict[str, Any], board: Board, where: str = ""
) -> None:
    board.scores[measure].add(gold, found)
    missed, extra = list((gold - found).elements()), list((found - gold).elements())
    if missed or extra:
        board.faults.append(f"{passage['id']}: {measure}{f' ({where})' if where else ''}: wanted {missed}, got {extra}")


def rows(board: Board) -> Iterator[str]:
    """The table of a board."""
    yield f"{'':14}{'precision':>10}{'recall':>10}{'F1':>10}{'annotated':>11}"
    for name, score in board.scores.items():
        figures = f"{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.right + score.missed:11}"
        yield f"{name:14}{figures}"


def main(arguments: list[str]) -> None:
    """Print the tables; --faults also prints each disagreement on the passages that are not held out."""
    every = passages()
    tuned = measured([p for p in every if not p.get("held_out")])
    held = measured([p for p in every if p.get("held_out")])
    for title, board in (("used for tuning", tuned), ("held out", held), ("all", measured(every))):
        print(f"{board.passages} passages, {title}", *rows(board), "", sep="\n")
    long = "\n\n".join(p["text"] for p in every)
    long = (long * (100_000 // len(long) + 1))[:100_000]
    spent = []
    for _ in range(3):
        begin = time.process_time()
        proposals(long, TODAY, {})
        spent.append(time.process_time() - begin)
    print(f"100 kB of text: {min(spent):.2f} s of processor time")
    if "--faults" in arguments:
        print("", *tuned.faults, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
