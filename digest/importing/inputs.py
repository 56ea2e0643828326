"""What can be imported: files, folders, standard input and addresses, and the form that each is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from digest.importing.items import Found
from digest.importing.raw import Known, raw_items


class Form(StrEnum):
    """The form of an input."""

    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of an input, where they are from, and the form that the user says they are in (None: look at them)."""

    origin: str
    data: bytes
    form: Form | None = None


def items_of(one: Input, known: Known) -> Found:
    """The items of an input."""
    return raw_items(one.origin, one.data, known)


_ = re
