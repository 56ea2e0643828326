"""What a place does that holds files by name and can replace one at a time, but not all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as the place lists it; `modified` is by the place's own clock."""

    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class Headers:
    """What is served with a file."""

    content_type: str
    cache: str
    to: str = ""
    """An address that it leads to, for stores that serve sites themselves."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send; its bytes are read when its turn comes."""

    name: str
    data: Callable[[], bytes]
    headers: Headers


class Bucket(Protocol):
    """Files by name. All methods raise RefusedError where the place cannot be reached or does not permit it."""

    @property
    def shown(self) -> str:
        """The address, without anything secret."""

    def get(self, name: str) -> tuple[bytes, datetime] | None:
        """A file's bytes, and when it was written; None where there is none."""

    def put(self, name: str, data: bytes, headers: Headers) -> None:
        """Write a file in one step."""

    def create(self, name: str, data: bytes, headers: Headers) -> bool:
        """Write a file if there is none; whether it was written. Where the place cannot tell, it is."""

    def upload(self, files: Collection[Upload], done: Callable[[], None]) -> None:
        """Write files, many at a time; `done` is called after each."""

    def copy(self, pairs: Collection[tuple[str, str]], done: Callable[[], None]) -> None:
        """Copy files within the place, from one name to another, many at a time."""

    def delete(self, names: Collection[str]) -> None:
        """Remove files; one that is not there is no error."""

    def listed(self, below: str = "", *, most: int = 0) -> dict[str, Seen]:
        """The files whose names begin with `below` ("" or a folder with a slash); about `most` of them if that is not
        0."""

    def rights(self) -> Iterable[str]:
        """What was found to work, without writing."""
