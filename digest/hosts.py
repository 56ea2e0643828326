"""Hosts that links from others may lead to: never this machine or one of a private network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable


class PrivateHostError(OSError):
    """Raised for a host that is no public one; the message is for the user."""

    def __init__(self) -> None:
        super().__init__("its host is in a private network")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, not of this machine or a private network."""
    return ipaddress.ip_address(address).is_global


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises socket.gaierror."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def judged_address(
    host: str,
    port: int,
    *,
    look_up: Callable[[str, int], list[str]] = resolve,
    may_ask: Callable[[str], bool] = is_public,
) -> str:
    """An IP address of a host all of whose addresses may be asked: connect to this one, so that the name cannot lead
    elsewhere in between. Raises PrivateHostError, and socket.gaierror or UnicodeError where there is no such host."""
    found = look_up(host, port)
    if not found or not all(map(may_ask, found)):
        raise PrivateHostError
    return found[0]
