"""Letters beside the mail editions: asked for in the settings, or for one build on the command line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from digest.build.gather import Gathered
from digest.build.reasons import LETTERS
from digest.build.stale import plan_family
from digest.content.context import Context
from digest.index.index import Index
from digest.index.store import Store
from digest.model import Settings
from digest.model.settings import PageFamily
from digest.problems import Location, Problem, Severity


def with_letters(gathered: Gathered, context: Context) -> tuple[Gathered, list[Problem]]:
    """What was gathered, as if the settings asked for letters; and a warning where none can be made.

    Nothing that was read depends on it, so that nothing is read again when the option comes or goes.
    """
    settings = structs.replace(context.settings, eml=True)
    return replace(gathered, context=replace(context, settings=settings)), list(_missing(settings))


def _missing(settings: Settings) -> Iterator[Problem]:
    if settings.url and PageFamily.MAIL in settings.pages:
        return
    message = "letters were asked for, but the digest makes no mail editions"
    hint = "add url:, since links in mail must be absolute; and where outputs: names its pages, add mail"
    yield Problem("D709", message, Location("digest.yaml"), Severity.WARNING, hint)


def plan_letters(store: Store, db: sqlite3.Connection, index: Index) -> Iterator[Problem]:
    """Add or take away the letters of all days, where they were not asked for in the build before, or no longer are."""
    wanted = b"eml" if index.settings.eml else b""
    if (store.meta("letters") or b"") != wanted:
        yield from plan_family(db, index, "mail", LETTERS)
    store.set_meta("letters", wanted)
