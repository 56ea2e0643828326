"""How work that takes long tells how far it is: a module of its own, since every command needs it and few build."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def quiet(_step: str, _done: int, _all: int) -> None:
    """Tell nobody."""
