"""Publishes a built site, as a process that can be killed: SITE MANIFEST TARGET ENDPOINT [ROOT]."""

from __future__ import annotations

import sys
from pathlib import Path

from digest.publish.manifest import Manifest, unpack
from digest.publish.send import Request, publish
from digest.publish.targets import Named, make_target


def send(site: Path, manifest: Manifest, to: str, endpoint: str = "", root: Path | None = None) -> None:
    """Publish without a question."""
    target = make_target(Named(to, endpoint=endpoint, keep=3), root or site)
    publish(target, Request(site, manifest), lambda _plan: True, lambda _step, _done, _total: None)


if __name__ == "__main__":
    send(
        Path(sys.argv[1]),
        unpack(Path(sys.argv[2]).read_bytes()),
        sys.argv[3],
        sys.argv[4],
        Path(sys.argv[5]) if sys.argv[5:] else None,
    )
