"""What all values between the steps of a build are made of."""

from __future__ import annotations

from msgspec import Struct


class Frozen(Struct, frozen=True, gc=False, array_like=True):
    """A value that never changes. It holds no reference to itself, so that the collector of garbage need not look at
    it, and is kept as a list of its fields."""


class Linked(Struct, frozen=True):
    """The same for values from which a way may lead back to themselves; they are never kept."""
