"""What all values between the steps of a build are made of."""

from __future__ import annotations

from msgspec import Struct


class Frozen(Struct, frozen=True, gc=False, array_like=True):
    """A value that never changes. It holds no reference to itself, so that the collector of garbage need not look at
    it, and is kept as a list of its fields."""
