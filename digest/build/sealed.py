"""Jobs that are sent with every batch: pickled once, opened once in each process."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar, cast

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sealed(Generic[T]):
    """A value in transit between this build's own processes."""

    data: bytes

    def open(self) -> T:
        """The value; the one opened last is at hand."""
        return cast("T", _open(self.data))


def seal(value: T) -> Sealed[T]:
    """The value, ready to be sent many times."""
    return Sealed(pickle.dumps(value))


@lru_cache(maxsize=2)
def _open(data: bytes) -> object:
    return pickle.loads(data)  # noqa: S301 (made by `seal` in this run)
