"""What servers say of links: asked politely, and remembered with the moment of asking."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from digest.check.asking import Answer, Asker, Verdict
from digest.problems import Location, Problem, Severity
from digest.replacing import replace_bytes

_WIDTH = 8
"""Hosts that are asked at one time; each of them is asked one thing after the other."""
_SHOWN = 4
_AGES = {Verdict.FINE: 7.0, Verdict.BLOCKED: 7.0, Verdict.DEAD: 1.0, Verdict.TRANSIENT: 0.0}
"""Days for which an answer counts, where nothing else is asked for."""


class Codes(StrEnum):
    """The problems that an answer may be."""

    DEAD = "D840"
    BLOCKED = "D841"
    TRANSIENT = "D842"


class Memory:
    """Answers of earlier runs, in a file; one that cannot be read is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, Answer] = {}
        try:
            for address, (verdict, detail, asked) in json.loads(file.read_text(encoding="utf-8")).items():
                self._known[address] = Answer(Verdict(verdict), detail, datetime.fromisoformat(asked))
        except (OSError, ValueError, TypeError, AttributeError):
            self._known = {}

    def answer(self, address: str, now: datetime, max_age: float | None) -> Answer | None:
        """What is known of an address and not too old (in days; None: as long as each kind of answer counts)."""
        known = self._known.get(address)
        if known is None:
            return None
        days = _AGES[known.verdict] if max_age is None else max_age
        return known if timedelta(0) <= now - known.asked < timedelta(days=days) else None

    def keep(self, address: str, answer: Answer) -> None:
        """Remember an answer."""
        with self._lock:
            self._known[address] = answer

    def save(self, used: Iterable[str]) -> None:
        """Write down what is known of the addresses that are still in use."""
        rows = {a: self._known[a] for a in sorted(used) if a in self._known}
        data = {a: [str(r.verdict), r.detail, r.asked.isoformat()] for a, r in rows.items()}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(self._file, json.dumps(data, ensure_ascii=False, indent=1).encode())


def ask_all(
    addresses: Iterable[str], memory: Memory, asker: Asker, now: datetime, max_age: float | None = None
) -> dict[str, Answer]:
    """The answer for each address, from memory or from its server."""
    found: dict[str, Answer] = {}
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        known = memory.answer(address, now, max_age)
        if known is not None:
            found[address] = known
        else:
            hosts[urlsplit(address).netloc].append(address)

    def ask_host(wanted: list[str]) -> dict[str, Answer]:
        return {address: asker.ask(address, now) for address in wanted}

    with ThreadPoolExecutor(_WIDTH) as pool:
        asked: dict[str, Answer] = {}
        for answers in pool.map(ask_host, hosts.values()):
            asked |= answers
    if asked and all(a.unknown_host for a in asked.values()):  # the fault is rather on this side
        asked = {a: Answer(Verdict.TRANSIENT, "no name was found at all: is there a network?", now) for a in asked}
    for address, answer in asked.items():
        memory.keep(address, answer)
    memory.save(found.keys() | asked.keys())
    return found | asked


def link_problems(
    answers: Mapping[str, Answer], places: Mapping[str, tuple[Location, ...]], now: datetime
) -> list[Problem]:
    """A dead link is an error; one that may not or cannot be looked at now is a warning."""
    problems = []
    for address, answer in answers.items():
        at = places.get(address) or (Location(""),)
        age = (now - answer.asked).days
        when = "" if age < 1 else f", asked {age} day{'' if age == 1 else 's'} ago"
        words, code, severity, hint = {
            Verdict.DEAD: (
                "leads nowhere any more",
                Codes.DEAD,
                Severity.ERROR,
                "look for its new address, or add archive:",
            ),
            Verdict.BLOCKED: (
                "may not be asked by programs",
                Codes.BLOCKED,
                Severity.WARNING,
                "look at it in a browser",
            ),
            Verdict.TRANSIENT: ("could not be asked now", Codes.TRANSIENT, Severity.WARNING, "try again later"),
        }.get(answer.verdict, ("", "", Severity.WARNING, ""))
        if code:
            message = f"{address} {words} ({answer.detail}{when})"
            problems.append(Problem(str(code), message, at[0], severity, hint, also=at[1:_SHOWN]))
    return problems
