"""Free ports for servers that cannot choose one themselves and say which."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

_NEVER_GIVEN = range(20_000, 32_000)
"""Ports that no system gives to a socket which asks for any: until the server is there, no connection takes it."""


def free_port() -> int:
    """A port of this machine's loopback that nobody listens on. Raises OSError where there is none."""
    for port in random.sample(_NEVER_GIVEN, 100):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
