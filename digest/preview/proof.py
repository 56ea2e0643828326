"""A proof: one state of the digest, ready to be looked at, with what makes it differ from the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.index.stored import Base
from digest.pages.parts import Site
from digest.problems import Problem
from digest.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Footing:
    """What all pages rest on beside the store."""

    base: Base
    site: Site
    theme: Theme


@dataclass(frozen=True, slots=True)
class Reading:
    """How far reading has come: files done and files in all."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A state of the store. `footing` is None while nothing can be shown yet; `base_path` is known before it.

    `touched` are the addresses of pages that may differ from the proof before, None if all may; `moved` leads from
    former addresses of articles to their new ones, `gone` from those of articles that are no more to their files;
    `broken` are addresses of articles whose files cannot be read now, so that their last good pages stand in;
    `files` are paths of changed files that pages show as they are. `reading` is set while more is being read;
    `regrouped` unless all groups have members that had some before, and no others.
    """

    footing: Footing | None
    problems: tuple[Problem, ...] = ()
    touched: frozenset[str] | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    reading: Reading | None = None
    base_path: str = "/"
    regrouped: bool = True
