"""What every article is read against."""

from __future__ import annotations

from dataclasses import dataclass

from digest.content.catalogue import Catalogue
from digest.content.registry import Registered
from digest.model import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The digest's settings, registry and catalogues; can be pickled and sent to a worker.

    A catalogue is None where the digest's own entries cannot be read: then no word counts as unknown.
    """

    settings: Settings
    registered: Registered
    regions: Catalogue | None
    topics: Catalogue | None
