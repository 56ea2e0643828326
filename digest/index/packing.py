"""Values as bytes, for the store and for workers; unpacking makes nothing but values of the type that was asked for."""

from __future__ import annotations

import hashlib
from typing import Generic, TypeVar

from msgspec.msgpack import Decoder, Encoder

T = TypeVar("T")

_ENCODER = Encoder(order="deterministic")


class Codec(Generic[T]):
    """Packs values of one type. A store may come with a digest from a stranger: bytes never say what they become."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = Decoder(kind)

    def pack(self, thing: T) -> bytes:
        """The value as bytes."""
        return _ENCODER.encode(thing)

    def unpack(self, data: bytes) -> T:
        """The value again. Raises msgspec.MsgspecError where the bytes are not such a value."""
        return self._decoder.decode(data)


def fingerprint(thing: object) -> bytes:
    """16 bytes that are the same for equal values in every process, and differ for others."""
    return hashlib.blake2b(_ENCODER.encode(thing), digest_size=16).digest()
