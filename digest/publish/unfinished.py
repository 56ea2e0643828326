"""What stands in a bucket when the manifest alone does not tell: after a publish that was cut off, or when others
changed files. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from digest.publish.bucket import Seen
from digest.publish.manifest import KEPT, Entry, Manifest

UNKNOWN = ""
"""The hash of a file of which only the name and size are known: it differs from every other."""


def as_found(served: Manifest, listed: Mapping[str, Seen], since: datetime) -> Manifest:
    """The manifest of what is served, without files that are not there; unknown are those whose size is another, or
    that are later than the moment at which all of the release was there, by the place's clock."""
    return only(
        served,
        {
            name: entry if seen.size == entry.size and not _later(seen.modified, since) else Entry(UNKNOWN, seen.size)
            for name, entry in served.files.items()
            if (seen := listed.get(name)) is not None
        },
    )


def only(served: Manifest, found: dict[str, Entry]) -> Manifest:
    """The manifest of what is served, of which these files were found."""
    return served if found == served.files else replace(served, files=found)


def unfinished(
    served: Manifest | None, sent: Sequence[Manifest], listed: Mapping[str, Seen], since: datetime
) -> Manifest:
    """What is there after publishes of the releases in `sent` were cut off, one after another, over the one that is
    served; `since` is when the last one began, or said that it was still at work, by the bucket's clock.

    A file was sent by the last one if it is newer and of the right size. It is as it was served if no release wanted
    it otherwise. Of all others only their names are known.
    """
    before = served or Manifest("", "", {})
    last = sent[-1].files if sent else {}
    found: dict[str, Entry] = {}
    for name, seen in listed.items():
        if name.startswith(f"{KEPT}/"):
            continue
        old, new = before.files.get(name), last.get(name)
        if old is None and not any(name in one.files for one in sent):
            continue  # of others
        if new is not None and _later(seen.modified, since) and seen.size == new.size:
            found[name] = new
        elif old is not None and seen.size == old.size and all(one.files.get(name) == old for one in sent):
            found[name] = old
        else:
            found[name] = Entry(UNKNOWN, seen.size)
    return replace(before, files=found)


def _later(modified: datetime, since: datetime) -> bool:
    """Whether a moment of a listing is surely later than one of a header, which tells whole seconds only."""
    return modified.replace(microsecond=0) > since.replace(microsecond=0)
