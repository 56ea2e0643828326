"""Model objects as bytes, for the store and for workers; unpacking makes nothing but such objects."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import io
import pickle
import zlib
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

_PLAIN = {
    ("builtins", "frozenset"),
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
}


_SEAL = 4
"""Bytes of a checksum before what is packed."""


class DamagedError(Exception):
    """The store holds something else than what was put into it."""


def sealed(data: bytes) -> bytes:
    """Bytes with their checksum, so that damage shows."""
    return zlib.crc32(data).to_bytes(_SEAL, "big") + data


def opened(data: bytes) -> bytes:
    """The bytes that were sealed. Raises DamagedError where they have changed since."""
    whole = bytes(data[_SEAL:])
    if zlib.crc32(whole).to_bytes(_SEAL, "big") != data[:_SEAL]:
        raise DamagedError("what it holds has changed")
    return whole


class Packer:
    """Packs objects of the given dataclasses and enums, and of plain types inside them.

    A store may come with a digest from a stranger, so that no other class is ever made when unpacking.
    """

    def __init__(self, classes: Sequence[type[Any]]) -> None:
        self._allowed: dict[tuple[str, str], Any] = {(c.__module__, c.__qualname__): c for c in classes}
        self._reduce: dict[type, Callable[[Any], Any]] = {
            c: _by_fields(c) for c in classes if dataclasses.is_dataclass(c)
        }

    def pack(self, thing: object) -> bytes:
        """The object as bytes."""
        return sealed(self._dump(thing, repeat=False))

    def fingerprint(self, thing: object) -> bytes:
        """16 bytes that are the same for equal objects in every process, and differ for others."""
        return hashlib.blake2b(self._dump(thing, repeat=True), digest_size=16).digest()

    def _dump(self, thing: object, *, repeat: bool) -> bytes:
        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer, 5)
        pickler.dispatch_table = self._reduce
        pickler.fast = repeat  # without references to what came before, identity leaves no trace
        pickler.dump(thing)
        return buffer.getvalue()

    def unpack(self, data: bytes) -> Any:
        """The object again. Raises pickle.UnpicklingError where the bytes ask for anything else, DamagedError
        where they are not as they were packed."""
        return _Unpickler(io.BytesIO(opened(data)), self._allowed).load()


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, allowed: dict[tuple[str, str], Any]) -> None:
        super().__init__(file)
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        """Only what is allowed."""
        found = self._allowed.get((module, name))
        if found is not None:
            return found
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in the store")


def _by_fields(cls: type[Any]) -> Callable[[Any], Any]:
    names = [field.name for field in dataclasses.fields(cls)]
    if len(names) == 1:
        name = names[0]
        return lambda thing: (cls, (getattr(thing, name),))
    values = attrgetter(*names)
    return lambda thing: (cls, values(thing))


def classes_of(*modules: object) -> list[type[Any]]:
    """The dataclasses and enums that some modules define."""
    return [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type)
        and thing.__module__ == getattr(module, "__name__", "")
        and (dataclasses.is_dataclass(thing) or issubclass(thing, enum.Enum))
    ]
