"""Sends a built site to a store, as a process that can be killed: SITE MANIFEST TARGET ENDPOINT."""

from __future__ import annotations

import sys
from pathlib import Path

from digest.publish.manifest import Manifest, unpack
from digest.publish.objects import object_store
from digest.publish.send import Request, publish
from digest.publish.targets import Named


def send(site: Path, manifest: Manifest, to: str, endpoint: str) -> None:
    """Publish without a question."""
    target = object_store(Named(to, endpoint=endpoint, keep=3), site)
    publish(target, Request(site, manifest), lambda _plan: True, lambda _step, _done, _total: None)


if __name__ == "__main__":
    send(Path(sys.argv[1]), unpack(Path(sys.argv[2]).read_bytes()), sys.argv[3], sys.argv[4])
