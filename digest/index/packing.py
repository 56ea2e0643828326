"""Values as bytes, for the store and for workers; unpacking makes nothing but values of the type that was asked for."""

from __future__ import annotations

import hashlib
import zlib
from typing import Generic, TypeVar

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder

T = TypeVar("T")

_ENCODER = Encoder(order="deterministic")
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


class Codec(Generic[T]):
    """Packs values of one type. A store may come with a digest from a stranger: bytes never say what they become."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = Decoder(kind)

    def pack(self, thing: T) -> bytes:
        """The value as bytes."""
        return sealed(_ENCODER.encode(thing))

    def unpack(self, data: bytes) -> T:
        """The value again. Raises DamagedError where the bytes are not as they were packed."""
        try:
            return self._decoder.decode(opened(data))
        except MsgspecError as error:
            raise DamagedError(f"what it holds is of another kind ({error})") from error


def fingerprint(thing: object) -> bytes:
    """16 bytes that are the same for equal values in every process, and differ for others."""
    return hashlib.blake2b(_ENCODER.encode(thing), digest_size=16).digest()
